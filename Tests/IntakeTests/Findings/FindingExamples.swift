// For each finding an export that raises it and one that comes near and does not. Data only.

import Leavers
import Profiles
import Tabular

@testable import Intake

/// What raises a finding, and what comes near it and does not.
struct FindingExample: Sendable {
  let code: String
  let raising: [UInt8]
  let near: [UInt8]

  /// Whole files.
  init(_ code: String, _ raising: [UInt8], near: [UInt8]) {
    self.code = code
    self.raising = raising
    self.near = near
  }

  init(_ code: String, _ raising: String, near: String) {
    self.init(code, Array(raising.utf8), near: Array(near.utf8))
  }

  /// Rows: changes to good ones.
  init(_ code: String, rows raising: [[String: String]], near: [[String: String]]) {
    func bytes(_ rows: [[String: String]]) -> [UInt8] {
      Fixture.export(rows.enumerated().map { Fixture.row($0.offset, $0.element) })
    }
    self.init(code, bytes(raising), near: bytes(near))
  }

  /// One cell of an otherwise good row.
  init(_ code: String, _ heading: String, _ raising: String, near: String, with others: [String: String] = [:]) {
    func row(_ cell: String) -> [String: String] { others.merging([heading: cell]) { $1 } }
    self.init(code, rows: [row(raising)], near: [row(near)])
  }

  static let all = file + shape + identifiers + person + dates + places + codes + records + transfer

  /// The usual configuration, with providers and with a code that is no longer in force.
  static let configuration: Configuration = {
    var configuration = Fixture.configuration()
    configuration.providers = Fixture.providers
    let ended = CodeEntry(code: "9", label: "Ended", until: CalendarDate(iso: "2025-08-31"))
    let level = try? CodeSet(id: "nccis-level-of-need", entries: [CodeEntry(code: "1", label: "Intensive"), ended])
    configuration.codes = CodeTables(
      configuration.codes.ids.compactMap { configuration.codes[$0] } + [level].compactMap(\.self))
    return configuration
  }()

  /// What there is to say of a file.
  static func codes(_ bytes: [UInt8]) -> [String] {
    examine(bytes, school: Fixture.school(), configuration: configuration, day: Fixture.day).listed.map(\.code.rawValue)
  }

  /// Findings that no examination of a file's bytes makes, and the test that makes them instead.
  static let elsewhere: [String: String] = [
    "L005": "Station/IntakeStationTests.swift", "L011": "Station/DestroyedExportTests.swift",
    "L019": "Recipes/ColumnFindingTests.swift", "L080": "Reading/WorkbookScanTests.swift",
    "L085": "Reading/WorkbookScanTests.swift", "L086": "Reading/WorkbookScanTests.swift",
    "L087": "Station/WorkbookStationTests.swift", "L088": "Reading/WorkbookScanTests.swift",
    "L089": "Reading/WorkbookScanTests.swift", "L090": "Reading/WorkbookScanTests.swift",
    "L091": "Reading/WorkbookScanTests.swift", "L092": "Reading/WorkbookScanTests.swift",
    "L500": "Roll/RollTests.swift", "L501": "Roll/RollTests.swift", "L502": "Roll/RollTests.swift",
    "L503": "Roll/RollTests.swift", "L504": "Roll/RollTests.swift", "L505": "Roll/RollTests.swift",
    "L506": "Sheets/PupilsSheetTests.swift", "L507": "Sheets/PupilsSheetTests.swift",
    "L508": "Station/ElsewhereTests.swift",
    "L312": "Words/WordRuleTests.swift", "L313": "Words/WordRuleTests.swift",
    "L093": "Reading/WorkbookScanTests.swift", "L094": "Desk/CheckedWorkbookTests.swift",
    "L013": "Reading/ExportLimitTests.swift", "L607": "Transfer/TransferScanTests.swift",
    "L608": "Transfer/TransferScanTests.swift",
    "L609": "Transfer/TransferScanTests.swift", "L610": "Transfer/TransferScanTests.swift",
    "L611": "Transfer/TransferScanTests.swift", "L612": "Transfer/TransferScanTests.swift",
  ]

