import Testing

@testable import Leavers

/// What the usual forms say is what the types themselves say.
@Suite("Identifiers in their usual form")
struct UsualFormsTests {
  private func bytes<Value>(_ text: String, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    Array(text.utf8).withUnsafeBytes(body)
  }

  /// Texts near a right one: each with one character changed, left out, or put in.
  private func near(_ text: String) -> [String] {
    let characters = Array(text)
    var texts = [text, "", text + " ", " " + text, text.lowercased()]
    for index in characters.indices {
      for other in "0159AIOSZz -.\u{E9}" {
        var changed = characters
        changed[index] = other
        texts.append(String(changed))
        changed = characters
        changed.insert(other, at: index)
        texts.append(String(changed))
      }
      var shorter = characters
      shorter.remove(at: index)
      texts.append(String(shorter))
    }
    return texts
  }

  @Test(arguments: ["D341499924001", "N340499924002", "B801200005001", "X344499921999"])
  func upn(_ right: String) throws {
    var seen: Set<UInt64> = []
    for text in near(right) {
      switch bytes(text, UPN.usualForm) {
      case .permanent(let number):
        let upn = try UPN(text)
        #expect(upn.rawValue == text && upn.kind == .permanent)
        #expect(upn.number == number)
        #expect(UPN.UsualForm.authority(of: number) == Int(upn.localAuthorityPart.rawValue))
        seen.insert(number)
      case .wrongCheckLetter: #expect(throws: UPN.Flaw.wrongCheckLetter) { try UPN(text) }
      case nil: #expect((try? UPN(text))?.rawValue != text || (try? UPN(text))?.kind == .temporary, "\(text)")
      }
    }
    #expect(!seen.isEmpty)
  }

  /// Two numbers have two integers, permanent or temporary.
  @Test func numbersOfUPNsAreTheirOwn() {
    let bodies = ["341499924001", "341499924002", "34149992400A", "34149992400B", "34149992400Z", "441499924001"]
    let upns = bodies.compactMap { body in UPN.checkLetter(for: body).flatMap { try? UPN("\($0)\(body)") } }
    #expect(upns.count == bodies.count)
    #expect(Set(upns.map(\.number)).count == bodies.count)
  }

  @Test(arguments: ["1000000043", "1234567899", "6000000013", "9999999999"])
  func uln(_ right: String) throws {
    for text in near(right) {
      let usual = bytes(text, ULN.usualForm)
      let own = (try? ULN(text)).flatMap { $0.rawValue == text ? UInt64(text) : nil }
      #expect(usual == own, "\(text)")
    }
  }

  @Test(arguments: ["L20 3DL", "L1 1AA", "WC2H 7LT", "ZZ99 9ZZ", "CH41 1AB", "GIR 0AA"])
  func postcode(_ right: String) {
    for text in near(right) {
      let own = (try? Postcode(text)).map { $0.rawValue == text && !$0.isPlaceholder } ?? false
      #expect(bytes(text, Postcode.isUsualForm) == own, "\(text)")
    }
  }

  @Test(arguments: ["01514960001", "07700900123", "02079460000", "03069990000", "08081570000", "05514960001"])
  func phone(_ right: String) {
    for text in near(right) where bytes(text, PhoneNumber.isUsualForm) {
      let number = try? PhoneNumber(text)
      #expect(number?.rawValue == text && number?.wasRepaired == false, "\(text)")
    }
    #expect(bytes(right, PhoneNumber.isUsualForm) == !right.hasPrefix("05"))
  }
}
