// The page that goes with a hand-over pack: totals and hash, for the person who hands it over. Pure.

import Leavers
import Ledger

/// The cover sheet of a hand-over pack: what the file is, how many rows it has, its SHA-256, what to do with it.
/// It names nobody.
enum CoverSheet {
  static func text(
    of item: ReturnSummary, authorityName: String, schoolName: String, by means: String, fullRows: Int, floorRows: Int,
    chainHead: String
  ) -> String {
    """
    leaverlink hand-over pack \(item.id)

    For:          \(authorityName)
    From:         \(schoolName) (\(item.school))
    What:         \(item.kind.rawValue), cohort \(item.cohort), \(item.cycle), number \(item.sequence)
    File:         \(item.fileName ?? "")
    Rows:         \(item.rows)  (in full: \(fullRows); name, address and date of birth only: \(floorRows))
    Size:         \(item.size) bytes
    SHA-256:      \(item.sha256 ?? "")
    Prepared:     \(LondonTime.text(item.instant)) (Europe/London)
    Ledger head:  \(chainHead)

    What to do
    1. Hand the file over to the authority: \(means). Not by ordinary e-mail.
    2. Tell the admin that it is done, who then runs: leaverlink handed-over \(item.id)
    3. What the authority answers goes into the desk's in/\(item.authority) folder, as it came.

    """
  }
}