  private static let good = Fixture.export([Fixture.row()])
  private static let goodText = String(decoding: good, as: UTF8.self)
  private static let identity = "Legal Surname,Legal Forename,Date of Birth"

  private static let file: [FindingExample] = [
    FindingExample(
      "L018", Fixture.export([Fixture.row()], columns: Fixture.columns.filter { $0 != "Year Group" }), near: good),
    FindingExample("L001", "\r\n\r\n", near: goodText),
    FindingExample("L002", "%PDF-1.7 rest", near: goodText),
    FindingExample("L003", "UPN,Legal Surname\r\n\"open,x\r\n", near: "UPN,\(identity)\r\n,\"Zz\",Qq,01/03/2010\r\n"),
    FindingExample("L004", "UPN,Legal Sur\u{0}name\r\n", near: goodText),
    FindingExample("L006", "a,b\r\nc,d\r\n", near: goodText),
    FindingExample("L007", "UPN,Legal Surname\r\nx,y\r\n", near: "\(identity)\r\nZz,Qq,01/03/2010\r\n"),
    FindingExample("L008", "School DfE No", "8884000", near: Fixture.laestab),
    FindingExample(
      "L009", Array(repeating: "x", count: 600).joined(separator: ","),
      near: goodText.replacing("\r\n", with: String(repeating: ",", count: 400) + "\r\n")),
    FindingExample("L010", "\(identity)\r\n", near: "\(identity)\r\nZz,Qq,01/03/2010\r\n"),
    FindingExample(
      "L012", rows: [["Legal Forename": "Qq\nZz,Qr,02/03/2010,11,x,y,z\nZz,Qs,03/03/2010,11,x,y,z"]],
      near: [["Address Line 1": "1 Zz Street\nZztown"]]),
    FindingExample(
      "L020", goodText.replacing("Home LA", with: "Favourite Colour"),
      near: goodText.replacing("Home LA", with: " home_LA ")),
    FindingExample("L021", Fixture.export([Fixture.row()], columns: Fixture.columns + ["Postcode"]), near: good),
    FindingExample("L022", Fixture.export([Fixture.row()], title: ["Leavers"]), near: good),
    FindingExample("L023", goodText + ",,,\r\n", near: goodText),
    FindingExample("L024", goodText + goodText, near: goodText),
    FindingExample(
      "L025", Fixture.export([Fixture.row(0, ["Legal Surname": "Zoë"])], CSVDialect(encoding: .windows1252)),
      near: Fixture.export([Fixture.row(0, ["Legal Surname": "Zoë"])])),
    FindingExample("L026", Fixture.export([Fixture.row()], CSVDialect(delimiter: .semicolon)), near: good),
    FindingExample(
      "L027", goodText.replacing("UPN", with: "Old"), near: goodText.replacing("D341499924001", with: "")),
    FindingExample("L028", goodText.replacing("YSSA", with: "Old"), near: goodText.replacing("Yes", with: "")),
    FindingExample("L029", many(10_001), near: many(10_000)),
  ]

  /// So many rows that have one finding each.
  private static func many(_ count: Int) -> [UInt8] {
    let rows = (0..<count).map { number in
      let letters = String(number).map { String(Character(Unicode.Scalar(97 + UInt8($0.wholeNumberValue ?? 0)))) }
      return Fixture.row(0, ["UPN": "", "ULN": "", "Legal Surname": "Zz\(letters.joined())"])
    }
    return Fixture.export(rows)
  }

