// The specification of a feed as a value: what the page and the JSON say. Pure.

package import Leavers
package import Profiles

/// All that one authority is to get, in which form and when, how it gets there, and how it answers.
package struct FeedSpecification: Sendable {
  /// Something that is so, under a name.
  struct Fact: Sendable, Hashable {
    let name: String
    let text: String
  }

  let authority: AuthorityProfile
  /// Who runs its tracking.
  let recipient: String
  /// The day that it was made on: what is over and what is in force is as of that day.
  let day: CalendarDate
  let way: WaySpecification?
  let returns: [ReturnSpecification]
  let replies: [ReplySpecification]

  /// `kind`: nil for all.
  package init(
    _ authority: AuthorityProfile, in configuration: Configuration, on day: CalendarDate, kind: ReturnKind? = nil
  ) {
    self.authority = authority
    self.day = day
    let recipient = configuration.recipient(authority.recipient)
    self.recipient = recipient?.name ?? authority.recipient.rawValue
    let way = recipient.map { WaySpecification($0, for: authority) }
    self.way = way
    returns = authority.returns.filter { kind == nil || $0.kind == kind }.map {
      ReturnSpecification($0, of: authority, in: configuration, on: day, handedOver: way?.how == .handOver)
    }
    replies = authority.replies.map { ReplySpecification($0, of: authority) }
  }

  /// What can be had before anything real; nil once it is agreed.
  var trial: String? {
    if case .agreed = authority.evidence { return nil }
    return
      "Before anything is agreed a trial can be had: a file of each kind of return, in this form and by this way, in "
      + "which every pupil is invented and both names of each begin with TEST. Ask the school for it; whoever looks after "
      + "leaverlink there runs leaverlink profile trial \(authority.id.rawValue)."
  }

  /// How returns are acknowledged, in words.
  var acknowledging: String {
    switch authority.acknowledges {
    case .never: "None is waited for."
    case .byHand: "By word of mouth or e-mail; somebody at the school enters it."
    case .file: "As a file, described below."
    }
  }
}
