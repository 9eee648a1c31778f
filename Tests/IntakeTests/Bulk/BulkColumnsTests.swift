import Leavers
import MutationSupport
import Profiles
import Testing

@testable import Intake

/// What the hot path takes for granted: which fields no rule compares with others, and what is asked of a date of birth.
@Suite("Columns on the hot path")
struct BulkColumnsTests {
  private let context = RuleContext(
    school: Fixture.school(), configuration: Fixture.configuration(), day: Fixture.day)

  private static let values: [Field: [String]] = [
    .dateOfBirth: ["2009-09-01", "2010-03-04", "2005-01-01"], .yearGroup: ["11", "12", "13", "9"],
    .sharing: ["YES", "NO", "UNS"], .homeAuthority: ["341", "343"],
    .leavingDate: ["2026-06-26", "2025-01-05"], .entryDate: ["2021-09-01", "2026-09-01"],
    .startDate: ["2026-09-07", "2026-01-01"], .expectedEnd: ["2026-07-01"], .activity: ["210", "110", "330", "240"],
    .intendedDestination: ["111", "321", "611"], .guaranteeStatus: ["110", "120", "151"],
    .providerName: ["Hugh Baird College"], .providerUKPRN: ["10003955"],
  ]

  /// Of which rules ask only whether they are there; swapped names are asked about row by row.
  private static let present: [Field: [String]] = [
    .upn: Fixture.upns, .legalSurname: ["Smith", "Example"], .legalForename: ["Ann", "Bo"],
  ]

  /// Fields that rows may differ in without being of another class.
  private static let apart: [Field: [String]] = [
    .sex: ["F", "M"], .ethnicity: ["WBRI", "AIND"], .senProvision: ["N", "K", "E"], .levelOfNeed: ["1"],
    .freeSchoolMeals: ["Y", "N"], .lookedAfter: ["Y", "N"], .dateConfirmed: ["2026-05-01", "2024-01-01"],
    .uln: Fixture.ulns, .middleNames: ["Jo"], .formerSurname: ["Old"], .phone: ["01514960001"],
    .email: ["a@example.org"],
    .addressLine1: ["1 Sample Street"], .addressLine2: ["x"], .addressLine3: ["y"], .town: ["Bootle"],
    .county: ["Merseyside"], .admissionNumber: ["1"], .schoolName: ["Else"], .registrationGroup: ["11A"],
    .enrolmentStatus: ["C"], .parentName: ["P"], .parentAddress: ["Q"], .leavingReason: ["r"], .course: ["Bricks"],
    .level: ["3"], .postcode: ["L20 3DL", "ZZ99 9ZZ"], .preferredSurname: ["Jones"], .preferredForename: ["Cy"],
    .riskBand: ["high"], .riskIndicators: ["EHC plan"],
  ]

  @Test func everyFieldIsOneOrTheOther() {
    let joint: Set<Field> = Set(Self.values.keys).union([
      .formerUPN, .laestab, .placedByAuthority, .protectedAddress, .activityStart, .providerLAESTAB, .characteristics,
      .riskReferral,
    ])
    #expect(Set(Self.apart.keys).union(joint).union(Self.present.keys) == Set(Field.allCases))
    #expect(BulkColumns.single.isSubset(of: Self.apart.keys))
    for field in Self.apart.keys where !BulkColumns.single.contains(field) {
      #expect([.uln, .name, .text, .phone, .postcode].contains(field.type), "\(field) is looked at by shape")
    }
  }

  @Test(arguments: 0..<20)
  func rulesAboutARecordDoNotLookAtTheOthers(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let columns = Set(Field.allCases)
    for _ in 0..<100 {
      var record = LeaverRecord()
      for (field, values) in Self.values where Bool.random(using: &random) {
        record[field] = values.randomElement(using: &random)
      }
      for (field, values) in Self.present where Bool.random(using: &random) {
        record[field] = values.randomElement(using: &random)
      }
      var other = record
      for (field, values) in Self.present where record[field] != nil {
        other[field] = values.randomElement(using: &random)
      }
      for (field, values) in Self.apart where Bool.random(using: &random) {
        other[field] = values.randomElement(using: &random)
      }
      func said(_ record: LeaverRecord) -> [String] {
        var record = record
        let cohort = YearGroupRule.cohort(record, on: Fixture.day)
        let numbers = ProviderNumbersRule.check(&record, besides: [], in: context)
        let whole = RecordRules.check(&record, cohort: cohort, columns: columns, said: [], in: context)
        return ["\(cohort?.description ?? "")", "\(whole.hold?.rawValue ?? "")"]
          + numbers.remarks.map { "\($0)" }
          + whole.remarks.map { "\($0.remark) \($0.field?.rawValue ?? "")" }
          + Self.values.keys.map { "\($0) \(record[$0] ?? "")" }.sorted()
      }
      #expect(said(record) == said(other))
    }
  }

  /// Dates of birth in one bucket are judged alike, for each year group and leaving date, in June and in August.
  @Test(arguments: ["2026-06-10", "2026-08-05"])
  func datesOfBirthInOneBucketAreJudgedAlike(_ text: String) throws {
    let day = try #require(CalendarDate(iso: text))
    var context = context
    context.day = day
    var judged: [UInt64: [String]] = [:]
    for year in 1999...2018 {
      for (month, date) in [(1, 1), (6, 10), (6, 11), (8, 5), (8, 6), (8, 31), (9, 1), (12, 31)] {
        let birth = try #require(CalendarDate(year: year, month: month, day: date))
        var said: [String] = []
        for stage in ["11", "12", "13", "9"] {
          for leaving in [nil, "2026-06-26", "2027-07-31", "2025-01-05", "2021-06-30"] {
            for activity in [nil, "330"] {
              var record = LeaverRecord([.dateOfBirth: birth.description, .yearGroup: stage])
              record[.leavingDate] = leaving
              record[.activity] = activity
              let cohort = YearGroupRule.cohort(record, on: day)
              let whole = RecordRules.check(&record, cohort: cohort, columns: [], said: [], in: context)
              said.append("\(cohort?.description ?? "") \(whole.remarks.map { "\($0.remark)" })")
            }
          }
        }
        let bucket = BulkColumns.bucket(birth, on: day)
        if let known = judged[bucket] {
          #expect(known == said, "\(birth)")
        } else {
          judged[bucket] = said
        }
      }
    }
    #expect(judged.count > 10)
  }
}
