// What rules know besides the cell: school, day, code tables, names of authorities, what a survey of the columns found,
// what was decided about words. Pure.

import Leavers
import Profiles

/// What a rule knows besides the cell it looks at.
struct RuleContext: Sendable {
  var school: School
  /// The day on which the export was observed, in London.
  var day: CalendarDate
  var codes: CodeTables
  /// Field → word in lower case → canonical value, from the header map.
  var words: [Field: [String: String]]
  var authorities: AuthorityNames
  var survey: ColumnSurvey
  var providers: ProviderRegister
  /// What the school's people said that its words mean.
  var decided: SchoolWords
  var wordReader: WordReader

  init(
    school: School, configuration: Configuration, day: CalendarDate, survey: ColumnSurvey = ColumnSurvey(),
    decided: SchoolWords = SchoolWords()
  ) {
    self.school = school
    self.day = day
    codes = configuration.codes
    words = configuration.headerMaps[school.mis]?.values ?? [:]
    authorities = AuthorityNames(configuration: configuration)
    self.survey = survey
    providers = configuration.providers
    self.decided = decided
    wordReader = WordReader(codes: configuration.codes, register: configuration.providers, on: day)
  }
}

/// What only a look at whole columns can tell, found before the rows are read.
struct ColumnSurvey: Sendable, Equatable {
  /// Columns of dates that are written with the month first: no date has its day first for certain, and some cannot be
  /// dates otherwise.
  var monthFirst: Set<Field> = []
  /// Columns of a sheet in which the program that made dates of texts seems to have taken the month for the day: of the
  /// dates that became dates none needs a day above 12, and those that stayed texts could not be read that way.
  var swapped: Set<Field> = []
  /// Coded columns that hold both current and legacy codes.
  var mixedGenerations: Set<Field> = []
  /// Whether the numbers that a spreadsheet wrote for days count from 1900, as the cells that can tell show.
  var serialsFrom1900 = false
}
