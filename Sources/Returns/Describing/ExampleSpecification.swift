// The examples of a profile as the specification of a feed tells them. Pure.

import Leavers
import Profiles
import Tabular

/// Invented pupils: what stands in the file of each, or why there is nothing.
struct ExampleSpecification: Sendable {
  struct Pupil: Sendable {
    /// What is known of the pupil; of one who has rows, which say it, without names, date of birth and UPN.
    let given: String
    /// The cells of each row; none where the pupil is not in the file.
    let rows: [[String]]
    /// Why the pupil is not in the file, as the end of a sentence.
    let kept: String?
  }

  let pupils: [Pupil]
  /// The whole file, where it is a text.
  let file: String?

  init(_ profile: ReturnProfile, of run: ExampleRun) {
    pupils = run.outcomes.map { example, _, outcome in
      func given(without fields: Set<Field> = []) -> String {
        example.given.fields.filter { !fields.contains($0) }.map { field in
          "\(FormWords.name(field)) \(example.given[field] ?? "")"
        }.joined(separator: ", ")
      }
      if case .ready(let mapped) = outcome {
        return Pupil(given: given(without: Self.everybody), rows: mapped.lines, kept: nil)
      }
      return Pupil(given: given(), rows: [], kept: outcome.words)
    }
    file = Self.file(profile, run)
  }

  private static let everybody: Set<Field> = [.upn, .legalSurname, .legalForename, .dateOfBirth]

  private static func file(_ profile: ReturnProfile, _ run: ExampleRun) -> String? {
    let mark: Int
    switch profile.format {
    case .csv(let form): mark = form.dialect.byteOrderMark ? form.dialect.encoding.byteOrderMark.count : 0
    case .xml: mark = 0
    case .workbook, .template: return nil
    }
    // What the format cannot hold, as a document without pupils may be, is told of by `profile test`.
    guard let bytes = try? ReturnRenderer(profile: profile).bytes(of: run.ready, run.setting) else { return nil }
    return Array(bytes.dropFirst(mark)).withUnsafeBytes { try? profile.encoding.decode($0) }
  }
}
