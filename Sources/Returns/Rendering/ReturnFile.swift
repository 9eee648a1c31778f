// The name of a return's file, with errors in words. Pure.

package import Leavers
package import Profiles

/// The file of a return.
package enum ReturnFile {
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
