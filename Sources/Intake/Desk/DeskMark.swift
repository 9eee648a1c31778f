// The small file by which a desk is known again. Pure.

/// What lies in a desk under `.leaverlink-desk`.
struct DeskMark: Equatable {
  static let name = ".leaverlink-desk"
  static let temporary = ".leaverlink-desk.tmp"

  let school: String
  let mark: String

  var bytes: [UInt8] {
    Array(
      """
      leaverlink knows the desk of its school by this file. Please leave it here.
      school: \(school)
      mark: \(mark)

      """.utf8)
  }

  init(school: String, mark: String) {
    self.school = school
    self.mark = mark
  }

  /// Nil for bytes that are no mark.
  init?(_ bytes: [UInt8]) {
    var found: [String: String] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ": ", maxSplits: 1)
      if parts.count == 2 { found[String(parts[0])] = String(parts[1]) }
    }
    guard let school = found["school"], let mark = found["mark"] else { return nil }
    self.init(school: school, mark: mark)
  }
}
