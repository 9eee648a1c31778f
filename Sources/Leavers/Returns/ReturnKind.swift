// Kinds of return and of reply, bases in law, evidence of a format, decisions to send. Pure.

/// What a return tells.
package enum ReturnKind: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// September Guarantee: intended destination, offer and status.
  case intendedDestinations = "intended-destinations"
  case confirmedDestinations = "confirmed-destinations"
  /// Left the sixth form before the end of the course.
  case earlyLeavers = "early-leavers"
  /// Risk of NEET: indicators and referrals.
  case riskOfNEET = "risk-of-neet"
  /// Answers to an authority's unknown-destination request.
  case unknownAnswers = "unknown-answers"

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Whether a school gathers it pupil by pupil, in a report or a sheet. Risk of NEET is what a person confirms in the
  /// register, and answers belong to an authority's request.
  package var isGathered: Bool { self != .riskOfNEET && self != .unknownAnswers }

  /// Whether it tells of every pupil of a cohort, so that a cohort without any is one that is missing.
  package var isOfAWholeCohort: Bool { self == .intendedDestinations || self == .confirmedDestinations }
}

/// What a file from an authority is.
package enum ReplyKind: String, Sendable, Hashable, Codable, CaseIterable {
  case acknowledgement
  case activitySurvey = "activity-survey"
  case unknownRequest = "unknown-request"
  case year11List = "year-11-list"
  case enrolmentList = "enrolment-list"
  case dataQuery = "data-query"
}

/// The provision that a disclosure rests on.
package enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
  /// Education and Skills Act 2008 s.72: information for service providers; knows an objection (s.72(4)).
  case esa2008s72 = "esa-2008-s72"
  /// s.14: information for the authority's Part 1 functions; knows an objection.
  case esa2008s14 = "esa-2008-s14"
  /// s.13: notice that a young person is not fulfilling the duty; knows no objection.
  case esa2008s13 = "esa-2008-s13"
  /// UK GDPR Article 6(1)(e): a task in the public interest, under a data sharing agreement.
  case publicTask = "public-task"

  /// Whether the pupil's or parent's objection bars what lies beyond the floor.
  package var knowsObjection: Bool { self != .esa2008s13 }
}

extension Basis {
  /// What it is about, as the end of a sentence.
  package var extent: String {
    switch self {
    case .esa2008s72, .esa2008s14: "it is about pupils who attend, on the request of the authority or its service"
    case .esa2008s13: "it is about somebody who left and does not fulfil the duty to participate"
    case .publicTask: "it is about what an agreement names"
    }
  }
}

extension ReturnKind {
  /// The provisions that may carry the kind. Sections 14 and 72 are about a pupil who attends, section 13 is a notice about
  /// one who left early; whom a school names as at risk, and whom it asks after leaving, rests on an agreement of its own.
  package var bases: [Basis] {
    switch self {
    case .intendedDestinations: [.esa2008s72, .esa2008s14, .publicTask]
    case .confirmedDestinations, .unknownAnswers: [.publicTask, .esa2008s14, .esa2008s72]
    case .earlyLeavers: [.esa2008s13, .publicTask, .esa2008s14, .esa2008s72]
    case .riskOfNEET: [.publicTask]
    }
  }
}

/// What an agreement demands of each pupil before anything of the pupil goes under it.
package enum ConsentDemand: String, Sendable, Hashable, Codable, CaseIterable {
  /// Consent to being tracked after leaving, given by the young person, or by a parent of one under 16.
  case tracking
}

/// How sure it is that an authority's format is what it wants.
package enum Evidence: Sendable, Hashable {
  /// Nobody confirmed it: dry runs and the sandbox only.
  case illustrative
  /// Under trial: synthetic pupils, marked TEST.
  case trial
  /// Agreed with a named party on a day: real pupils.
  case agreed(with: String, on: CalendarDate)

  package var text: String {
    switch self {
    case .illustrative: "illustrative"
    case .trial: "trial"
    case .agreed: "agreed"
    }
  }
}

/// Who decides that a return goes, and when.
package enum SendDecision: Sendable, Hashable {
  case onRelease
  case onDates([CalendarDate])
  /// On the days that the calendar has for the authority, kind and cohort.
  case onCalendar
  case atOnce
}

/// By which rule a pupil is an authority's own.
package enum RoutingRule: String, Sendable, Hashable, Codable, CaseIterable {
  case educated, resident
}

/// How an authority acknowledges what it received.
package enum Acknowledging: String, Sendable, Hashable, Codable, CaseIterable {
  case never
  case byHand = "by-hand"
  case file
}
