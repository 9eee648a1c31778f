// Short ways to a reply in each state, for tests.

import Leavers
import Testing

@testable import Ledger

extension ReplySource {
  static func synthetic(_ name: String, size: Int64 = 10, modified: Int64 = 1) -> ReplySource {
    ReplySource(
      recipient: careerConnect, folder: "outbound/sefton", name: name, size: size,
      modified: Timestamp(milliseconds: modified))
  }
}

extension Ledger {
  func claimReply(
    _ name: String = "AS_1.csv", kind: ReplyKind = .activitySurvey, school: SchoolID = LedgerBench.school,
    authority: String = "sefton"
  ) async throws(LedgerError) -> ReplyID {
    try await replies.claim(
      .synthetic(name), authority: AuthorityID(unchecked: authority), school: school, kind: kind)
  }

  @discardableResult
  func fetchReply(_ id: ReplyID, _ content: String) async throws(LedgerError) -> FetchOutcome {
    try await replies.fetched(id, object: objects.store(Array(content.utf8), kind: .reply))
  }

  /// A read reply with these rows; row numbers begin with 2.
  func readReply(
    _ records: [LeaverRecord], name: String = "AS_1.csv", references: [Int: String] = [:],
    kind: ReplyKind = .activitySurvey
  ) async throws(LedgerError) -> ReplyID {
    let id = try await claimReply(name, kind: kind)
    try await fetchReply(id, "content of \(name)")
    let rows = records.enumerated().map {
      ReplyRowDraft(row: $0.offset + 2, record: $0.element, reference: references[$0.offset + 2])
    }
    try await replies.read(id, rows: rows, findings: [])
    return id
  }
}
