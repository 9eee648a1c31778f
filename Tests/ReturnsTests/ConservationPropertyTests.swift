// Random records under random configurations: each row has one fate for each authority and kind, and nothing above a
// row's disclosure ever stands in a file. The files are searched for tokens, not read by the code under test.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Returns

struct ConservationPropertyTests {
  private static let codes = ["340", "341", "342", "343", "344", "876"]
  private static let names = ["knowsley", "liverpool", "st-helens", "sefton", "wirral", "halton"]
  private static let special: Set<String> = ["130", "290", "620", "630", "640", "650", "660", "670", "710"]
  /// Fields whose values are free text here, so that a token can stand in each.
  private static let tokenFields: [Field] = Field.allCases.filter { field in
    switch field.type {
    case .text, .name, .phone: true
    default: field == .senProvision || field == .ethnicity || field == .sex || field == .levelOfNeed
    }
  }

  private struct World {
    var configuration: Configuration
    var school: School
    var rows: [LeaverRow]
  }

  private static func token(_ row: Int, _ field: Field) -> String { "QX\(row)Z\(field.rawValue.uppercased())QX" }

  private static func record(_ number: Int, _ random: inout Seeded) -> LeaverRecord {
    var record = LeaverRecord()
    for field in tokenFields where Int.random(in: 0..<10, using: &random) < 8 {
      let dirt = ["", " ", "\n", ",", "\"", ";", "é", "’", "\t"].randomElement(using: &random) ?? ""
      record[field] = token(number, field) + dirt + "x"
    }
    record[.upn] = Synthetic.upn(number)
    if Bool.random(using: &random) { record[.dateOfBirth] = "2010-03-0\(number % 9 + 1)" }
    record[.activity] =
      ["230", "310", "640", "650", "660", "710", "620", "130", nil].randomElement(using: &random) ?? nil
    record[.intendedDestination] = ["121", "411", "511", "410", "999", nil].randomElement(using: &random) ?? nil
    record[.guaranteeStatus] = ["110", "122", "159", nil].randomElement(using: &random) ?? nil
    record[.homeAuthority] = (codes + ["888", "Sefton", nil]).randomElement(using: &random) ?? nil
    record[.postcode] =
      ["L1 1AA", "PR8 1AA", "L40 1AA", "ZZ99 9ZZ", "CH41 1AA", nil].randomElement(using: &random) ?? nil
    record[.sharing] = ["YES", "NO", "UNS", "SNR", "maybe", nil].randomElement(using: &random) ?? nil
    if Int.random(in: 0..<8, using: &random) == 0 { record[.protectedAddress] = "Y" }
    if Int.random(in: 0..<8, using: &random) == 0 { record[.placedByAuthority] = codes.randomElement(using: &random) }
    record[.leavingDate] = ["2026-01-10", "2026-07-10", nil].randomElement(using: &random) ?? nil
    return record
  }

  private static func profile(_ kind: ReturnKind, _ random: inout Seeded) -> ReturnProfile {
    var columns: [ReturnColumn] = [
      ReturnColumn(name: "Version", source: .constant("v1")), ReturnColumn(name: "School", source: .school(.laestab)),
    ]
    for field in Field.allCases.shuffled(using: &random).prefix(Int.random(in: 3...30, using: &random)) {
      var column = ReturnColumn(name: "C-\(field.rawValue)", source: .field(field))
      if case .code(let set) = field.type, Synthetic.codes[set] != nil, Bool.random(using: &random) {
        column.form.codes = set
      }
      if field == .activity, Bool.random(using: &random) {
        column.map = ["230": "FE", "310": "APP", "640": "A1", "650": "B2", "660": "C3", "710": "D4"]
      }
      column.form.letterCase = [nil, .upper, .lower].randomElement(using: &random) ?? nil
      if Int.random(in: 0..<8, using: &random) == 0 { column.max = Int.random(in: 3...60, using: &random) }
      column.required = Int.random(in: 0..<25, using: &random) == 0
      columns.append(column)
    }
    let dialect = CSVDialect(
      delimiter: CSVDialect.Delimiter.allCases.randomElement(using: &random) ?? .comma,
      quoting: Bool.random(using: &random) ? .always : .minimal, newline: Bool.random(using: &random) ? .crlf : .lf,
      encoding: Bool.random(using: &random) ? .utf8 : .windows1252)
    return Synthetic.profile(
      kind, cohorts: Bool.random(using: &random) ? [.y11] : [.y11, .y13],
      routedBy: Bool.random(using: &random) ? .educated : .resident, dialect: dialect,
      columns: columns.shuffled(using: &random))
  }

