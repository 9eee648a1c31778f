// Tiers by field, by value, and by code table; what each disclosure permits.

import Leavers
import Profiles
import Testing

@testable import Returns

struct DisclosureTiersTests {
  private let tiers = DisclosureTiers(codes: Synthetic.codes)

  @Test func aTierIsOfFieldAndValue() {
    #expect(tiers.tier(of: .activity, value: "230") == .possession)
    #expect(tiers.tier(of: .activity, value: "650") == .special)
    #expect(tiers.tier(of: .legalSurname, value: "650") == .floor)
    #expect(tiers.tier(of: .senProvision, value: "N") == .special)
  }

  @Test func theCodeTableCanMakeACodeSpecialToo() {
    // Field knows nothing of 122; the table does.
    #expect(Field.guaranteeStatus.tier(of: "122") == .possession)
    #expect(tiers.tier(of: .guaranteeStatus, value: "122") == .special)
    #expect(tiers.tier(of: .guaranteeStatus, value: "110") == .possession)
  }

  @Test func anotherWordForACodeIsAsGrave() throws {
    let tables = CodeTables([
      try CodeSet(
        id: "nccis-activity",
        entries: [
          CodeEntry(code: "620", label: "620", attributes: ["aliases": "young carer|carer"]),
          CodeEntry(code: "690", label: "690", attributes: ["tier": "special", "aliases": "other"]),
        ])
    ])
    let tiers = DisclosureTiers(codes: tables)
    #expect(tiers.tier(of: .activity, value: "Young Carer") == .special)
    #expect(tiers.tier(of: .activity, value: "other") == .special)
    #expect(tiers.tier(of: .activity, value: "690") == .special)
    #expect(tiers.tier(of: .activity, value: "unheard of") == .possession)
  }

  @Test func theTableCannotMakeACodeHarmless() {
    // 620 is special by the field's own list, and the table of these tests does not know it.
    #expect(tiers.tier(of: .activity, value: "620") == .special)
  }

  @Test func whatIsPermitted() {
    let plain = Synthetic.agreement()
    let special = Synthetic.agreement(special: true)
    let parent = Synthetic.agreement(parent: true)
    func permitted(_ disclosure: Disclosure, _ agreement: Agreement) -> [DisclosureTier] {
      DisclosureTier.allCases.filter { DisclosureTiers.permits($0, in: disclosure, under: agreement) }
    }
    #expect(permitted(.full, plain) == [.floor, .parentFloor, .possession])
    #expect(permitted(.full, special) == [.floor, .parentFloor, .possession, .special])
    var offences = plain
    offences.coversOffences = true
    #expect(permitted(.full, offences) == [.floor, .parentFloor, .possession, .criminalOffence])
    #expect(permitted(.floor, plain) == [.floor])
    #expect(permitted(.floor, special) == [.floor])
    #expect(permitted(.floor, parent) == [.floor, .parentFloor])
  }
}
