import Leavers
import MutationSupport
import Testing

@testable import Intake

/// Of a cell in a usual shape the rules say what the shape stands for, whatever the cell holds.
@Suite("Shapes of cells")
struct CellShapeTests {
  private let context = RuleContext(
    school: Fixture.school(), configuration: Fixture.configuration(), day: Fixture.day)

  private static let pieces = [
    "a", "Z", "Smith", "nil", "None", "null", "n/a", "test", "unknown", "tbc", "xxx", "do not use", " ", "  ", "'", "-",
    ".", ",", "(", ")", "`", "1", "42", "#", "#N/A", "=", "+", "@", "?", "/", "&", "\"", "\u{E9}", "\u{A0}", "\u{2019}",
    "example.org", "pupil7", "@", "-x", ".com", "O for 0", ";", ":", "<", "_", "^",
  ]

  private func texts(_ seed: Int) -> [String] {
    var random = SeededGenerator(seed: UInt64(seed))
    return (0..<3_000).map { _ in
      (0..<Int.random(in: 0...5, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
    } + Self.pieces
  }

  private func shape(_ text: String, _ shape: (UnsafeRawBufferPointer) -> UInt32) -> UInt32 {
    Array(text.utf8).withUnsafeBytes(shape)
  }

  private func expect(_ shape: UInt32, _ text: String, _ field: Field) {
    let outcome = Rules.check(text, field: field, in: context)
    switch shape {
    case CellShape.blank: #expect(outcome == .blank, "\(text)")
    case CellShape.kept: #expect(outcome == .kept(text), "\(field) \(text)")
    case CellShape.oddName: #expect(outcome == .kept(text, Remark(.oddName)), "\(text)")
    default: break
    }
  }

  @Test(arguments: 0..<6)
  func names(_ seed: Int) {
    var kept = 0
    for text in texts(seed) {
      let shape = shape(text, CellShape.name)
      if shape == CellShape.kept || shape == CellShape.oddName { kept += 1 }
      for field in [Field.legalSurname, .legalForename, .middleNames] { expect(shape, text, field) }
    }
    #expect(kept > 300)
  }

  @Test(arguments: 0..<6)
  func textsAndAddresses(_ seed: Int) {
    for text in texts(seed) {
      let shape = shape(text, CellShape.text)
      for field in [Field.addressLine1, .town, .course, .parentName, .admissionNumber, .registrationGroup, .level] {
        expect(shape, text, field)
      }
    }
  }

  @Test(arguments: 0..<6)
  func emails(_ seed: Int) {
    var kept = 0
    for text in texts(seed) + texts(seed + 100).map({ "\($0)@example.org" }) {
      let shape = shape(text, CellShape.email)
      if shape == CellShape.kept { kept += 1 }
      expect(shape, text, .email)
    }
    #expect(kept > 100)
  }

  @Test func numbersInTheirUsualForm() {
    for upn in Fixture.upns { #expect(Rules.check(upn, field: .upn, in: context) == .kept(upn)) }
    // Digits in all places: no letter can have been meant for one of them.
    #expect(Rules.check("A341499924001", field: .upn, in: context) == .leftOut(.upnCheckLetter))
    for uln in Fixture.ulns { #expect(Rules.check(uln, field: .uln, in: context) == .kept(uln)) }
    for phone in ["01514960001", "07700900123"] {
      #expect(Rules.check(phone, field: .phone, in: context) == .kept(phone))
    }
    #expect(Rules.check("L20 3DL", field: .postcode, in: context) == .kept("L20 3DL"))
    #expect((0..<1000).count { UPNRule.isKnown(authority: $0) } > 200)
    #expect(UPNRule.isKnown(authority: 341) && UPNRule.isKnown(authority: 1) && !UPNRule.isKnown(authority: 999))
  }

  /// Names of the same letters have one number, others another one, in ASCII and beyond.
  @Test func numbersOfNames() {
    func ofLetters(_ text: String) -> UInt64 { Array(text.utf8).withUnsafeBytes(PersonNumber.ofLetters) }
    #expect(ofLetters("O'Brien") == ofLetters("OBRIEN") && ofLetters("O'Brien") == PersonNumber.of("o brien"))
    #expect(ofLetters("Smith") != ofLetters("Smyth"))
    #expect(PersonNumber.of("Zo\u{EB}") == PersonNumber.of("ZOE\u{308}"))
    #expect(PersonNumber.of("Zo\u{EB}") != PersonNumber.of("Zoe"))
    let (a, b) = (ofLetters("Smith"), ofLetters("Ann"))
    #expect(PersonNumber.of(a, b, birth: 3) != PersonNumber.of(b, a, birth: 3))
    #expect(PersonNumber.of(a, b, birth: 3) != PersonNumber.of(a, b, birth: 4))
  }
}