  private static let shape: [FindingExample] = [
    FindingExample(
      "L030", Fixture.export([Fixture.row(0), Fixture.row(1), Fixture.row(2)]).replacing("Zzsurnameb,", "Zz, Sur,"),
      near: Fixture.export([Fixture.row(0), Fixture.row(1)]).replacing("Zzsurnameb,", "\"Zz, Sur\",")),
    FindingExample("L031", good.replacing("343,Yes,121,N", "343,Yes"), near: good.replacing("121,N", "121,")),
    FindingExample("L032", "Postcode", "#N/A", near: "L20 3DL"),
    FindingExample("L033", "Legal Surname", "O\u{FFFD}Zz", near: "O\u{2019}Zz"),
    FindingExample("L034", "Course", "=1+1", near: "1=1"),
    FindingExample(
      "L035", good.replacing("Zzsurnamea", "\"Zz\"surname"), near: good.replacing("Zzsurnamea", "\"Zz\"\"surname\"")),
    FindingExample(
      "L036", "\(identity),UPN,YSSA,YSSA\r\nZz,Qq,01/03/2010,,Yes,No\r\n",
      near: "\(identity),UPN,YSSA,YSSA\r\nZz,Qq,01/03/2010,,Yes,Y\r\n"),
    FindingExample(
      "L037", "Course", "see\n\(Fixture.upns[1])", near: "see \(Fixture.upns[1])"),
    FindingExample(
      "L038", "Course", String(repeating: "z", count: ExportScan.cellLimit + 1),
      near: String(repeating: "z", count: ExportScan.cellLimit)),
    FindingExample("L039", "Telephone", "'07700 900123", near: "07700 900123"),
    FindingExample("L095", "Legal Surname", "Zz\u{A0}Qq", near: "Zz Qq"),
    FindingExample("L096", "Legal Surname", "ZoÃ«", near: "Zoë"),
    FindingExample("L097", "ULN", "9.276308686E+09", near: "9276308686"),
  ]

  private static let ownUPN = UPN.checkLetter(for: "341478714001").map { "\($0)341478714001" } ?? ""
  private static let strangeUPN = UPN.checkLetter(for: "000123456789").map { "\($0)000123456789" } ?? ""

  private static let identifiers: [FindingExample] = [
    FindingExample("L110", "UPN", "", near: Fixture.upns[0]),
    FindingExample("L111", "UPN", "A801200005001", near: "B801200005001"),
    FindingExample("L112", "UPN", "12345", near: "d341499924001"),
    FindingExample("L113", "UPN", strangeUPN, near: "B801200005001"),
    FindingExample("L114", "UPN", "C34149992401A", near: Fixture.upns[0]),
    FindingExample("L115", "UPN", "UN3", near: "UN6"),
    FindingExample("L116", "UPN", ownUPN.replacing("0", with: "O"), near: "N34O499924OO2"),
    FindingExample("L120", "Former UPN", "A801200005001", near: "B801200005001"),
    FindingExample("L121", "Former UPN", Fixture.upns[0], near: Fixture.upns[1]),
    FindingExample(
      "L122", rows: [["Former UPN": Fixture.upns[1]], [:]], near: [["Former UPN": Fixture.upns[2]], [:]]),
    FindingExample("L130", "ULN", "9276308687", near: "9276308686"),
    FindingExample("L131", "ULN", "9.28E+09", near: "9.276308686E+09"),
    FindingExample("L132", "ULN", "9999999999", near: "9999999998"),
    FindingExample("L133", rows: [["ULN": "1000000043"], ["ULN": "1000000043"]], near: [[:], [:]]),
    FindingExample("L134", "ULN", "927630868", near: "92763086"),
  ]

  private static let person: [FindingExample] = [
    FindingExample("L200", "Legal Surname", "", near: "Zz", with: ["Legal Forename": ""]),
    FindingExample("L201", "Legal Surname", "", near: "Zz"),
    FindingExample("L202", "Legal Forename", "Zz1", near: "Zz-Qq"),
    FindingExample("L203", "Legal Surname", "=1", near: "O'Zz"),
    FindingExample(
      "L204",
      rows: [
        ["Legal Surname": "Zzred", "Legal Forename": "Qqblue", "UPN": ""],
        ["Legal Surname": "Qqblue", "Legal Forename": "Zzred", "Date of Birth": "01/03/2010"],
      ],
      near: [
        ["Legal Surname": "Zzred", "Legal Forename": "Qqblue", "UPN": ""],
        ["Legal Surname": "Qqblue", "Legal Forename": "Zzred", "Date of Birth": "02/03/2010"],
      ]),
    FindingExample("L205", "Legal Surname", "ZZ, Qq", near: "Zz Qq"),
    FindingExample("L210", "Date of Birth", "", near: "01/03/2010"),
    FindingExample("L211", "Date of Birth", "03/2010", near: "03 Mar 2010"),
    FindingExample("L212", "Date of Birth", "01/03/2027", near: "01/03/2010"),
    FindingExample("L213", "Date of Birth", "31/08/2009", near: "01/09/2009"),
    FindingExample(
      "L214", rows: [["Date of Birth": "03/25/2010"], ["Date of Birth": "03/04/2010"]],
      near: [["Date of Birth": "25/03/2010"], ["Date of Birth": "03/04/2010"]]),
  ]

