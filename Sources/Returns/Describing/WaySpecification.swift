// How files get to an authority and answers come from it, as the specification of a feed tells it. Pure.

import Leavers
import Ledger
import Profiles

/// The way of an authority's returns.
struct WaySpecification: Sendable {
  typealias Fact = FeedSpecification.Fact
  enum How: String, Sendable, Hashable, CaseIterable {
    case sftp, https
    case handOver = "hand-over"
  }

  let how: How
  /// The folder at the recipient, or on the school's desk; empty for the recipient's top.
  let folder: String
  let readBack: ReadBack
  let facts: [Fact]

  init(_ recipient: Recipient, for authority: AuthorityProfile) {
    let way = recipient.way(for: authority)
    readBack = way.readBack
    switch recipient.endpoint {
    case .sftp(let place):
      how = .sftp
      folder = way.folder
      facts =
        [
          Fact(name: "By", text: "SFTP, to \(place.host), port \(place.port), as \(place.user), with a key"),
          Fact(name: "Your server is known by", text: Self.words(place.hostKey)),
        ] + Self.steps(way) + [Self.answers(authority, recipient)]
    case .https(let place):
      how = .https
      folder = way.folder
      let side =
        place.certificate == nil ? "without a certificate of the school's" : "with a certificate of the school's"
      facts =
        [
          Fact(name: "By", text: "HTTPS, to \(place.url), \(place.webDAV ? "WebDAV" : "a plain PUT"), \(side)")
        ] + Self.steps(way) + [Self.answers(authority, recipient)]
    case .handover(let by):
      how = .handOver
      folder = "out/\(way.folder)"
      facts = [
        Fact(name: "By", text: "a person at the school, who hands it over: \(by)"),
        Fact(
          name: "Before",
          text: "file and cover sheet lie in \(folder) on the school's desk; the cover sheet says what to do, and the "
            + "person says when it is done"),
        Self.nothingOverwritten,
        Fact(
          name: "Answers",
          text: "somebody at the school saves them, as they came, in in/\(authority.id.rawValue) on its desk"),
      ]
    }
  }

  private static let nothingOverwritten = Fact(
    name: "Overwriting", text: "nothing that is there is ever written over; no two files have the same name")

  private static let overwritten = Fact(
    name: "Overwriting",
    text: "no two files have the same name; a file of the same name that is there all the same is written over")

  private static func words(_ key: SFTPEndpoint.HostKey) -> String {
    switch key {
    case .pin(let pin): "its key \(pin); another key, and nothing is sent until you were asked"
    case .knownHosts: "the keys that the school keeps of it; another key, and nothing is sent until you were asked"
    }
  }

  private static func steps(_ way: DeliveryWay) -> [Fact] {
    var facts = [Fact(name: "Folder", text: way.folder.isEmpty ? "the one that the school sees first" : way.folder)]
    if way.publication == .twoStep {
      let name = ReturnMachine.temporaryName(ledger: "a1b2c3", return: ReturnID(rawValue: 34), attempt: 1)
      facts.append(
        Fact(
          name: "While it is written",
          text:
            "it has a temporary name, such as \(name); leave such names alone. It gets its own name by renaming, when "
            + "it is whole"))
    } else {
      facts.append(Fact(name: "While it is written", text: "it has its own name; do not take it before it is whole"))
    }
    let when = way.publication == .twoStep ? "under the temporary name, and at once under its own" : "at once"
    let read =
      switch way.readBack {
      case .content: "its content is read and compared, of a large file its size, \(when)"
      case .size: "its size is compared, \(when)"
      case .none: "it is not: only your acknowledgement says that it arrived"
      }
    facts.append(Fact(name: "Read back", text: read))
    facts.append(
      Fact(
        name: "Taking it away",
        text: way.readBack == .none
          ? "take it as soon as it is whole"
          : way.takesFiles
            ? "you take files away; one that is gone before it was read back counts as taken"
            : "leave it there until it was read back; one that is gone before that has somebody ask you for it"))
    // Nobody looks before such a PUT, and none is refused.
    return facts + [way.publication == .direct && way.readBack == .none ? overwritten : nothingOverwritten]
  }

  private static func answers(_ authority: AuthorityProfile, _ recipient: Recipient) -> Fact {
    guard !authority.replies.isEmpty else { return Fact(name: "Answers", text: "none are fetched") }
    let after =
      switch recipient.afterCollect {
      case .leave: "they stay there"
      case .remove: "they are removed when they were fetched"
      case .move(let folder): "they are moved to \(folder) when they were fetched"
      }
    let minutes = max(1, recipient.collectEvery.components.seconds / 60)
    return Fact(
      name: "Answers",
      text:
        "are fetched from \(authority.collectFrom), every \(minutes == 1 ? "minute" : "\(minutes) minutes"); \(after)")
  }
}
