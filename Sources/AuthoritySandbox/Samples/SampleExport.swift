// A synthetic export with the dirt of real ones: the same request gives the same bytes. Pure.

import Leavers

/// A synthetic export of leavers, as a school's management information system would write it.
package struct SampleExport: Sendable {
  /// What is asked for. The same request gives the same bytes.
  package struct Request: Sendable, Hashable {
    /// Different young people; the file has a few rows more, by the repeats.
    package var leavers: Int
    package var seed: UInt64
    package var layout: SampleLayout
    /// Whether every personal text value carries a token found nowhere else.
    package var canaries: Bool
    /// The school's seven digits.
    package var laestab: String
    /// The year of the summer in which they leave.
    package var leavingYear: Int

    package init(
      leavers: Int, seed: UInt64, layout: SampleLayout, canaries: Bool = false, laestab: String = "3414787",
      leavingYear: Int = 2026
    ) {
      self.leavers = max(leavers, 0)
      self.seed = seed
      self.layout = layout
      self.canaries = canaries
      self.laestab = laestab
      self.leavingYear = min(max(leavingYear, 1990), 9000)
    }
  }

  /// The file.
  package let bytes: [UInt8]
  package let manifest: SampleManifest
  /// With canaries: every token of the file (UPNs, ULNs and telephone numbers among them), each once; else empty.
  package let tokens: [String]

  package init(_ request: Request) {
    var random = SplitMix64(seed: request.seed)
    let dirt = Self.dirt(of: request.leavers, random: &random)
    var maker = SamplePupilMaker(request: request, random: random)
    var writer = SampleWriter(request: request)
    var rows: [SampleManifest.Row] = []
    rows.reserveCapacity(request.leavers)
    var repeats: [(pupil: SamplePupil, dirt: SampleDirt, of: Int)] = []

    func note(_ pupil: SamplePupil, _ dirt: SampleDirt?, repeatOf: Int?) {
      rows.append(
        SampleManifest.Row(
          number: rows.count + 2, dirt: dirt, repeatOf: repeatOf, home: pupil.home?.code,
          sharing: dirt == .blankSharing ? "" : pupil.sharing, stage: pupil.stage, intention: pupil.intention))
    }

    for index in 0..<request.leavers {
      let pupil = maker.next(dirt: dirt[index])
      writer.append(pupil, dirt: dirt[index])
      note(pupil, dirt[index], repeatOf: nil)
      if let dirt = dirt[index], dirt == .identicalRepeat || dirt == .contradictoryRepeat {
        repeats.append((pupil, dirt, index + 2))
      }
    }
    // At the end, as where a second report was pasted below the first.
    for (original, dirt, number) in repeats {
      var pupil = original
      if dirt == .contradictoryRepeat {
        pupil.intention = pupil.intention == "321" ? "511" : "321"
        pupil.dateOfBirth = pupil.dateOfBirth?.adding(days: 40)
      }
      writer.append(pupil, dirt: dirt)
      note(pupil, dirt, repeatOf: number)
    }
    bytes = writer.bytes
    manifest = SampleManifest(layout: request.layout, rows: rows, pupils: request.leavers)
    tokens = maker.tokens
  }

  /// The tokens as a file: one a line.
  package var tokenFile: [UInt8] { Array(tokens.map { $0 + "\n" }.joined().utf8) }

  /// Which dirt falls on which pupil: each kind on its share, on no pupil more than one.
  private static func dirt(of pupils: Int, random: inout SplitMix64) -> [SampleDirt?] {
    var dirt = [SampleDirt?](repeating: nil, count: pupils)
    var free = random.order(of: pupils)[...]
    for kind in SampleDirt.allCases {
      for _ in 0..<kind.rows(of: pupils) {
        guard let pupil = free.popFirst() else { return dirt }
        dirt[pupil] = kind
      }
    }
    return dirt
  }
}

/// Writes pupils down in a layout and lets the dirt fall. Writes CSV by itself rather than with the writer that the
/// product uses, so that the reader under test meets bytes of another hand.
private struct SampleWriter {
  private(set) var bytes: [UInt8]
  private let request: SampleExport.Request
  private let columns: [(header: String, column: SampleLayout.Column)]

  init(request: SampleExport.Request) {
    self.request = request
    columns = request.layout.columns
    bytes = request.layout.byteOrderMark
    bytes.reserveCapacity((request.leavers + 1) * 400)
    write(columns.map(\.header))
  }

  mutating func append(_ pupil: SamplePupil, dirt: SampleDirt?) {
    let layout = request.layout
    write(
      columns.map { column in
        let clean = layout.cell(column.column, of: pupil, school: request)
        guard let dirt else { return clean }
        return Self.soiled(clean, column.column, of: pupil, by: dirt)
      })
  }

  private static func soiled(
    _ clean: String, _ column: SampleLayout.Column, of pupil: SamplePupil, by dirt: SampleDirt
  ) -> String {
    switch (dirt, column) {
    case (.lowerCaseUPN, .upn): clean.lowercased()
    case (.trailingSpace, .upn), (.trailingSpace, .surname): clean + " "
    case (.wrongCheckLetter, .upn): SyntheticUPN.spoiled(clean)
    case (.ulnLostDigit, .uln): String(clean.dropLast())
    case (.ulnScientific, .uln): "\(clean.prefix(1)).\(clean.dropFirst().prefix(2))E+09"
    case (.excelSerialDate, .dateOfBirth):
      // Day 25,569 of a spreadsheet is 1 January 1970.
      pupil.dateOfBirth.map { "\($0.daysSinceEpoch + 25_569)" } ?? ""
    case (.isoWithTime, .dateOfBirth): pupil.dateOfBirth.map { "\($0) 00:00:00" } ?? ""
    case (.noBreakSpace, .surname): "Mac\u{A0}" + clean
    case (.curlyApostrophe, .surname): "O\u{2019}" + clean
    case (.newlineInAddress, .addressLine1): "Flat 1\n" + clean
    case (.missingDateOfBirth, .dateOfBirth), (.blankSharing, .sharing): ""
    case (.placeholderPostcode, .postcode): "ZZ99 9ZZ"
    case (.spreadsheetError, .startDate): "#VALUE!"
    default: clean
    }
  }

  private mutating func write(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(cell)
    }
    for _ in 0..<request.layout.trailingColumns { bytes.append(UInt8(ascii: ",")) }
    bytes.append(contentsOf: request.layout.newline.utf8)
  }

  private mutating func write(_ cell: String) {
    let quoted = cell.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
    if quoted { bytes.append(UInt8(ascii: "\"")) }
    if request.layout.isWindows1252 {
      for scalar in cell.unicodeScalars {
        switch scalar.value {
        case 0x2019: bytes.append(0x92)
        case 0..<0x80, 0xA0...0xFF: bytes.append(UInt8(scalar.value))
        default: bytes.append(UInt8(ascii: "?"))
        }
      }
    } else {
      bytes.append(contentsOf: cell.utf8)
    }
    if quoted { bytes.append(UInt8(ascii: "\"")) }
  }
}
