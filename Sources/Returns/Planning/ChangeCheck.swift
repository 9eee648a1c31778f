// Whether an authority already has exactly these rows. Pure.

package import Leavers

/// What the newest return of a series says of one pupil.
package struct KnownRow: Sendable, Hashable {
  package let digest: [UInt8]
  package let inReturn: ReturnID
  package let disclosure: Disclosure

  package init(digest: [UInt8], inReturn: ReturnID, disclosure: Disclosure) {
    self.digest = digest
    self.inReturn = inReturn
    self.disclosure = disclosure
  }
}

/// Compares a full return with the newest one of its series.
package enum ChangeCheck {
  /// The return that already says all of this: the same pupils, none more and none missing, each row equal in its bytes
  /// and its disclosure. Nil when a new return is due, which then is a full one.
  package static func unchanged(
    _ rows: [(pupil: PupilID, digest: [UInt8], disclosure: Disclosure)], since previous: [PupilID: KnownRow]
  ) -> ReturnID? {
    guard !rows.isEmpty, rows.count == previous.count, Set(rows.map(\.pupil)).count == rows.count else { return nil }
    var newest: ReturnID?
    for row in rows {
      guard let known = previous[row.pupil], known.digest == row.digest, known.disclosure == row.disclosure else {
        return nil
      }
      guard newest == nil || newest == known.inReturn else { return nil }
      newest = known.inReturn
    }
    return newest
  }
}
