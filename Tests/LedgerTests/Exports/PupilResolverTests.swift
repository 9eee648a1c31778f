// Which rows are one pupil: UPN, former UPN, ULN, else name and date of birth among those without identifiers.

import Leavers
import Testing

@testable import Ledger

@Suite struct PupilResolverTests {
  private let bench: LedgerBench

  init() throws { bench = try LedgerBench() }

  /// The pupils that rows resolve to, an export a row, in order.
  private func resolve(_ records: [LeaverRecord], verdict: RowVerdict = .clear) async throws -> [PupilID?] {
    let ledger = try await bench.openWithSchools()
    defer { ledger.close() }
    var pupils: [PupilID?] = []
    for (number, record) in records.enumerated() {
      let id = try await ledger.readExport("export \(number) \(record.fields.count)", [(record, verdict)])
      pupils.append(try await ledger.returns.rows(of: id).first?.pupil)
    }
    return pupils
  }

  /// Two UPNs and two ULNs.
  private let a = Synthetic.upn(1)
  private let b = Synthetic.upn(2)
  private let u = Synthetic.uln(1)
  private let v = Synthetic.uln(2)

  @Test func theSameUPNIsTheSamePupilWhateverTheName() async throws {
    let pupils = try await resolve([
      Synthetic.record(1, upn: a), Synthetic.record(2, upn: a, uln: u), Synthetic.record(1, upn: b),
    ])
    #expect(pupils[0] == pupils[1])
    #expect(pupils[0] != pupils[2])
  }

  @Test func aFormerUPNFindsThePupilAndTheNewOneIsKept() async throws {
    let pupils = try await resolve([
      Synthetic.record(1, upn: a), Synthetic.record(2, upn: b, [.formerUPN: a]), Synthetic.record(3, upn: b),
      // An older export that still has the old number.
      Synthetic.record(4, upn: a),
      Synthetic.record(5, upn: b),
    ])
    #expect(Set(pupils).count == 1)
  }

  @Test func aULNFindsThePupilUnlessTheUPNsContradict() async throws {
    let pupils = try await resolve([
      Synthetic.record(1, upn: a, uln: u), Synthetic.record(2, uln: u), Synthetic.record(3, upn: b, uln: u),
    ])
    #expect(pupils[0] == pupils[1])
    #expect(pupils[2] != pupils[0])
  }

  @Test func aULNOfTwoPupilsFindsNeither() async throws {
    let pupils = try await resolve([
      Synthetic.record(1, upn: a, uln: u), Synthetic.record(2, upn: b, uln: u), Synthetic.record(3, uln: u),
    ])
    #expect(Set(pupils).count == 3)
  }

  @Test func aPupilWithoutUPNGetsTheOneThatComesWithItsULN() async throws {
    let pupils = try await resolve([
      Synthetic.record(1, uln: u), Synthetic.record(2, upn: a, uln: u), Synthetic.record(3, upn: a, uln: v),
      Synthetic.record(4, uln: v),
    ])
    #expect(Set(pupils).count == 1)
  }

  @Test func nameAndBirthdayFindOnlyThoseWithoutIdentifiers() async throws {
    let plain = Synthetic.record(1, forename: "Zoë-Ann")
    let pupils = try await resolve([
      plain, Synthetic.record(1, forename: "ZOË ANN"), Synthetic.record(1, forename: "Zo\u{65}\u{308} Ann"),
      Synthetic.record(2, forename: "Zoë-Ann"), Synthetic.record(1, upn: a, forename: "Zoë Ann"),
      // Now the pupil has an identifier, so that a name alone is somebody else.
      plain,
    ])
    #expect(pupils[0] == pupils[1])
    #expect(pupils[0] == pupils[2])
    #expect(pupils[0] != pupils[3], "another date of birth")
    #expect(pupils[0] == pupils[4])
    #expect(pupils[5] != pupils[0])
  }

  @Test func nobodyIsMadeOfNothing() async throws {
    let pupils = try await resolve(
      [LeaverRecord([.legalSurname: "A", .legalForename: "B"]), LeaverRecord([.dateOfBirth: "2010-01-01"])],
      verdict: .held(.noDateOfBirth))
    #expect(pupils == [nil, nil])
  }

  @Test func schoolsDoNotShareTheirPupils() async throws {
    let ledger = try await bench.openWithSchools()
    let here = try await ledger.readExport("a", [(Synthetic.record(1, upn: a), .clear)])
    let there = try await ledger.readExport(
      "a", [(Synthetic.record(1, upn: a), .clear)], school: LedgerBench.otherSchool)
    #expect(try await ledger.pupils(of: here)[2] != ledger.pupils(of: there)[2])
    #expect(try bench.integer("SELECT count(DISTINCT upn_lookup) FROM pupil") == 2)
  }

