// The provider against the register and the codes of the row.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Rule: provider and codes") struct ProviderFitRuleTests {
  private func remarks(_ values: [Field: String], _ register: ProviderRegister = Fixture.providers) -> [Remark] {
    var context = Fixture.context()
    context.providers = register
    return ProviderFitRule.remarks(LeaverRecord(values), in: context).map(\.remark)
  }

  private func codes(_ values: [Field: String]) -> [String] { remarks(values).map(\.code.rawValue) }

  @Test func employmentAtACollege() {
    let said = remarks([.providerName: "Zz Example College", .activity: "330"])
    #expect(said.map(\.code) == [.providerMismatch])
    #expect(said.first?.detail?.contains("Zz Example") == false)
    #expect(said.first?.detail?.contains("further education college") == true)
    #expect(codes([.providerName: "Zz Example College", .activity: "230", .intendedDestination: "121"]) == [])
    #expect(codes([.providerUKPRN: "10000009", .activity: "330"]) == ["L263"])
  }

  @Test func theSchoolItself() {
    #expect(codes([.providerLAESTAB: Fixture.laestab, .intendedDestination: "121"]) == ["L263"])
    #expect(codes([.providerLAESTAB: Fixture.laestab, .intendedDestination: "111"]) == [])
  }

  @Test func unclear() {
    #expect(codes([.providerName: "Zz Twin Centre"]) == ["L262"])
    #expect(codes([.providerName: "Zz Closed College"]) == ["L262"])
    #expect(codes([.providerName: "Zz Example College", .providerLAESTAB: Fixture.laestab]) == ["L262"])
  }

  @Test func anEmptyOrSilentRegisterSaysNothing() {
    #expect(codes([.providerName: "Zz Nowhere"]) == [])
    #expect(codes([.activity: "330"]) == [])
    #expect(remarks([.providerName: "Zz Twin Centre"], ProviderRegister()).isEmpty)
  }
}
