// Bytes and name of a return, with errors in words. Pure.

package import Leavers
package import Profiles
import Tabular

/// The file of a return: its bytes and its name.
package enum ReturnFile {
  /// The bytes, rows in the order of the export.
  package static func bytes(
    of rows: [MappedRow], profile: ReturnProfile, authority: AuthorityID
  ) throws(ReturnsError) -> [UInt8] {
    do throws(CSVError) {
      return try ReturnRenderer(profile: profile).bytes(of: rows)
    } catch {
      throw ReturnsError(
        .unwritable,
        message: "the return \(profile.kind.rawValue) of \(authority) cannot be written: \(error.message)")
    }
  }

  /// What tells each row from what was sent before.
  package static func identity(
    of row: MappedRow, profile: ReturnProfile, authority: AuthorityID
  ) throws(ReturnsError) -> [UInt8] {
    do throws(CSVError) {
      return try ReturnRenderer(profile: profile).identity(of: row)
    } catch {
      throw ReturnsError(
        .unwritable,
        message:
          "row \(row.rowNumber) of the return \(profile.kind.rawValue) of \(authority) cannot be written: \(error.message)"
      )
    }
  }

  /// The name that the pattern gives.
  package static func name(
    _ pattern: FileNamePattern, _ values: FileNamePattern.Values, authority: AuthorityID, kind: ReturnKind
  ) throws(ReturnsError) -> String {
    do {
      return try pattern.render(values)
    } catch {
      throw ReturnsError(
        .unnameable,
        message:
          "the file name of \(kind.rawValue) of \(authority), \(pattern.source), gives no name: \(error); "
          + "correct `file` in the authority's file")
    }
  }
}