  @Test func contradictoryRowsDoNotChangeThePupil() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.readExport("a", [(Synthetic.record(1, upn: a, uln: u), .clear)])
    let pupil = try #require(try await ledger.pupils(of: first)[2])
    let identity = try await ledger.store.read { try $0.identity(of: pupil) }
    let second = try await ledger.readExport(
      "b",
      [
        (Synthetic.record(7, upn: a, uln: v), .held(.contradictoryRepeat)),
        (Synthetic.record(8, upn: a), .held(.contradictoryRepeat)),
      ])
    #expect(try await ledger.pupils(of: second) == [2: pupil, 3: pupil])
    #expect(try await ledger.store.read { try $0.identity(of: pupil) } == identity)
    let third = try await ledger.readExport("c", [(Synthetic.record(9, upn: a), .clear)])
    #expect(try await ledger.pupils(of: third) == [2: pupil])
    let renewed = try await ledger.store.read { try $0.identity(of: pupil) }
    #expect(renewed[.legalSurname] == "Surname9")
    #expect(renewed[.uln] == u, "what a newer row does not say is kept")
    #expect(renewed[.sharing] == nil, "the identity holds no more than tells pupils apart")
  }

  @Test func theCohortIsFixedWhenFirstSeen() async throws {
    let ledger = try await bench.openWithSchools()
    let later = Cohort(stage: .y12, leavingYear: 2027)
    for (number, cohort) in [nil, Synthetic.cohort, later].enumerated() {
      let id = try await ledger.storeExport("\(number)")
      let generation = try await ledger.exports.beginReading(id)
      try await ledger.exports.append(
        rows: [RowDraft(rowNumber: 2, record: Synthetic.record(1, upn: a), cohort: cohort, verdict: .clear)],
        export: id, generation: generation)
      try await ledger.exports.finishReading(id, generation: generation, summary: .plain(rows: 1), findings: [])
      #expect(try await ledger.returns.rows(of: id).first?.cohort == (number == 0 ? nil : Synthetic.cohort))
    }
  }

  @Test func theNewestAnswerOnSharingStandsAndTheStrictestOfOneExport() async throws {
    let ledger = try await bench.openWithSchools()
    func answer() throws -> String {
      ["YES", "SNR", "UNS", "NO"].first {
        (try? bench.integer("SELECT count(*) FROM pupil WHERE sharing = '\($0)'")) == 1
      }
        ?? "none"
    }
    _ = try await ledger.readExport("1", [(Synthetic.record(1, upn: a, sharing: nil), .clear)])
    #expect(try answer() == "none")
    _ = try await ledger.readExport("2", [(Synthetic.record(1, upn: a, sharing: "YES"), .clear)])
    #expect(try answer() == "YES")
    _ = try await ledger.readExport(
      "3",
      [
        (Synthetic.record(1, upn: a, sharing: "SNR"), .clear),
        (Synthetic.record(1, upn: a, sharing: "NO"), .merged(into: 2)),
      ])
    #expect(try answer() == "NO")
    _ = try await ledger.readExport("4", [(Synthetic.record(1, upn: a, sharing: nil), .clear)])
    #expect(try answer() == "NO", "no answer is no new answer")
    _ = try await ledger.readExport("5", [(Synthetic.record(1, upn: a, sharing: "UNS"), .held(.uncertainRoute))])
    #expect(try answer() == "UNS")
    _ = try await ledger.readExport("6", [(Synthetic.record(1, upn: a, sharing: "YES"), .clear)])
    #expect(try answer() == "YES")
    _ = try await ledger.readExport("7", [(Synthetic.record(1, upn: a, sharing: "?"), .clear)])
    #expect(try answer() == "UNS", "an answer that nobody understands may be a refusal")
  }

  @Test func anOlderExportThatIsReadLateDoesNotUndoAnObjection() async throws {
    let ledger = try await bench.openWithSchools()
    let older = try await ledger.storeExport("older")
    _ = try await ledger.readExport("newer", [(Synthetic.record(1, upn: a, sharing: "NO"), .clear)])
    let generation = try await ledger.exports.beginReading(older)
    try await ledger.exports.append(
      rows: [RowDraft(rowNumber: 2, record: Synthetic.record(1, upn: a, sharing: "YES"), cohort: nil, verdict: .clear)],
      export: older, generation: generation)
    try await ledger.exports.finishReading(older, generation: generation, summary: .plain(rows: 1), findings: [])
    #expect(try bench.integer("SELECT count(*) FROM pupil WHERE sharing = 'NO'") == 1)
  }
}
