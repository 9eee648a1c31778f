// The provider register, from CSV files in three layouts.

import Leavers
import Tabular

/// Reads the lists of providers: our own layout, and the files of GIAS and UKRLP as they are downloaded. Which layout a
/// file has, its header says.
struct ProviderRegisterReader {
  let context: LoadContext

  /// The largest list that is read whole: all establishments of GIAS with all their columns are some 65 MB.
  private static let limit = 256 << 20

  func read(_ lists: [(path: String, place: FilePlace)]) -> ProviderRegister {
    ProviderRegister(lists.map { read($0.path, at: $0.place) })
  }

  private func read(_ path: String, at place: FilePlace) -> [Provider] {
    guard context.requireFile(path, at: place, what: "the list of providers"),
      let bytes = context.read(path, at: place, what: "the list of providers", limit: Self.limit)
    else { return [] }
    var rows: (any ProviderRows)?
    var headerLine: Int?
    do {
      try CSVReader.forEachRow(of: bytes, format: CSVSurvey.format(of: bytes), limits: CSVLimits(bytes: Self.limit)) {
        row in
        if row.isBlank { return }
        if headerLine == nil {
          headerLine = row.line
          rows = Self.layout(ProviderHeader(row.strings))
        } else {
          rows?.take(row)
        }
      }
    } catch let error as CSVError {
      context.log.error(
        .providerList, at: FilePlace(file: path, line: max(1, error.line)),
        "the list cannot be read: \(error.message)", remedy: "save it as CSV UTF-8 with commas")
      return []
    } catch {
      context.log.error(
        .providerList, at: FilePlace(file: path), "the list cannot be read", remedy: "save it as CSV UTF-8 with commas")
      return []
    }
    guard let rows else {
      context.log.error(
        .providerList, at: FilePlace(file: path, line: headerLine ?? 1), "the header is that of no list known here",
        remedy:
          "name the columns id, name and kind, or use the establishment fields CSV of GIAS, or a UKRLP file with UKPRN and ProviderName"
      )
      return []
    }
    report(rows.flaws, in: path)
    return rows.providers
  }

  private static func layout(_ header: ProviderHeader) -> (any ProviderRows)? {
    OwnProviderRows(header) ?? GIASRows(header) ?? UKRLPRows(header)
  }

  private func report(_ flaws: ProviderFlaws, in path: String) {
    for flaw in flaws.first {
      context.log.error(
        .providerList, at: FilePlace(file: path, line: flaw.line), "\(flaw.problem) (column \(flaw.column))",
        remedy: flaw.remedy)
    }
    if flaws.count > flaws.first.count {
      context.log.error(
        .providerList, at: FilePlace(file: path), "\(flaws.count - flaws.first.count) more cells are wrong",
        remedy: "correct them, or download the list again")
    }
  }
}

/// The names of a list's columns.
struct ProviderHeader {
  private let columns: [String: Int]

  init(_ cells: [String]) {
    columns = Dictionary(
      cells.enumerated().map { (Self.folded($1), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place, from 0, of the first of some columns; case, spaces and underscores do not matter, brackets do.
  func column(_ names: String...) -> Int? {
    names.lazy.compactMap { columns[Self.folded($0)] }.first
  }

  private static func folded(_ name: String) -> String {
    name.trimmedOfBlanks.lowercased().filter { $0 != " " && $0 != "_" }
  }
}

/// The rows of a list in one layout, read one by one.
protocol ProviderRows {
  /// Nil where the header is not that of the layout.
  init?(_ header: ProviderHeader)
  var providers: [Provider] { get }
  var flaws: ProviderFlaws { get }
  mutating func take(_ row: borrowing CSVRow)
}

/// What is wrong in a list: the first flaws, and how many there are.
struct ProviderFlaws {
  /// More flaws than these are one mistake many times.
  static let most = 10
  private(set) var first: [(line: Int, column: String, problem: String, remedy: String)] = []
  private(set) var count = 0

  mutating func add(_ line: Int, _ column: String, _ problem: String, _ remedy: String) {
    count += 1
    if first.count < Self.most { first.append((line, column, problem, remedy)) }
  }
}

extension CSVRow {
  /// The cell of a column without blanks at its ends; empty where the column is not there.
  func cell(_ column: Int?) -> String { column.flatMap { string($0) }?.trimmedOfBlanks ?? "" }
}

extension ProviderFlaws {
  // What the numbers of all layouts share: a blank cell is no number, a wrong one is said and left out.

  mutating func ukprn(_ text: String, line: Int) -> UKPRN? {
    if text.isEmpty { return nil }
    do { return try UKPRN(text) } catch {
      add(line, "UKPRN", "this is not a UKPRN: \(error)", "write eight digits that begin with 1, or leave it blank")
      return nil
    }
  }

  mutating func urn(_ text: String, line: Int) -> URN? {
    if text.isEmpty { return nil }
    do { return try URN(text) } catch {
      add(line, "URN", "this is not a URN: \(error)", "write six digits, or leave it blank")
      return nil
    }
  }

  mutating func laestab(_ text: String, line: Int) -> LAESTAB? {
    if text.isEmpty { return nil }
    do { return try LAESTAB(text) } catch {
      add(line, "LAESTAB", "this is not a DfE number: \(error)", "write seven digits, or leave it blank")
      return nil
    }
  }

  /// Postcodes decide nothing here: one that is none is left out in silence.
  static func postcode(_ text: String) -> Postcode? {
    guard let postcode = try? Postcode(text), !postcode.isPlaceholder else { return nil }
    return postcode
  }
}
