// Ten thousand random leavers by random profiles: nothing above the decided tier is ever in the bytes, fates close, what is
// written reads back, and the same input gives the same bytes.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Returns

struct DisclosurePropertyTests {
  private static let leavers = 40

  /// The tiers as the law and the design have them, written down a second time.
  private enum Tier { case floor, parent, possession, special }
  private static func tier(_ field: Field) -> Tier {
    switch field {
    case .legalSurname, .legalForename, .middleNames, .dateOfBirth, .addressLine1, .addressLine2, .addressLine3, .town,
      .county, .postcode:
      .floor
    case .parentName, .parentAddress: .parent
    case .ethnicity, .sex, .senProvision, .lookedAfter, .characteristics: .special
    default: .possession
    }
  }
  private static let places: Set<Field> = [.providerName, .providerUKPRN, .providerLAESTAB, .course, .level]

  /// A sign by which a pupil's value is known again, whatever was cut off, padded or joined.
  private static func sign(_ pupil: Int, _ field: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt32(0x4E00 + pupil * 64 + field)) ?? "?"
  }
  private static let words = ["640": "\u{9F00}", "710": "\u{9F01}", "210": "\u{9F02}"]

  private struct Leaver {
    let row: LeaverRow
    let isFloor: Bool
    let activity: String
  }

  private static func leaver(_ number: Int, _ random: inout Seeded) -> Leaver {
    var record = LeaverRecord()
    for (place, field) in Field.allCases.enumerated() where Int.random(in: 0..<10, using: &random) > 1 {
      record[field] = String(repeating: Character(sign(number, place)), count: 5)
    }
    let dates = Field.allCases.filter { $0.type == .date }
    for field in dates { record[field] = field == .dateOfBirth ? "2010-03-02" : nil }
    record[.protectedAddress] = nil
    record[.placedByAuthority] = nil
    record[.homeAuthority] = nil
    if record[.characteristics] != nil { record[.characteristics] = "\(sign(number, 60));\(sign(number, 61))" }
    // Custody and illness among those in full only, so that one found in a file is told from another's.
    let isFloor = Int.random(in: 0..<4, using: &random) == 0
    let activity = isFloor ? "710" : ["210", "210", "640"].randomElement(using: &random) ?? "210"
    record[.activity] = activity
    record[.sharing] = isFloor ? "NO" : "YES"
    return Leaver(
      row: LeaverRow(rowNumber: number + 2, cohort: Synthetic.y11, record: record, verdict: .clear), isFloor: isFloor,
      activity: activity)
  }

  /// Every sign that a file holds, by whatever reads it.
  private static func signs(in bytes: [UInt8], _ format: ReturnFormat) throws -> Set<Unicode.Scalar> {
    var text = ""
    switch format {
    case .csv(let form):
      let mark = form.dialect.encoding.byteOrderMark
      text = try form.dialect.encoding.decode(bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes)
    case .xml: text = String(decoding: bytes, as: UTF8.self)
    case .workbook, .template:
      var workbook = try WorkbookReader(bytes)
      for sheet in workbook.sheets {
        var reader = try workbook.read(sheet)
        while try reader.next() {
          reader.withRow { row in for cell in 0..<row.count { text += row.cell(cell)?.text ?? "" } }
        }
      }
    }
    return Set(text.unicodeScalars.filter { $0.value >= 0x4E00 })
  }

  @Test(arguments: 0..<25)
  func nothingAboveTheDecidedTierIsInTheBytes(_ seed: UInt64) throws {
    var drawn = RandomProfile(random: Seeded(seed), words: Self.words)
    for _ in 0..<10 {
      let profile = drawn.profile()
      let isSpecial = drawn.chance(50)
      var agreement = Synthetic.agreement(
        [.confirmedDestinations], special: isSpecial, parent: drawn.chance(50))
      agreement.coversOffences = drawn.chance(50)
      let leavers = (0..<Self.leavers).map { Self.leaver($0, &drawn.random) }
      let authority = Synthetic.authority(agreements: [agreement], returns: [profile])
      let planner = Synthetic.planner(authority)
      let rows = leavers.map(\.row)
      let plan = planner.plan(rows)
      // Fates close.
      #expect(plan.outcomes.map(\.row) == rows.map(\.rowNumber))
      let ready = plan.ready.flatMap(\.rows)
      #expect(plan.outcomes.count { if case .ready = $0.outcome { true } else { false } } == ready.count)
      let setting = Synthetic.setting(.confirmedDestinations)
      let bytes = try ReturnRenderer(profile: profile).bytes(of: ready, setting)
      #expect(try ReturnRenderer(profile: profile).bytes(of: ready.reversed(), setting) == bytes)
      // What is written reads back as meant.
      let check = SelfCheck(profile: profile, agreement: agreement, codes: Synthetic.codes)
        .check(
          bytes, rows: ready, records: Dictionary(uniqueKeysWithValues: rows.map { ($0.rowNumber, $0.record) }), setting
        )
      #expect(check.problems == [], "seed \(seed)")
      // Nothing above the tier.
      let found = try Self.signs(in: bytes, profile.format)
      for leaver in leavers {
        let number = leaver.row.rowNumber - 2
        let activityIsKept = leaver.isFloor || (leaver.activity == "640" && !isSpecial)
        for (place, field) in Field.allCases.enumerated() where found.contains(Self.sign(number, place)) {
          let mayBe =
            switch Self.tier(field) {
            case .floor: true
            case .parent: !leaver.isFloor || agreement.parentInFloor
            case .possession: !leaver.isFloor
            case .special: !leaver.isFloor && isSpecial
            }
          #expect(mayBe, "\(field) of a pupil, seed \(seed)")
          #expect(!(activityIsKept && Self.places.contains(field)), "\(field) tells the activity, seed \(seed)")
        }
        if found.contains(Self.sign(number, 60)) || found.contains(Self.sign(number, 61)) {
          #expect(!leaver.isFloor && isSpecial)
        }
      }
      if !isSpecial { #expect(!found.contains("\u{9F00}")) }
      // Only pupils of the floor have it.
      #expect(!found.contains("\u{9F01}"))
    }
  }
}
