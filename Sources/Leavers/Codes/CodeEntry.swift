// One code of a code set: its label, when it is in force, and what else the table says of it. Pure.

/// One row of a code table.
package struct CodeEntry: Hashable, Sendable {
  /// The code as it is sent, for example `210`.
  package let code: String
  /// What it means, for people.
  package let label: String
  /// The first day on which it may be used; nil where it has been in use from before anything the service dates.
  package let from: CalendarDate?
  /// The last day on which it may be used; nil where no end is known.
  package let until: CalendarDate?
  /// The table's other columns by header (`group`, `status`, `source` …), blank cells left out.
  package let attributes: [String: String]

  package init(
    code: String, label: String, from: CalendarDate? = nil, until: CalendarDate? = nil,
    attributes: [String: String] = [:]
  ) {
    self.code = code
    self.label = label
    self.from = from
    self.until = until
    self.attributes = attributes
  }

  /// Whether the code belongs to an older generation: column `status` says `legacy`. Such a code is understood where it
  /// arrives and never current, even where the day of its end is not known.
  package var isLegacy: Bool { attributes["status"] == "legacy" }

  /// Whether nobody has confirmed lately that the code is still in use: column `status` says `check`.
  package var needsConfirmation: Bool { attributes["status"] == "check" }

  /// The code that took a legacy code's place, where the table gives one (column `successor`); a proposal for a person,
  /// not a conversion to be done silently.
  package var successor: String? { attributes["successor"] }

  /// Other spellings that mean this code (column `aliases`, divided by `|`).
  package var aliases: [String] {
    attributes["aliases"].map { $0.split(separator: "|").map { String($0).trimmedOfBlanks } } ?? []
  }

  /// Whether the code may be used on a day.
  package func isCurrent(on date: CalendarDate) -> Bool {
    !isLegacy && from.map { $0 <= date } != false && until.map { $0 >= date } != false
  }
}