  private static func world(_ seed: UInt64) -> World {
    var random = Seeded(seed)
    let school = Synthetic.school(unlisted: UnlistedSharing.allCases.randomElement(using: &random) ?? .hold)
    var authorities: [AuthorityProfile] = []
    for (index, name) in names.enumerated() where Int.random(in: 0..<4, using: &random) > 0 || index == 1 {
      let kinds = ReturnKind.allCases.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
      var agreements: [Agreement] = []
      for kind in ReturnKind.allCases where Int.random(in: 0..<6, using: &random) > 0 {
        agreements.append(
          Synthetic.agreement(
            [kind], basis: Basis.allCases.randomElement(using: &random) ?? .publicTask,
            special: Bool.random(using: &random), parent: Bool.random(using: &random),
            until: Int.random(in: 0..<6, using: &random) == 0 ? "2026-03-31" : "2027-08-31"))
      }
      var returns: [ReturnProfile] = []
      for kind in kinds { returns.append(profile(kind, &random)) }
      authorities.append(
        Synthetic.authority(name, code: codes[index], agreements: agreements, returns: returns))
    }
    var rows: [LeaverRow] = []
    for number in 2..<(2 + Int.random(in: 0...30, using: &random)) {
      let verdict: RowVerdict =
        switch Int.random(in: 0..<12, using: &random) {
        case 0: .held(HoldReason.allCases.randomElement(using: &random) ?? .noName)
        case 1: .merged(into: 2)
        default: .clear
        }
      rows.append(
        LeaverRow(
          rowNumber: number,
          pupil: Int.random(in: 0..<3, using: &random) == 0
            ? nil : PupilID(rawValue: Int64.random(in: 1...60, using: &random)),
          cohort: [Synthetic.y11, Synthetic.y11, Synthetic.y13, nil].randomElement(using: &random) ?? nil,
          record: record(number, &random), verdict: verdict))
    }
    var table: [Postcode: LACode] = [:]
    for (text, code) in [("L1 1AA", "341"), ("PR8 1AA", "343"), ("L40 1AA", "888"), ("ZZ99 9ZZ", "341")] {
      if let postcode = try? Postcode(text) { table[postcode] = Synthetic.code(code) }
    }
    return World(
      configuration: Synthetic.configuration(
        schools: [school], authorities: authorities,
        postcodes: Bool.random(using: &random) ? PostcodeTable(table) : nil),
      school: school, rows: rows)
  }

  /// The fields of a row that an authority may see, by the law and the school's word; written down anew here.
  private static func permitted(
    _ row: LeaverRow, _ agreement: Agreement, _ school: School
  ) -> Set<Field>? {
    let floor: Set<Field> = [
      .legalSurname, .legalForename, .middleNames, .dateOfBirth, .addressLine1, .addressLine2, .addressLine3, .town,
      .county, .postcode,
    ]
    let specials: Set<Field> = [.ethnicity, .sex, .senProvision, .lookedAfter, .characteristics]
    let full = Set(Field.allCases).subtracting(agreement.coversSpecial ? [] : specials)
    let parent: Set<Field> = agreement.parentInFloor ? [.parentName, .parentAddress] : []
    if agreement.basis == .esa2008s13 { return full }
    switch row.record[.sharing] {
    case "YES", "SNR": return full
    case "NO", "UNS": return floor.union(parent)
    case nil:
      switch school.unlistedSharing {
      case .share: return full
      case .floor: return floor.union(parent)
      case .hold: return nil
      }
    default: return nil
    }
  }

