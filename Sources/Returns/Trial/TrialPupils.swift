// The invented pupils of a trial: what a tracking team must have seen load before real ones come. Pure.

import Leavers
import Profiles

/// Makes the pupils of one trial. Both names of each begin with TEST, and no school has the establishment number of
/// their UPNs.
struct TrialPupils {
  let profile: ReturnProfile
  let cohort: Cohort
  /// The day of the trial in London.
  let day: CalendarDate
  let codes: CodeTables
  /// The bands of risk that the file may tell, highest first.
  let bands: [String]
  /// What becomes of a record.
  let outcome: (LeaverRecord) -> RowOutcome

  /// One of each kind: everybody agreed, letters that files trip over, every answer on sharing, nothing but what must be
  /// said; then one for each code in force of each field that has a column.
  var records: [LeaverRecord] {
    let usual = self.usual
    var records = [
      usual, changed(usual, [.legalSurname: "O'Test-Müller", .legalForename: "Zoë Anne"]),
      changed(usual, [.sharing: Sharing.soughtNoReply.rawValue]), changed(usual, [.sharing: Sharing.no.rawValue]),
      changed(usual, [.sharing: Sharing.unsought.rawValue]), least(usual),
    ]
    for field in coded {
      for code in choices(field) { records.append(changed(usual, [field: code])) }
    }
    for number in records.indices { name(&records[number], number) }
    return records
  }

  // MARK: One pupil

  /// Everything is said, with codes by which the pupil goes.
  private var usual: LeaverRecord {
    var record = LeaverRecord([
      .middleNames: "Test", .sex: "X", .sharing: Sharing.yes.rawValue, .addressLine1: "1 Test Street",
      .addressLine2: "Testfield", .town: "Testtown", .postcode: "L1 1AA", .phone: "07700 900123",
      .email: "test@example.org", .parentName: "TEST Parent", .parentAddress: "1 Test Street, Testtown",
      .yearGroup: cohort.stage.rawValue.description, .registrationGroup: "11T", .admissionNumber: "T0001",
      .enrolmentStatus: "C", .providerName: "Test College", .course: "Test course", .level: "3",
      .entryDate: day.adding(days: -700).description, .leavingDate: day.adding(days: -7).description,
      .expectedEnd: day.adding(days: 300).description, .activityStart: day.adding(days: -30).description,
      .dateConfirmed: day.adding(days: -1).description, .startDate: day.adding(days: 30).description,
    ])
    if profile.kind == .riskOfNEET { (record[.riskBand], record[.riskReferral]) = (bands.first, "N") }
    for field in coded { record[field] = choices(field).first }
    // A code that the authority does not take, or that may not be told, would keep everybody out.
    for field in coded where !goes(record) {
      record[field] = choices(field).first { goes(changed(record, [field: $0])) } ?? record[field]
    }
    return record
  }

  /// Without anything that is not asked of everybody.
  private func least(_ usual: LeaverRecord) -> LeaverRecord {
    let needed = Set(profile.columns.filter(\.required).flatMap(\.form.fields))
    var record = usual
    for field in usual.fields where !needed.contains(field) && field != .sharing {
      record[field] = nil
      if !goes(record) { record[field] = usual[field] }
    }
    return record
  }

  private func goes(_ record: LeaverRecord) -> Bool {
    var named = record
    name(&named, 0)
    return if case .ready = outcome(named) { true } else { false }
  }

  private func changed(_ record: LeaverRecord, _ values: [Field: String]) -> LeaverRecord {
    var record = record
    for (field, value) in values { record[field] = value }
    return record
  }

  /// Names, date of birth and identifiers, other for each.
  private func name(_ record: inout LeaverRecord, _ number: Int) {
    record[.legalSurname] = "TEST " + (record[.legalSurname] ?? "Pupil")
    record[.legalForename] = "TEST " + (record[.legalForename] ?? Self.letters(number))
    record[.dateOfBirth] = cohort.usualDatesOfBirth.map { $0.lowerBound.adding(days: number % 360).description }
    // Authority 000 and establishment 0000: nobody's.
    let body = "0000000" + String(cohort.leavingYear - 5).suffix(2) + String(1000 + number % 1000).suffix(3)
    if profile.columns.contains(where: { $0.form.fields.contains(.upn) }) {
      record[.upn] = UPN.checkLetter(for: body).map { "\($0)\(body)" }
    }
  }

  /// A, B … Z, BA, BB …: no digits, which an import may refuse in a name.
  private static func letters(_ number: Int) -> String {
    let letter = String(Character(Unicode.Scalar(UInt8(65 + number % 26))))
    return number < 26 ? letter : letters(number / 26) + letter
  }

  // MARK: Codes

  /// The fields of the file that hold codes, in the order in which records hold them.
  private var coded: [Field] {
    Field.allCases.filter { field in
      guard profile.fields.contains(field) else { return false }
      return field == .characteristics || field == .riskBand || set(of: field) != nil
    }
  }

  private func set(of field: Field) -> String? {
    if case .code(let set) = field.type { return set }
    return field == .characteristics ? "nccis-characteristics" : nil
  }

  private func choices(_ field: Field) -> [String] {
    if field == .riskBand { return bands }
    guard let set = set(of: field) else { return [] }
    return codes[set]?.entries.filter { $0.isCurrent(on: day) }.map(\.code) ?? []
  }
}
