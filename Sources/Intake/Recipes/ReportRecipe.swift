// The report that a data manager must build, before any export exists. A value.

package import Leavers
package import Profiles

/// The recipe of the report for one kind of return out of one management information system: what must be in it, what
/// should be, and why. Nothing else: what nobody needs is not asked for (UK GDPR Article 5(1)(c)).
package struct ReportRecipe: Sendable {
  package enum Need: String, Sendable, Hashable {
    case must, should
  }

  package struct Column: Sendable, Hashable {
    package let field: Field
    /// What it is, in plain English.
    package let name: String
    /// The heading in this system's header map; nil where the map has none yet.
    package let heading: String?
    /// Other headings that are understood.
    package let otherHeadings: [String]
    package let need: Need
    /// The authorities that ask for it, by name.
    package let authorities: [String]
    /// Sentences, the gravest reason first.
    package let why: [String]
    /// How a cell should look; nil where there is nothing to say.
    package let form: String?
    /// The answers that can stand in it; empty where it is no list.
    package let answers: [String]
  }

  /// The header map's id, such as `sims`, and its name.
  package let mis: String
  package let misName: String
  package let kind: ReturnKind
  /// The authorities that get such returns, by name.
  package let authorities: [String]
  /// The stages of leaving that some authority wants, such as `Y11`.
  package let stages: [Cohort.Stage]
  /// What must be in the report, then what should; each in the order of `Field`.
  package let columns: [Column]
  /// How many further items the header map knows that nobody asks for.
  package let unused: Int

  /// The columns that the report can have, since the header map knows their headings.
  package var withHeading: [Column] { columns.filter { $0.heading != nil } }
  /// What is needed and has no heading in the header map yet.
  package var withoutHeading: [Column] { columns.filter { $0.heading == nil } }

  /// The recipes for a header map: one for each kind of return that a configured authority takes from the schools that
  /// use the map (from any school, where no school uses it yet). `kind` restricts them to one.
  package static func recipes(
    for map: HeaderMap, in configuration: Configuration, kind only: ReturnKind? = nil
  ) -> [ReportRecipe] {
    let schools = configuration.schools.filter { $0.mis == map.id }
    return ReturnKind.allCases.filter { $0.isGathered && (only == nil || $0 == only) }.compactMap { kind in
      let profiles = RecipeNeeds.profiles(of: kind, in: configuration, schools: schools)
      guard !profiles.isEmpty else { return nil }
      let needs = RecipeNeeds.of(kind, profiles, hasPostcodes: configuration.postcodes != nil)
      let columns = Field.allCases.compactMap { field in
        needs[field].map { column(field, $0, map, configuration.codes) }
      }
      let known = Set(map.columns.map(\.field))
      return ReportRecipe(
        mis: map.id, misName: map.name.isEmpty ? map.id : map.name, kind: kind,
        authorities: profiles.map(\.authority.name), stages: Set(profiles.flatMap(\.profile.cohorts)).sorted(),
        columns: columns.filter { $0.need == .must } + columns.filter { $0.need == .should },
        unused: known.count { needs[$0] == nil })
    }
  }

  private static func column(_ field: Field, _ need: RecipeNeed, _ map: HeaderMap, _ codes: CodeTables) -> Column {
    let headings = map.columns.filter { $0.field == field }.map(\.header)
    return Column(
      field: field, name: FieldWords.name(field), heading: headings.first, otherHeadings: Array(headings.dropFirst()),
      need: need.isMust ? .must : .should, authorities: need.authorities, why: need.reasons,
      form: FieldWords.form(field, codes: codes), answers: FieldWords.answers(field, codes: codes))
  }

  // MARK: Words that every form of it has

  package var title: String { "Report for \(Self.words(kind)) out of \(misName)" }

  /// What the report is for, in sentences.
  package var introduction: [String] {
    let years = RecipeNeeds.list(stages.map { "Year \($0.rawValue)" })
    return [
      "One row a pupil, for the pupils of \(years). \(RecipeNeeds.list(authorities)) can get records out of it.",
      "Headings are understood whatever their case, spaces and punctuation. Save the report as CSV UTF-8.",
      unused == 0
        ? "Everything that the header map knows is needed."
        : "Leave everything else out: \(unused) further items are known, and nobody needs them for this return.",
    ]
  }

  package static func words(_ kind: ReturnKind) -> String {
    kind == .intendedDestinations ? "\(kind.words) (September Guarantee)" : kind.words
  }
}