  @Test(arguments: 0..<300)
  func eachRowHasOneFateAndNoFileSaysTooMuch(_ seed: Int) throws {
    let world = Self.world(UInt64(seed))
    let prepared = try Preparation.prepare(
      rows: world.rows, school: world.school, configuration: world.configuration, day: Synthetic.day)

    #expect(prepared.refused == [])
    #expect(prepared.lines.count == world.configuration.authorities.reduce(0) { $0 + $1.returns.count })
    for line in prepared.lines {
      #expect(line.isConserved)
      #expect(line.rowsRead == world.rows.count)
      #expect(line[.held] == prepared.kept.count { $0.isOf(line) && $0.isHeld })
      #expect(line[.withheld] == prepared.kept.count { $0.isOf(line) && !$0.isHeld })
      let files = prepared.files.filter { $0.authority == line.authority && $0.kind == line.kind }
      #expect(line[.sent] == files.reduce(0) { $0 + $1.pupils })
    }

    for file in prepared.files {
      let authority = try #require(world.configuration.authority(file.authority))
      let agreement = try #require(authority.agreement(for: file.kind, on: Synthetic.day))
      let text = String(decoding: file.bytes, as: UTF8.self).uppercased()
      for row in world.rows {
        var allowed = Self.permitted(row, agreement, world.school) ?? []
        if row.verdict != .clear || row.cohort != file.cohort { allowed = [] }
        if row.record[.protectedAddress] != nil { allowed = [] }
        if file.kind == .riskOfNEET { allowed = [] }
        if let placing = row.record[.placedByAuthority], placing != authority.laCode.rawValue { allowed = [] }
        for field in Self.tokenFields where !allowed.contains(field) {
          let leaks = text.contains(Self.token(row.rowNumber, field))
          #expect(!leaks, "seed \(seed), \(field) of row \(row.rowNumber)")
        }
        if !allowed.contains(.upn) {
          let leaks = text.contains(Synthetic.upn(row.rowNumber))
          #expect(!leaks, "seed \(seed), UPN of row \(row.rowNumber)")
        }
      }
      try Self.expectNoSpecialActivity(file, world, agreement, seed)
    }
  }

  /// Without a basis for special data, no cell of an activity column is a code that reveals, ours or the authority's.
  private static func expectNoSpecialActivity(
    _ file: PreparedReturns.File, _ world: World, _ agreement: Agreement, _ seed: Int
  ) throws {
    let profile = try #require(world.configuration.authority(file.authority)?.profile(for: file.kind))
    guard !agreement.coversSpecial else { return }
    let table = try TableFile(file.bytes, format: CSVFormat(try #require(profile.format.csvDialect)))
    for (index, column) in profile.columns.enumerated() where column.source == .field(.activity) {
      let forbidden = column.map.isEmpty ? special : Set(["A1", "B2", "C3", "D4"])
      for row in table.rows {
        #expect(!forbidden.contains(row.cells[index].uppercased()), "seed \(seed)")
      }
    }
  }

  @Test func theWorldsAreWorthIt() throws {
    // What the properties above are asked of: full rows, floor rows, and every fate that a dry run can give.
    var fates: [FateKind: Int] = [:]
    var floorRows = 0
    for seed in 0..<300 {
      let world = Self.world(UInt64(seed))
      let prepared = try Preparation.prepare(
        rows: world.rows, school: world.school, configuration: world.configuration, day: Synthetic.day)
      for line in prepared.lines { fates.merge(line.counts, uniquingKeysWith: +) }
      floorRows += prepared.files.reduce(0) { $0 + $1.floorPupils }
    }
    for kind in [FateKind.sent, .held, .withheld, .notRouted, .notInKind, .merged] {
      #expect(fates[kind, default: 0] > 100, "\(kind)")
    }
    #expect(floorRows > 100)
  }
}

extension PreparedReturns.Kept {
  fileprivate func isOf(_ line: PreparedReturns.Line) -> Bool { authority == line.authority && kind == line.kind }
  fileprivate var isHeld: Bool { if case .held = why { true } else { false } }
}