  private static let dates: [FindingExample] = [
    FindingExample("L220", "Date of Birth", "40238", near: "01/03/2010"),
    FindingExample("L221", "Leaving Date", "31/06/2026", near: "30/06/2026"),
    FindingExample("L222", "Leaving Date", "26/06/2126", near: "26/06/2026"),
    FindingExample("L223", "Entry Date", "27/06/2026", near: "26/06/2026", with: ["Leaving Date": "26/06/2026"]),
    FindingExample(
      "L224", rows: [["Leaving Date": "06/26/2026"], ["Leaving Date": "05/06/2026"]],
      near: [["Leaving Date": "26/06/2026"], ["Leaving Date": "05/06/2026"]]),
    FindingExample("L225", "Start Date", "01/09/2025", near: "01/09/2026", with: ["Leaving Date": "26/06/2026"]),
    FindingExample("L226", "Expected End", "31/07/2026", near: "31/07/2027", with: ["Start Date": "01/09/2026"]),
    FindingExample(
      "L227", rows: [["Date of Birth": "03/25/2010"]], near: [["Date of Birth": "25/03/2010"]]),
    FindingExample("L228", "Leaving Date", "26/06/26", near: "26/06/2026"),
  ]

  private static let places: [FindingExample] = [
    FindingExample("L230", "Postcode", "ZZ99 9ZZ", near: "L20 3DL"),
    FindingExample("L231", "Postcode", "L2O 3DL", near: "l203dl"),
    FindingExample(
      "L240", rows: [["School DfE No": "8884000"], ["School DfE No": Fixture.laestab]], near: [[:], [:]]),
    FindingExample("L241", "School DfE No", "34147", near: "341/4787"),
    FindingExample("L242", "School DfE No", "4787", near: Fixture.laestab),
    FindingExample("L250", "Telephone", "0151 mum", near: "(0151) 496 0001"),
    FindingExample("L251", "Telephone", "7700900123", near: "+447700900123"),
    FindingExample("L252", "Email", "zz@", near: "_zz@example.org"),
    FindingExample("L260", "Provider UKPRN", "20012345", near: "10012345"),
    FindingExample("L261", "Provider DfE No", "4787", near: "341/4787"),
    FindingExample("L262", "Provider", "Zz Twin Centre", near: "Zz Nowhere"),
    FindingExample("L263", "Activity", "330", near: "230", with: ["Provider": "Zz Example College"]),
    FindingExample("L264", "Provider", "Zz Known Academy", near: "Zz Example College"),
    FindingExample("L265", "Provider", "Zz Example", near: "Zz Example College"),
  ]

