// Files for the teams of the two authorities that do not exist, written by hand. For the tests of the far side.

import Leavers
import Tabular
import Testing

@testable import AuthoritySandbox

enum FictionalFiles {
  static let root =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

  /// Northmere first.
  static func teams() throws -> [TeamSpecification] {
    try TeamSpecification.fictional(
      schema: Array(readText(root + "/config/fictional/authorities/northmere.xsd").utf8))
  }

  /// Loads a file of a team by its name.
  static func load(_ bytes: [UInt8], as name: String, by team: TeamSpecification) throws -> ReturnLoader.Outcome {
    let identified = try #require(team.identify(name))
    return ReturnLoader(specification: identified.specification).load(bytes, named: identified.name)
  }

  static func upn(_ serial: Int) -> String {
    SyntheticUPN.make(authority: 341, establishment: 4000, year: 14, serial: serial)
  }
  static func uln(_ serial: Int) -> String { SyntheticULN.make(from: serial * 7) }
}

/// A text file as Eastmarsh takes it: three pupils, one of whom has two characteristics.
struct EastmarshFile {
  static let name = "EASTMARSH-INT-9904001-Y11-2026-0007.txt"

  var head = ["H", "EASTMARSH", "9904001", "Y11-2026", "7", "01.07.2026"]
  var headings = [
    "Record", "Change", "UPN", "ULN", "Family name", "Given name", "Born", "Lives in", "Postcode", "Plan",
    "Characteristic",
  ]
  var rows: [[String]]
  /// Rows, pupils, rows with a UPN, the sum of the ULNs.
  var trailer: [String]

  init() {
    func row(_ serial: Int, _ characteristic: String) -> [String] {
      [
        "D", "L", FictionalFiles.upn(serial), FictionalFiles.uln(serial), "SAMPLETON \(serial)", "Zo\u{EB}",
        "0\(serial).03.2010", "991", "EM1 1AA", "121", characteristic,
      ]
    }
    // Who refused sharing comes without numbers.
    let refused = ["D", "L", "", "", "SAMPLETON 3", "Pat", "03.03.2010", "", "EM1 1AA", "", ""]
    rows = [row(1, "110"), row(1, "140"), row(2, ""), refused]
    let sum = [1, 1, 2].reduce(0) { $0 + (Int(FictionalFiles.uln($1)) ?? 0) }
    trailer = ["T", "4", "3", "3", "\(sum)"]
  }

  var text: String {
    ([head, headings] + rows + [trailer]).map { $0.joined(separator: "|") + "\r\n" }.joined()
  }

  /// In UTF-16, the lower byte first, with its mark.
  var bytes: [UInt8] { [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }

  func load() throws -> ReturnLoader.Outcome {
    try FictionalFiles.load(bytes, as: Self.name, by: try FictionalFiles.teams()[1])
  }
}

/// A document as Northmere takes it: one pupil of whom everything is told, and one who refused sharing.
enum NorthmereFile {
  static let name = "NORTHMERE_9904001_Y11-2026_intended_0007.xml"

  static let text = """
    <?xml version="1.0" encoding="UTF-8"?>
    <IntendedDestinations xmlns="urn:example:northmere:returns:1" version="1">
      <Header>
        <School>9904001</School>
        <Cohort>Y11-2026</Cohort>
        <Sequence>7</Sequence>
        <Made>2026-07-01</Made>
        <Records>2</Records>
      </Header>
      <Leavers>
        <Leaver>
          <Identity>
            <Surname>Sampleton &amp; Mock</Surname>
            <Forename>Zo\u{EB}</Forename>
            <Born>2010-03-01</Born>
            <UPN>\(FictionalFiles.upn(1))</UPN>
            <ULN>\(FictionalFiles.uln(1))</ULN>
          </Identity>
          <Home>
            <Postcode>NM1 1AA</Postcode>
          </Home>
          <Destination plan="121" guarantee="110">
            <Provider>
              <Name>Example Sixth Form College</Name>
              <UKPRN>10099901</UKPRN>
            </Provider>
            <Starts>2026-09-07</Starts>
          </Destination>
        </Leaver>
        <Leaver>
          <Identity>
            <Surname>Sampleton</Surname>
            <Forename>Pat</Forename>
            <Born>2010-03-02</Born>
          </Identity>
          <Home>
            <Postcode>NM1 1AA</Postcode>
          </Home>
        </Leaver>
      </Leavers>
    </IntendedDestinations>

    """

  static func load(_ text: String = text) throws -> ReturnLoader.Outcome {
    try FictionalFiles.load(Array(text.utf8), as: name, by: try FictionalFiles.teams()[0])
  }
}
