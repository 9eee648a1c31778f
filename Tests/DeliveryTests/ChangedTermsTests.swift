import Leavers
import Profiles
import Testing

@testable import Delivery
@testable import Ledger

@Suite("Terms that changed while a return waited") struct ChangedTermsTests {
  private func change(
    _ edit: (inout AuthorityProfile, inout Agreement) -> Void,
    fields: [(Field, DisclosureTier, Bool)] = [(.legalSurname, .floor, true)]
  ) async throws -> String? {
    let bench = try await LaneBench()
    defer { bench.end() }
    let id = try await bench.queuedReturn()
    var authority = bench.configuration.authorities[0]
    var agreement = authority.agreements[0]
    edit(&authority, &agreement)
    return ChangedTerms.since(
      try await bench.summary(id),
      fields: fields.map { .init(field: $0.0, tier: $0.1, full: $0.2, count: 1) }, authority: authority,
      agreement: agreement)
  }

  @Test func unchangedTermsLetItGo() async throws {
    #expect(try await change { _, _ in } == nil)
  }

  @Test func lessEvidenceHoldsIt() async throws {
    #expect(try await change { authority, _ in authority.evidence = .trial }?.contains("evidence") == true)
  }

  @Test func anotherAgreementHoldsIt() async throws {
    #expect(try await change { _, agreement in agreement.reference = "DSA-2" }?.contains("agreement") == true)
    #expect(try await change { _, agreement in agreement.basis = .esa2008s13 }?.contains("agreement") == true)
  }

  @Test func aConsentThatIsDemandedSinceHoldsIt() async throws {
    #expect(try await change { _, agreement in agreement.consent = .tracking }?.contains("consent") == true)
  }

  @Test func aColumnThatIsNoLongerWantedHoldsIt() async throws {
    #expect(try await change({ _, _ in }, fields: [(.phone, .possession, true)])?.contains("phone") == true)
  }

  @Test func whatTheAgreementNoLongerCoversHoldsIt() async throws {
    func wants(_ field: Field) -> (inout AuthorityProfile, inout Agreement) -> Void {
      { authority, _ in authority.returns[0].columns.append(ReturnColumn(name: "More", source: .field(field))) }
    }
    #expect(try await change(wants(.ethnicity), fields: [(.ethnicity, .special, true)])?.contains("special") == true)
    #expect(
      try await change(wants(.parentName), fields: [(.parentName, .parentFloor, false)])?.contains("parent") == true)
    #expect(try await change(wants(.parentName), fields: [(.parentName, .parentFloor, true)]) == nil)
  }
}