  private static let codes: [FindingExample] = [
    FindingExample("L300", "Activity", "999", near: "230"),
    FindingExample("L301", "Level of Need", "9", near: "1"),
    FindingExample("L311", "Activity", "at college", near: "230"),
    FindingExample("L302", "Intended Destination", "130", near: "121"),
    FindingExample(
      "L303", rows: [["Intended Destination": "410"], ["Intended Destination": "411"]],
      near: [["Intended Destination": "410"], ["Intended Destination": "510"]]),
    FindingExample("L304", "Intended Destination", "310", near: "311"),
    FindingExample("L305", "Activity", "110", near: "210", with: ["Year Group": "12", "Date of Birth": "01/03/2009"]),
    FindingExample("L320", "YSSA", "maybe", near: "UNS"),
    FindingExample("L321", "YSSA", "", near: "SNR"),
    FindingExample("L330", "Year Group", "11B", near: "Year 11"),
    FindingExample("L331", "Year Group", "9", near: "11"),
    FindingExample("L340", "Home LA", "Bootle", near: "Sefton"),
    FindingExample("L341", "Placed By", "Bootle", near: "no"),
    FindingExample("L350", "Looked After", "maybe", near: "Y"),
    FindingExample("L351", "Protected Address", "maybe", near: "Y"),
    FindingExample("L400", rows: [[:], same], near: [[:], [:]]),
    FindingExample("L401", rows: [["Course": "Zz"], same.merging(["Course": "Qq"]) { $1 }], near: [[:], same]),
    FindingExample("L402", rows: [[:], same.merging(["Date of Birth": "02/03/2010"]) { $1 }], near: [[:], same]),
    FindingExample(
      "L403", rows: [[:], same.merging(["UPN": Fixture.upns[1]]) { $1 }],
      near: [[:], same.merging(["UPN": Fixture.upns[1], "Date of Birth": "02/03/2010"]) { $1 }]),
    FindingExample("L404", rows: [["Date of Birth": "31/02/2010"], same], near: [[:], same]),
  ]

  /// The first row's pupil again.
  private static let same = [
    "UPN": Fixture.upns[0], "ULN": Fixture.ulns[0], "Legal Surname": "Zzsurnamea", "Legal Forename": "Qqforenamea",
    "Date of Birth": "01/03/2010",
  ]

  private static let records: [FindingExample] = [
    FindingExample("L306", "Activity", "330", near: "310"),
    FindingExample("L307", "Guarantee Status", "120", near: "110"),
    FindingExample("L308", "Guarantee Status", "114", near: "110"),
    FindingExample(
      "L309", "Intended Destination", "111", near: "121", with: ["Year Group": "13", "Date of Birth": "01/03/2008"]),
    FindingExample("L310", "Activity", "240", near: "230"),
  ]

  private static let transfer: [FindingExample] = {
    let good = TransferFixture.text([TransferFixture.pupil()])
    func sen(_ date: String) -> String {
      let older = "<SEN><StartDate>2020-09-01</StartDate><SENprovision>K</SENprovision></SEN>"
      let newer = "<SEN><StartDate>\(date)</StartDate><SENprovision>E</SENprovision></SEN>"
      return TransferFixture.text([TransferFixture.pupil(more: "<SENhistory>\(older)\(newer)</SENhistory>")])
    }
    func byte(_ byte: UInt8) -> [UInt8] { Array(good.utf8).map { $0 == UInt8(ascii: "Z") ? byte : $0 } }
    return [
      FindingExample("L600", good.replacing("</UPN>", with: "</UPNs>"), near: good),
      FindingExample("L601", String(good.dropLast(20)), near: good),
      FindingExample("L602", good.replacing("<CTfile>", with: "<!DOCTYPE CTfile><CTfile>"), near: good),
      FindingExample("L603", byte(0xFF), near: byte(UInt8(ascii: "z"))),
      FindingExample("L604", good.replacing("CTfile", with: "Message"), near: good),
      FindingExample("L605", good.replacing("<CTfile>", with: "<CTfile xmlns=\"urn:zz\">"), near: good),
      FindingExample("L606", TransferFixture.text([]), near: good),
      FindingExample("L620", sen(""), near: sen("2022-09-01")),
      FindingExample("L621", good, near: TransferFixture.text([TransferFixture.pupil()], dest: "")),
      FindingExample("L622", good, near: goodText),
      FindingExample("L623", good, near: goodText),
    ]
  }()
}

extension [UInt8] {
  fileprivate func replacing(_ old: String, _ new: String) -> [UInt8] {
    Array(String(decoding: self, as: UTF8.self).replacing(old, with: new).utf8)
  }
}
