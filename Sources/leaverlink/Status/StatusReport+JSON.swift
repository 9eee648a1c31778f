// `leaverlink status --json`: the keys that docs/operations.md lists. Pure.

import Leavers
import Ledger
import Profiles
import Tabular

extension StatusReport {
  var json: [(String, JSONValue)] {
    [
      ("schools", .array(schools.map(school))),
      ("exports", .array(unfinished.map { ["id": .string("\($0.id)"), "state": .string($0.state.rawValue)] })),
      ("authorities", .array(configuration.authorities.map(authority))),
      ("recipients", .array(configuration.recipients.map(recipient))),
      ("calendar", .array(deadlines.map(deadline))),
      (
        "days",
        .array(
          events.map {
            ["day": .string($0.day.description), "name": .string($0.name), "cohort": .string($0.cohort.description)]
          })
      ),
      ("todo", .whole(todo)),
    ]
  }

  private func school(_ school: SchoolOverview) -> JSONValue {
    [
      "laestab": .string(school.school.rawValue), "name": .string(school.name), "pupils": .whole(school.pupils),
      "exports": .whole(school.exports), "newestExport": .text(school.newest.map { "\($0.id)" }),
      "away": .array(
        away.filter { $0.school == school.school }.map {
          ["what": .string($0.role.rawValue), "since": .string($0.since.description), "why": .string($0.why)]
        }),
    ]
  }

  private func authority(_ authority: AuthorityProfile) -> JSONValue {
    let seen = seen(authority.id)
    return [
      "id": .string(authority.id.rawValue), "recipient": .string(authority.recipient.rawValue),
      "evidence": .string(authority.evidence.text),
      "returns": .object(JSONObject((seen?.returns ?? [:]).sorted { $0.key < $1.key }.map { ($0, .whole($1)) })),
      "rows": .object(JSONObject(FateKind.allCases.map { ($0.rawValue, .whole(seen?.rows[$0] ?? 0)) })),
      "openCases": .whole(seen?.openCases ?? 0),
      "lastDelivered": .text(seen?.lastDelivered?.description),
      "lastReply": .text(seen?.lastReply?.description),
    ]
  }

  private func recipient(_ recipient: Recipient) -> JSONValue {
    let state = state(recipient.id)
    return [
      "id": .string(recipient.id.rawValue), "stopped": .text(state?.stopped?.why),
      "paused": .bool(state?.paused != nil), "failures": .whole(state?.failures ?? 0),
      "problem": .text(state?.problem),
    ]
  }

  private func deadline(_ deadline: ReturnDeadline) -> JSONValue {
    let (coverage, days) = (deadline.coverage, deadline.days)
    return [
      "school": .string(coverage.school.rawValue), "authority": .string(coverage.authority.rawValue),
      "kind": .string(coverage.kind.rawValue), "cohort": .string(coverage.cohort.description),
      "opens": .text(days.opens?.description), "due": .text(days.due?.description),
      "closes": .text(days.closes?.description), "leavers": .whole(coverage.leavers),
      "without": .whole(coverage.without), "held": .whole(coverage.held),
      "delivered": .string(coverage.delivered.rawValue), "todo": .bool(deadline.needsSomebody(on: day)),
    ]
  }
}
