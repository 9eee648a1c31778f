// The bytes of a return: order, dialect, and what identifies a row.

import Leavers
import Profiles
import Tabular
import Testing

@testable import Returns

struct ReturnRendererTests {
  private func row(_ number: Int, _ cells: [String]) -> MappedRow {
    MappedRow(rowNumber: number, pupil: nil, disclosure: .full, route: .educatedHere, cells: cells)
  }
  private let columns = [
    ReturnColumn(name: "A", source: .field(.legalSurname)), ReturnColumn(name: "B b", source: .field(.town)),
  ]

  @Test func rowsStandInTheOrderOfTheExport() throws {
    let renderer = ReturnRenderer(profile: Synthetic.profile(columns: columns))
    let bytes = try renderer.bytes(of: [row(9, ["nine", ""]), row(3, ["three", "x,y"])])
    #expect(String(decoding: bytes, as: UTF8.self) == "A,B b\r\nthree,\"x,y\"\r\nnine,\r\n")
  }

  @Test func theDialectIsTheProfiles() throws {
    let dialect = CSVDialect(
      delimiter: .semicolon, quoting: .always, newline: .lf, encoding: .windows1252)
    let renderer = ReturnRenderer(profile: Synthetic.profile(dialect: dialect, columns: columns))
    #expect(
      try renderer.bytes(of: [row(2, ["Zoë", ""])])
        == Array("\"A\";\"B b\"\n\"Zo".utf8) + [0xEB] + Array("\";\"\"\n".utf8))
  }

  @Test func theIdentityOfARowHoldsHeaderCellsAndDialect() throws {
    func identity(_ cells: [String], _ columns: [ReturnColumn], _ dialect: CSVDialect = .standard) throws -> [UInt8] {
      try ReturnRenderer(profile: Synthetic.profile(dialect: dialect, columns: columns)).identity(of: row(2, cells))
    }
    let known = try identity(["x", "y"], columns)
    #expect(try identity(["x", "y"], columns) == known)
    #expect(try identity(["x", "z"], columns) != known)
    #expect(try identity(["x", "y"], columns.reversed()) != known)
    #expect(try identity(["x", "y"], columns, CSVDialect(delimiter: .tab)) != known)
  }

  @Test func whatCannotBeWrittenIsSaidWithoutTheValue() throws {
    let profile = Synthetic.profile(dialect: CSVDialect(encoding: .windows1252), columns: columns)
    for attempt in [
      { _ = try ReturnRenderer(profile: profile).bytes(of: [self.row(2, ["Łucja", ""])]) },
      { _ = try ReturnRenderer(profile: profile).identity(of: self.row(2, ["Łucja", ""])) },
    ] {
      #expect {
        try attempt()
      } throws: { error in
        guard let error = error as? ReturnsError else { return false }
        return error.code == .unwritable && error.message.contains("intended-destinations")
          && !error.message.contains("ucja")
      }
    }
  }
}
