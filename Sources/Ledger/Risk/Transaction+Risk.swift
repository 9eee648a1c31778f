// One row of a sheet of risk: whom it is about, whether the person saw how the pupil stands now, and the entry that it makes.

import GRDB
import Leavers

extension Transaction {
  // MARK: Row keys

  /// The key of a pupil's row: who it is, and beside that how the pupil stands, so that a sheet from before another
  /// decision is known.
  private func riskKey(_ pupil: RiskPupil, _ entries: [RegisterEntry], _ school: SchoolID) -> String {
    let inForce = entries.filter { $0.decidedOn <= today }.map(\.id.description).joined(separator: " ")
    let standing = rowKey(
      SheetKind.risk.keyHeading, school, "\(pupil.id) \(inForce) \(pupil.refusesSharing ? "refused" : "")")
    return "\(riskPupilKey(pupil.id, school)) \(standing)"
  }

  private func riskPupilKey(_ pupil: PupilID, _ school: SchoolID) -> String {
    rowKey(SheetKind.risk.keyHeading, school, pupil.description)
  }

  private struct RiskPupil {
    let id: PupilID
    /// By what exports say.
    let refusesSharing: Bool
  }

  private func riskPupils(of school: SchoolID) throws -> [RiskPupil] {
    try rows(
      "SELECT id, sharing IS NOT NULL AND sharing IN ('NO', 'UNS') AS refuses FROM pupil WHERE school = ? ORDER BY id",
      [school.rawValue]
    ).map { RiskPupil(id: PupilID(rawValue: $0["id"]), refusesSharing: $0["refuses"]) }
  }

  // MARK: What stands

  /// Of each pupil of a school what is decided of the risk; nobody who died, or whose decisions were erased.
  func riskStandings(of school: SchoolID) throws -> [PupilID: RiskStanding] {
    let all = try registerEntries(of: school)
    var standings: [PupilID: RiskStanding] = [:]
    for pupil in try riskPupils(of: school) {
      let entries = all[pupil.id] ?? []
      let register = PupilStanding(entries, on: today)
      if register.isDeceased { continue }
      do {
        standings[pupil.id] = RiskStanding(
          key: riskKey(pupil, entries, school),
          decided: try PupilStanding.standing(of: entries, on: today).filter { $0.decision.topic == .risk }
            .map { try registerRecord($0, of: pupil.id, school: school) },
          register: register)
      } catch let error as LedgerError where error.code == .objectDestroyed {
        continue
      }
    }
    return standings
  }

  // MARK: What a person decides

  /// Enters what a row says. What says nothing new changes nothing; what a person wrote is refused in words.
  func apply(_ answer: RiskAnswer, school: SchoolID, by person: Person) throws -> AnswerOutcome {
    let pupilKey = answer.key.split(separator: " ").first.map(String.init)
    guard let pupil = try riskPupils(of: school).first(where: { riskPupilKey($0.id, school) == pupilKey }) else {
      return .refused("this row is of no pupil of this school; take the newest sheet of risk from the desk")
    }
    let identity: LeaverRecord
    do {
      identity = try self.identity(of: pupil.id)
    } catch let error as LedgerError where error.code == .objectDestroyed {
      return .refused("this pupil's data was erased, and nothing can be entered any more")
    }
    if answer.shown.contradicts(identity) {
      return .refused(
        "the row shows another pupil than its hidden first column is about; take the newest sheet of risk from the desk and answer there"
      )
    }
    let entries = try registerEntries(of: pupil.id)
    let standing = PupilStanding.standing(of: entries, on: today)
      .filter { $0.decision.topic == .risk && $0.decidedOn <= today }
    // The same sheet once more, perhaps saved anew in between.
    if standing.count == 1, let entry = standing.first, entry.scope == .all, entry.decision == answer.decision {
      return .unchanged("in the register already (\(entry.id))")
    }
    guard answer.key == riskKey(pupil, entries, school) else {
      return .refused(
        "something was decided about this pupil after the sheet was written; the newest sheet of risk on the desk shows how the pupil stands"
      )
    }
    if let refusal = refusal(of: answer, born: identity.dateOfBirth, by: person) { return .refused(refusal) }
    let entry = try enter(
      answer.decision, about: pupil.id, decidedOn: today,
      particulars: RegisterParticulars(
        decidedBy: answer.decidedBy.isEmpty ? person.name : answer.decidedBy, how: "sheet of risk", recordedBy: person))
    return .done("entered as \(entry.id)")
  }

  /// Why a pupil may not be named so, and what to do; nil where nothing stands against it.
  private func refusal(of answer: RiskAnswer, born: CalendarDate?, by person: Person) -> String? {
    if answer.decision.isProtective { return nil }
    if answer.decidedBy.isEmpty, !person.isNamed {
      return "nobody can tell whose file this is; say beside the answer who decides: the name of a person"
    }
    guard answer.coversUnderThirteen || born.map({ $0.age(on: today) >= RegisterAge.ofRisk }) == true else {
      return
        "the pupil is under \(RegisterAge.ofRisk), or has no date of birth, and no agreement names a basis for that; nobody is named"
    }
    return nil
  }
}
