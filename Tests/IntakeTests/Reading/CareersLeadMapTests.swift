// Which header map a file follows: the system's report, or a careers lead's own sheet.

import Leavers
import Profiles
import Testing

@testable import Intake

@Suite("A careers lead's header map") struct CareersLeadMapTests {
  private func columns(_ headings: String) throws -> [String] {
    let configuration = try ShippedWords.configuration()
    let row = headings.split(separator: ",").map { heading in
      heading.contains("irth") || heading == "DOB" ? "01/03/2010" : "Zz"
    }.joined(separator: ",")
    return Intake.examine(
      Array("\(headings)\r\n\(row)\r\n".utf8), school: Fixture.school(), configuration: configuration, day: Fixture.day
    ).summary.columns
  }

  @Test func aSheetWithHeadingsOfItsOwn() throws {
    #expect(
      try columns("First Name,Second Name,D.O.B.,Tutor Group,Where next?") == [
        "legalForename", "legalSurname", "dateOfBirth", "registrationGroup", "intendedDestination",
      ])
  }

  /// Both maps understand as much: where no column says what a pupil means to do, it is what somebody wrote.
  @Test(arguments: ["Destination", "DESTINATIONS", "Plan"])
  func aLoneDestinationIsWhatSomebodyWrote(_ heading: String) throws {
    #expect(try columns("Surname,Forename,DOB,\(heading)").last == "intendedDestination")
    #expect(
      try columns("UPN,Legal Surname,Legal Forename,Date of Birth,SEN Status,Address Line 1,\(heading)").last
        == "intendedDestination", "also beside columns that only the system's map knows")
  }

  @Test func besideACodeItIsTheNameOfAPlace() throws {
    #expect(
      try columns("UPN,Legal Surname,Legal Forename,Date of Birth,SEN Status,Intended Destination,Destination").suffix(
        2)
        == ["intendedDestination", "providerName"])
  }

  @Test func whatSomebodyDoesNowIsAnActivity() throws {
    #expect(try columns("Surname,First Name,DOB,Now at").last == "activity")
  }

  @Test func withoutTheMapNothingChanges() throws {
    var configuration = try ShippedWords.configuration()
    configuration.headerMaps["careers-lead"] = nil
    let file = Array("Surname,Forename,DOB,Destination\r\nZz,Qq,01/03/2010,Carmel\r\n".utf8)
    let examination = Intake.examine(
      file, school: Fixture.school(), configuration: configuration, day: Fixture.day)
    #expect(examination.summary.columns.last == "providerName")
  }

  /// An authority's extract has the parts of an address where a report has lines; what somebody wrote beside it takes
  /// nothing away from them.
  @Test func theAddressStaysWholeBesideWhatSomebodyWrote() throws {
    var school = Fixture.school()
    school.mis = "census"
    let text =
      "UPN,Surname,Forename,DoB,NCyearActual,SAON,PAON,Street,Locality,Town,Destination\r\n"
      + "\(Fixture.upns[0]),Zz,Qq,01/03/2010,11,,14,Zz Street,Zzside,Bootle,Carmel\r\n"
    let examination = Intake.examine(
      Array(text.utf8), school: school, configuration: try ShippedWords.configuration(schools: [school]),
      day: Fixture.day)
    #expect(examination.summary.columns.last == "intendedDestination")
    #expect(examination.rows.first?.record[.addressLine1] == "14 Zz Street")
    #expect(examination.rows.first?.record[.addressLine2] == "Zzside")
  }

  /// Parts of an address count as headings that a map understands.
  @Test func theMapThatKnowsThePartsOfTheAddressIsTheBetterOne() throws {
    var configuration = try ShippedWords.configuration()
    configuration.headerMaps["careers-lead"] = HeaderMap(
      id: "careers-lead", name: "",
      columns: [("Surname", .legalSurname), ("UPN", .upn), ("Plan", .intendedDestination)],
      values: [:])
    configuration.headerMaps["own"] = HeaderMap(
      id: "own", name: "", columns: [("Surname", .legalSurname), ("UPN", .upn)],
      parts: [("PAON", .paon), ("Street", .street)], values: [:])
    let own = try #require(configuration.headerMaps["own"])
    let lead = try #require(CareersLeadMap(configuration, beside: own))
    guard
      case .success(let scan) = ExportScan.scan(Array("UPN,Surname,PAON,Street,Plan\r\n1,Zz,14,Zz Street,x\r\n".utf8)),
      let columns = ExportColumns.find(in: scan.records, map: lead.map)
    else {
      Issue.record("the headings are found")
      return
    }
    let choice = lead.choice(for: scan.records, columns)
    #expect(choice.map.id == "own" && choice.columns.parts.count == 2)
    #expect(choice.columns.positions[.intendedDestination] == 4)
  }
}
