// The table from a postcode to an authority, from a CSV file.

import Leavers
import Tabular

/// Reads the postcode table.
struct PostcodeReader {
  let context: LoadContext
  /// ONS code → DfE code of the configured authorities.
  let codesByGSS: [String: LACode]

  /// The largest table that is read whole: all of England's postcodes with two columns are 45 MB.
  private static let limit = 256 << 20
  /// More flaws than these are one mistake many times.
  private static let mostFlaws = 10

  func read(_ path: String, at place: FilePlace) -> PostcodeTable? {
    guard context.requireFile(path, at: place, what: "the postcode table"),
      let bytes = context.read(path, at: place, what: "the postcode table", limit: Self.limit)
    else { return nil }
    var builder = Builder(codesByGSS: codesByGSS)
    do {
      try CSVReader.forEachRow(of: bytes, format: CSVSurvey.format(of: bytes), limits: CSVLimits(bytes: Self.limit)) {
        row in
        builder.take(line: row.line, cells: row.strings)
      }
    } catch let error as CSVError {
      context.log.error(
        .postcodeTable, at: FilePlace(file: path, line: max(1, error.line)),
        "the table cannot be read: \(error.message)",
        remedy: "save it as CSV UTF-8 with commas")
      return nil
    } catch {
      context.log.error(
        .postcodeTable, at: FilePlace(file: path), "the table cannot be read",
        remedy: "save it as CSV UTF-8 with commas")
      return nil
    }
    for flaw in builder.flaws {
      context.log.error(.postcodeTable, at: FilePlace(file: path, line: flaw.line), flaw.message, remedy: flaw.remedy)
    }
    if builder.flawCount > builder.flaws.count {
      context.log.error(
        .postcodeTable, at: FilePlace(file: path), "\(builder.flawCount - builder.flaws.count) more rows are wrong",
        remedy: "make the table again from the ONS Postcode Directory")
    }
    return PostcodeTable(builder.codes)
  }

  /// The table as it is read, row by row.
  private struct Builder {
    let codesByGSS: [String: LACode]
    private(set) var codes: [Postcode: LACode] = [:]
    /// The first of the flaws.
    private(set) var flaws: [(line: Int, message: String, remedy: String)] = []
    private(set) var flawCount = 0
    private var columns: (postcode: Int, authority: Int, isGSS: Bool)?
    private var sawHeader = false

    init(codesByGSS: [String: LACode]) { self.codesByGSS = codesByGSS }

    mutating func take(line: Int, cells: [String]) {
      guard sawHeader else {
        sawHeader = true
        takeHeader(line: line, cells: cells)
        return
      }
      guard let columns, cells.count > max(columns.postcode, columns.authority) else { return }
      let authority = cells[columns.authority].trimmedOfBlanks
      // Postcodes that have ended, and those of no authority, have a blank there.
      guard !authority.isEmpty else { return }
      guard let postcode = postcode(cells[columns.postcode]) else {
        flaw(line, "this is not a postcode", "correct or remove the row")
        return
      }
      let code: LACode
      if columns.isGSS {
        // Elsewhere: no configured authority's. A pupil from there is listed for a person.
        guard let found = codesByGSS[authority] else { return }
        code = found
      } else {
        do { code = try LACode(authority) } catch {
          flaw(line, "this is not an authority's code: \(error)", "write DfE's three digits")
          return
        }
      }
      if let other = codes[postcode], other != code {
        flaw(line, "the postcode stands twice with different authorities", "keep the right one")
      }
      codes[postcode] = code
    }

    private mutating func takeHeader(line: Int, cells: [String]) {
      let header = cells.map(HeaderMap.key)
      func first(_ names: [String]) -> Int? { names.lazy.compactMap { header.firstIndex(of: $0) }.first }
      let authority = first(["authority", "lacode"])
      guard let postcode = first(["postcode", "pcds", "pcd2", "pcd"]),
        let column = authority ?? first(["gss", "oslaua", "laua"])
      else {
        flaw(
          line, "the header names no postcode or no authority",
          "name the columns postcode and authority (DfE's three digits), or pcds and oslaua as the ONS does")
        return
      }
      columns = (postcode, column, authority == nil)
    }

    private func postcode(_ text: String) -> Postcode? {
      do {
        let postcode = try Postcode(text)
        return postcode.isPlaceholder ? nil : postcode
      } catch {
        return nil
      }
    }

    private mutating func flaw(_ line: Int, _ message: String, _ remedy: String) {
      flawCount += 1
      if flaws.count < PostcodeReader.mostFlaws { flaws.append((line, message, remedy)) }
    }
  }
}
