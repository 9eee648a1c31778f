// One kind of answer as the specification of a feed tells it. Pure.

import Leavers
import Profiles

/// One kind of file that an authority sends back.
struct ReplySpecification: Sendable {
  let profile: ReplyProfile
  /// A name that such a file can have.
  let fileName: String
  let placeholders: [String]
  /// How it is read and what comes of it, in sentences.
  let words: [String]
  let columns: [(heading: String, says: String)]

  init(_ profile: ReplyProfile, of authority: AuthorityProfile) {
    self.profile = profile
    let school = ExampleSchool.of(authority)
    let pattern = FileNamePattern(
      pieces: profile.match.pieces.map { $0 == .wildcard ? .text("1") : $0 }, source: profile.match.source)
    let values = FileNamePattern.Values(
      laestab: school.laestab.rawValue, urn: school.urn?.rawValue, ukprn: school.ukprn?.rawValue, cohort: "Y11-2027",
      cycle: "2026-27", sequence: 3, date: authority.agreements.first?.from ?? .last, kind: profile.kind.rawValue,
      authority: authority.id.rawValue)
    // What cannot be made into a name is shown as it is written.
    fileName = (try? pattern.render(values)) ?? profile.match.source
    placeholders = PlaceholderWords.words(profile.match)
    columns = profile.columns.map { ($0.header, Self.words($0.column)) }
    words = [Self.purpose(profile.kind), Self.reading(profile)] + Self.verdict(profile)
  }

  private static func purpose(_ kind: ReplyKind) -> String {
    switch kind {
    case .acknowledgement: "Whether a file of ours was taken: a row for each file."
    case .activitySurvey: "What you know of each young person: a row for each."
    case .unknownRequest: "Of whom you ask what they do: a row for each; the school answers each by a return."
    case .year11List: "Who you think is in Year 11 at the school: a row for each."
    case .enrolmentList: "Who is enrolled where: a row for each."
    case .dataQuery: "What is to be looked at in what the school sent: a row for each."
    }
  }

  private static func reading(_ profile: ReplyProfile) -> String {
    guard profile.level == .pupil else {
      return "It is about more than one pupil (\(profile.level.rawValue)): it is kept, and a person opens it."
    }
    return
      "A text with delimiters (CSV), its headings in the first line, in any order; case, spaces and punctuation of "
      + "headings do not matter, and further columns are not read."
  }

  private static func verdict(_ profile: ReplyProfile) -> [String] {
    guard profile.kind == .acknowledgement,
      let heading = profile.columns.first(where: { $0.column == .verdict })?.header
    else { return [] }
    return [
      "In \(heading), in capitals or small letters, \(profile.acceptedWords.map { "“\($0)”" }.joined(separator: " or ")) "
        + "means that the file was taken; any other word means that it was refused."
    ]
  }

  private static func words(_ column: ReplyProfile.Column) -> String {
    switch column {
    case .field(let field): words(field)
    case .reference: "your own reference of the young person"
    case .returnFile: "the name of our file, as it came"
    case .verdict: "whether it was taken"
    case .rowsLoaded: "rows loaded"
    case .rowsRejected: "rows refused"
    case .reason: "why"
    case .sha256: "SHA-256 of our file, in hexadecimal digits"
    case .due: "the day by which an answer is due"
    }
  }

  private static func words(_ field: Field) -> String {
    switch field.type {
    case .date: "\(FormWords.name(field)), such as 2026-09-07 or 07/09/2026"
    case .code(let set): "\(FormWords.name(field)), a code of the list \(set)"
    default: FormWords.name(field)
    }
  }
}
