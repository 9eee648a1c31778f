// The layouts of councils and systems, with the header maps that are shipped: data only. Headings as they were published;
// the pupils are made up.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Layouts by header maps") struct LayoutTests {
  private static let shipped: Configuration = {
    let loader = ConfigurationLoader(environment: [:], inspectKey: { _ in .notAKey })
    do {
      return try loader.load("\(Fixture.root)/config/leaverlink.yaml", requiring: .forPreparing).configuration
    } catch {
      return Fixture.must("the shipped configuration: \(error)")
    }
  }()

  /// A table with values under some of its headings, examined with a header map.
  private func examine(
    _ map: String, _ headings: String, _ rows: [[String: String]], on day: String, roll: Roll = Roll()
  ) throws -> Examination {
    let names = headings.split(separator: ",").map(String.init)
    for row in rows { #expect(Set(row.keys).isSubset(of: names), "no such heading") }
    let lines = [names] + rows.map { row in names.map { row[$0] ?? "" } }
    var school = Fixture.school()
    school.mis = map
    school.exportsAre = .partial
    return Intake.examine(
      Array(lines.map { $0.joined(separator: ",") }.joined(separator: "\n").utf8), school: school,
      configuration: Self.shipped, day: try #require(CalendarDate(iso: day)), roll: roll)
  }

  private func expect(_ record: LeaverRecord?, _ expected: [Field: String]) throws {
    let record = try #require(record)
    for (field, value) in expected { #expect(record[field] == value, "\(field)") }
    #expect(record.fields.count == expected.count, "\(Set(record.fields).subtracting(expected.keys))")
  }

  // MARK: Caseload systems

  private static let extract2016 =
    "DatabaseId,LEACode,DateOfSend,PeriodEnd,SupplierName,SupplierXMLVersion,XMLSchemaVersion,YoungPersonsID,"
    + "CohortStatus,GivenName,MiddleName,FamilyName,AddressLine1,AddressLine2,AddressLine3,AddressLine4,Town,County,"
    + "Postcode,Gender,month/year of birth,Ethnicity,LeadLEA,EducatedLEA,LEACodeAtYear11,UniqueLearnerNo,"
    + "UniquePupilNumber,GuaranteeStatusIndicator,PreviousYPIDIdentifier,YouthContractIndicator,"
    + "YouthContractStartDate,TransferredToLACode,GuaranteeStatus,LEACode2,GuaranteeStatus3,LEACode4,LevelofNeedCode,"
    + "SENDFlag,CharacteristicCode,StartDate,ActivityCode,DateVerified,DateAscertained,ReviewDate,DueToLapseDate,"
    + "CurrencyLapsed,EstablishmentNumber,EstablishmentName,UKProviderReferenceNumber,NEETStartDate,"
    + "PredictedEndDate,IntendedDestinationYr11"

  @Test func caseloadOf2016() throws {
    let row = [
      "DatabaseId": "1", "LEACode": "341", "YoungPersonsID": "77", "GivenName": "Qqgiven", "MiddleName": "Qqmiddle",
      "FamilyName": "O'Zzfamily", "AddressLine1": "1 Zz Street", "AddressLine3": "Zzside", "AddressLine4": "Zzborough",
      "Town": "Bootle", "Postcode": "l203dl", "Gender": "F", "month/year of birth": "1999-10-02",
      "Ethnicity": "WBRI", "LeadLEA": "343", "UniqueLearnerNo": Fixture.ulns[0],
      "UniquePupilNumber": Fixture.upns[0], "LevelofNeedCode": "2", "SENDFlag": "N", "CharacteristicCode": "130",
      "StartDate": "42248", "ActivityCode": "210", "DateVerified": "2016-02-10 00:00:00",
      "EstablishmentNumber": "3414787", "EstablishmentName": "Example High School",
      "UKProviderReferenceNumber": "10012345", "PredictedEndDate": "2016-07-31",
    ]
    let examination = try examine(
      "ccis", Self.extract2016, [row, ["month/year of birth": "07/2005"]], on: "2016-03-01")
    #expect(examination.fatal == nil)
    try expect(
      examination.row(2)?.record,
      [
        .legalForename: "Qqgiven", .middleNames: "Qqmiddle", .legalSurname: "O'Zzfamily", .addressLine1: "1 Zz Street",
        .addressLine2: "Zzside", .addressLine3: "Zzborough", .town: "Bootle", .postcode: "L20 3DL", .sex: "F",
        .dateOfBirth: "1999-10-02", .ethnicity: "WBRI", .homeAuthority: "343", .uln: Fixture.ulns[0],
        .upn: Fixture.upns[0], .levelOfNeed: "2", .characteristics: "130", .activityStart: "2015-09-01",
        .activity: "210", .dateConfirmed: "2016-02-10", .providerLAESTAB: "3414787",
        .providerName: "Example High School", .providerUKPRN: "10012345", .expectedEnd: "2016-07-31",
      ])
    // The authority had made it coarser: a month is no date of birth, and the row waits for one.
    #expect(examination.codes(row: 3).contains("L211"))
  }

  private static let extract2022 =
    "DatabaseId,LEACode,DateOfSend,PeriodEnd,SupplierName,SupplierXMLVersion,XMLSchemaVersion,YoungPersonsID,"
    + "CohortStatus,GivenName,MiddleName,FamilyName,AddressLine1,AddressLine2,AddressLine3,AddressLine4,Town,County,"
    + "Postcode,Gender,moth/year of birth,Ethnicity,LeadLEA,EducatedLEA,UniqueLearnerNo,UniquePupilNumber,"
    + "PreviousYPIDIdentifier,GuaranteeStatusIndicator,LEACodeAtYear11,TransferredToLACode,LevelOfNeedCode,SENDFlag,"
    + "SENSupportFlag,CharacteristicCode,ActivityCode,StartDate,DateAscertained,DateVerified,DueToLapseDate,"
    + "CurrencyLapsed,EstablishmentNumber,EstablishmentName,UKProviderReferenceNumber,PredictedEndDate,ReviewDate,"
    + "NEETStartDate,IntendedDestinationYr11"

  @Test func caseloadOf2022() throws {
    let row = [
      "GivenName": "Zoë", "FamilyName": "Zz-Qq", "moth/year of birth": "2005-11-14 00:00:00", "LeadLEA": "343",
      "UniqueLearnerNo": "\(Fixture.ulns[1]).0", "UniquePupilNumber": Fixture.upns[1].lowercased(),
      "ActivityCode": "230.0", "StartDate": "44629", "DateVerified": "2022-01-27 00:00:00",
      "PredictedEndDate": "2023-07-31", "IntendedDestinationYr11": "121", "Gender": "W",
    ]
    let examination = try examine("ccis", Self.extract2022, [row], on: "2022-04-01")
    try expect(
      examination.row(2)?.record,
      [
        .legalForename: "Zoë", .legalSurname: "Zz-Qq", .dateOfBirth: "2005-11-14", .homeAuthority: "343",
        .uln: Fixture.ulns[1], .upn: Fixture.upns[1], .activity: "230", .activityStart: "2022-03-09",
        .dateConfirmed: "2022-01-27", .expectedEnd: "2023-07-31", .intendedDestination: "121", .sex: "W",
      ])
    #expect(examination.row(2)?.verdict == .clear)
  }

  @Test func sixteenToNineteen() throws {
    let headings =
      "STUD_ID,AGE,ACADEMIC_AGE,SUPPORT_LEVEL,LOOKED_AFTER_IN_CARE,CARING_FOR_OWN_CHILD,REFUGEE_ASYLUM_SEEKER,"
      + "CARER_NOT_OWN_CHILD,SUBSTANCE_MISUSE,CARE_LEAVER,SUPERVISED_BY_YOTS,PREGNANCY,PARENT,TEENAGE_MOTHER,SEND,"
      + "ALTERNATIVE_PROVISION,SENSUPPORT,CONFIRMED_DATE,POSTCODE,NCCIS_CODE,NCCISCOHORT"
    let row = [
      "STUD_ID": "12345", "LOOKED_AFTER_IN_CARE": "N", "CONFIRMED_DATE": "2026-03-01", "POSTCODE": "L20 3DL",
      "NCCIS_CODE": "230", "PREGNANCY": "Y",
    ]
    let roll = Roll([
      RollEntry(
        pupil: PupilID(rawValue: 1), record: LeaverRecord(), cohort: nil, verdict: .clear, export: ExportID(rawValue: 1)
      )
    ])
    let examination = try examine("ccis", headings, [row], on: "2026-06-10", roll: roll)
    try expect(
      examination.row(2)?.record,
      [
        .admissionNumber: "12345", .lookedAfter: "N", .dateConfirmed: "2026-03-01", .postcode: "L20 3DL",
        .activity: "230",
      ])
    // It names nobody: a number alone is never joined to a pupil.
    #expect(examination.row(2)?.verdict == .held(.noName))
    #expect(try examine("ccis", headings, [row], on: "2026-06-10").fatal?.code == .identityColumnsMissing)
  }

  // MARK: School census extracts

  private static let census =
    "Estab,UPN,Surname,Forename,Middlenames,PreferredSurname,FormerSurname,Gender,DoB,EnrolStatus,EntryDate,"
    + "NCyearActual,Ethnicity,Language,SENprovision,SENneed1,SENneed2,SENunitIndicator,ResourcedProvisionIndicator,"
    + "UniqueLearnerNumber,Postcode,SAON,PAON,Street,Locality,Town,AdministrativeArea,AddressLine1,AddressLine2,"
    + "AddressLine3,AddressLine4,AddressLine5,NativeID,FSME on Census Day,Age"

  @Test func censusExtract() throws {
    let parts = [
      "Estab": "4787", "UPN": Fixture.upns[0], "Surname": "Zzone", "Forename": "Qqone", "Gender": "M",
      "DoB": "40238", "EnrolStatus": "C", "EntryDate": "2021-09-01", "NCyearActual": "11", "Ethnicity": "WBRI",
      "SENprovision": "K", "UniqueLearnerNumber": Fixture.ulns[0], "Postcode": "L20 3DL", "SAON": "Flat 2",
      "PAON": "14a", "Street": "Zz Street", "Locality": "Zzside", "Town": "Bootle", "AdministrativeArea": "Sefton",
      "NativeID": "00123", "FSME on Census Day": "1",
    ]
    let lines = [
      "UPN": Fixture.upns[1], "Surname": "Zztwo", "Forename": "Qqtwo", "DoB": "2010-03-02 00:00:00",
      "NCyearActual": "11", "PAON": "99", "Street": "Qq Street", "Town": "Bootle", "AddressLine1": "Zz House",
      "AddressLine2": "2 Zz Street", "AddressLine3": "Zzside", "AddressLine4": "Zzborough", "AddressLine5": "Bootle",
    ]
    let examination = try examine("census", Self.census, [parts, lines], on: "2026-06-10")
    try expect(
      examination.row(2)?.record,
      [
        .laestab: "3414787", .upn: Fixture.upns[0], .legalSurname: "Zzone", .legalForename: "Qqone", .sex: "M",
        .dateOfBirth: "2010-03-01", .enrolmentStatus: "C", .entryDate: "2021-09-01", .yearGroup: "11",
        .ethnicity: "WBRI", .senProvision: "K", .uln: Fixture.ulns[0], .postcode: "L20 3DL", .addressLine1: "Flat 2",
        .addressLine2: "14a Zz Street", .addressLine3: "Zzside", .town: "Bootle", .county: "Sefton",
        .admissionNumber: "00123", .freeSchoolMeals: "Y",
      ])
    // Where there are lines, they count; the town that stands again as the last of them is left out.
    try expect(
      examination.row(3)?.record,
      [
        .upn: Fixture.upns[1], .legalSurname: "Zztwo", .legalForename: "Qqtwo", .dateOfBirth: "2010-03-02",
        .yearGroup: "11", .town: "Bootle", .addressLine1: "Zz House", .addressLine2: "2 Zz Street",
        .addressLine3: "Zzside, Zzborough",
      ])
    #expect(examination.summary.columns.count { $0 == "addressLine1" } == 7, "parts count as kept")
  }

  @Test func censusExtractOfAnotherCouncil() throws {
    let headings =
      "STUD_ID,FORENAME,SURNAME,DATE_OF_BIRTH,ESTAB,GENDER,ENTRY_DATE,NCYEAR_ACTUAL,ETHNICITY,LANGUAGE,SENPROVISION,"
      + "SENNEED1,SENNEED2,SENUNIT_INDICATOR,RESOURCED_PROVISION_INDICATOR,FSME_ON_CENSUS_DAY,AGE"
    let row = [
      "STUD_ID": "77", "FORENAME": "Qqone", "SURNAME": "Zzone", "DATE_OF_BIRTH": "01/03/2010", "ESTAB": "3414787",
      "GENDER": "F", "ENTRY_DATE": "2021-09-01 00:00:00", "NCYEAR_ACTUAL": "11", "ETHNICITY": "ARAB",
      "SENPROVISION": "E", "FSME_ON_CENSUS_DAY": "false",
    ]
    let examination = try examine("census", headings, [row], on: "2026-06-10")
    try expect(
      examination.row(2)?.record,
      [
        .admissionNumber: "77", .legalForename: "Qqone", .legalSurname: "Zzone", .dateOfBirth: "2010-03-01",
        .laestab: "3414787", .sex: "F", .entryDate: "2021-09-01", .yearGroup: "11", .ethnicity: "OARA",
        .senProvision: "E", .freeSchoolMeals: "N",
      ])
  }

  // MARK: Systems of schools

  @Test func simsStyle() throws {
    let headings =
      "Admission No,UPN,Legal Surname,Legal Forename,Preferred Name,Date of Birth,Gender,Year Group,Reg Group,"
      + "Enrolment Status,SEN Status,Pupil Premium,EAL,Looked After,School,Site"
    let row = [
      "Admission No": "001234", "UPN": Fixture.upns[0], "Legal Surname": "Zzone", "Legal Forename": "Qqone",
      "Preferred Name": "Qq", "Date of Birth": "01/03/2010", "Gender": "Female", "Year Group": "Year 11",
      "Reg Group": "11A", "Enrolment Status": "C", "SEN Status": "N - No SEN", "Looked After": "No",
      "School": "Example High School",
    ]
    let examination = try examine("sims", headings, [row], on: "2026-06-10")
    try expect(
      examination.row(2)?.record,
      [
        .admissionNumber: "001234", .upn: Fixture.upns[0], .legalSurname: "Zzone", .legalForename: "Qqone",
        .preferredForename: "Qq", .dateOfBirth: "2010-03-01", .sex: "F", .yearGroup: "11", .registrationGroup: "11A",
        .enrolmentStatus: "C", .senProvision: "N", .lookedAfter: "N", .schoolName: "Example High School",
      ])
  }

  @Test func iSAMSStyle() throws {
    let headings =
      "Id,UPN,ULN,Forename,Middle Names,Surname,Preferred Name,DOB,Gender,Ethnic Group,NC Year,Form/Tutor Group,"
      + "Admissions Date,Leaving Date,Leaving Reason,Leaving NC Year,School Email Address,Mobile Number,Future School"
    let row = [
      "Id": "987", "UPN": Fixture.upns[0], "ULN": Fixture.ulns[0], "Forename": "Qqone", "Middle Names": "Qq",
      "Surname": "Zzone", "Preferred Name": "Qqpref", "DOB": "2010-03-01", "Gender": "M", "Ethnic Group": "WBRI",
      "NC Year": "Y11", "Form/Tutor Group": "11Z", "Admissions Date": "01/09/2021", "Leaving Date": "46199",
      "Leaving Reason": "End of Year 11", "Leaving NC Year": "11", "School Email Address": "zz@example.org",
      "Mobile Number": "7700900123", "Future School": "Zz College",
    ]
    let examination = try examine("isams", headings, [row], on: "2026-06-10")
    try expect(
      examination.row(2)?.record,
      [
        .admissionNumber: "987", .upn: Fixture.upns[0], .uln: Fixture.ulns[0], .legalForename: "Qqone",
        .middleNames: "Qq", .legalSurname: "Zzone", .preferredForename: "Qqpref", .dateOfBirth: "2010-03-01", .sex: "M",
        .ethnicity: "WBRI", .yearGroup: "11", .registrationGroup: "11Z", .entryDate: "2021-09-01",
        .leavingDate: "2026-06-26", .leavingReason: "End of Year 11", .email: "zz@example.org",
        .phone: "07700900123", .providerName: "Zz College",
      ])
  }

  /// It has neither UPN nor date of birth: whom it is about is told by the number and the names of pupils who are known.
  @Test func arborStyle() throws {
    let headings =
      "Admission Number,Legal Surname,Legal Forename,Year Group,Class,PP,ELK,SEN,Leaving Date,Leaving Reason,"
      + "Destination Organisation"
    let row = [
      "Admission Number": "4321", "Legal Surname": "Zzone", "Legal Forename": "Qqone", "Year Group": "11",
      "Class": "11B",
      "SEN": "SEN Support", "Leaving Date": "2026-06-26", "Leaving Reason": "End of Year 11",
      "Destination Organisation": "Zz College",
    ]
    var known = LeaverRecord()
    for (field, value) in [
      Field.admissionNumber: "4321", .legalSurname: "Zzone", .legalForename: "Qqone", .dateOfBirth: "2010-03-01",
      .upn: Fixture.upns[0],
    ] { known[field] = value }
    let roll = Roll([
      RollEntry(
        pupil: PupilID(rawValue: 1), record: known, cohort: Cohort(stage: .y11, leavingYear: 2026), verdict: .clear,
        export: ExportID(rawValue: 1))
    ])
    let examination = try examine("arbor", headings, [row], on: "2026-06-10", roll: roll)
    try expect(
      examination.row(2)?.record,
      [
        .admissionNumber: "4321", .legalSurname: "Zzone", .legalForename: "Qqone", .yearGroup: "11",
        .registrationGroup: "11B", .senProvision: "K", .leavingDate: "2026-06-26", .leavingReason: "End of Year 11",
        .providerName: "Zz College", .dateOfBirth: "2010-03-01", .upn: Fixture.upns[0],
      ])
    #expect(examination.row(2)?.verdict == .clear)
    #expect(try examine("arbor", headings, [row], on: "2026-06-10").fatal?.code == .identityColumnsMissing)
  }

  // MARK: Parts of an address

  @Test(arguments: [
    (["", "14", "Zz Street", ""], ["14 Zz Street"]),
    (["Flat 2", "14-16a", "Zz Street", "Zzside"], ["Flat 2", "14-16a Zz Street", "Zzside"]),
    (["", "Zz House", "Zz Street", ""], ["Zz House", "Zz Street"]),
    (["Flat 2", "Zz House", "Zz Street", "Zzside"], ["Flat 2, Zz House", "Zz Street", "Zzside"]),
    (["", "2nd Zz House", "Zz Street", ""], ["2nd Zz House", "Zz Street"]), (["", "14", "", ""], ["14"]),
    (["", "", "", ""], []),
  ])
  func lines(_ parts: [String], _ expected: [String]) {
    #expect(AddressParts(saon: parts[0], paon: parts[1], street: parts[2], locality: parts[3]).lines == expected)
  }

  @Test func partsAreCheckedAsLinesAre() throws {
    let row = [
      "UPN": Fixture.upns[0], "Surname": "Zzone", "Forename": "Qqone", "DoB": "2010-03-01", "NCyearActual": "11",
      "PAON": "14", "Street": "=1+1", "Locality": "Zzside",
    ]
    let examination = try examine("census", Self.census, [row], on: "2026-06-10")
    #expect(examination.row(2)?.record[.addressLine1] == "14")
    #expect(examination.details.first { $0.code == .formulaText }?.column == "Street")
    #expect(!"\(AddressParts(street: "Zz"))".contains("Zz"))
  }
}
