// Which findings a school may take more or less seriously. Data; the catalogue of intake must agree, which a test shows.

/// The findings whose severity a school's configuration may change, between `warning` and `note`.
///
/// Not among them: what refuses a file or holds a row (errors), and what a later station holds a record for, such as a
/// sharing answer that is not understood. Those keep their severity, because a lower one would hide why a child's record
/// does not arrive, and nothing a school sets can hold a row that the rules let through.
package enum AdjustableFindings {
  /// The severities that can be set.
  package static let severities: [Severity] = [.warning, .note]

  /// The codes, sorted.
  package static let codes: [FindingCode] = [
    "L020", "L021", "L022", "L023", "L024", "L025", "L026", "L027", "L029", "L031", "L032", "L033", "L034", "L035",
    "L038", "L039", "L085", "L086", "L088", "L090", "L092", "L094", "L095",
    "L096", "L097", "L110", "L111", "L112", "L113", "L114", "L115", "L116", "L120", "L121",
    "L122", "L130", "L131", "L132", "L133", "L134", "L201", "L202", "L204", "L205", "L213", "L220", "L221", "L222",
    "L223", "L224", "L225", "L226", "L227", "L228", "L230", "L231", "L241", "L242", "L250", "L251", "L252", "L260",
    "L261", "L262", "L263", "L264", "L265", "L300", "L301", "L302", "L303", "L304", "L305", "L306", "L307", "L308",
    "L309", "L310", "L312",
    "L330", "L350", "L400", "L401", "L403", "L404", "L500", "L501", "L502", "L503", "L504", "L505", "L508",
    "L620", "L621", "L623",
  ].map { FindingCode(rawValue: $0) }

  /// The codes that only hold a record later, or say why one waits: their severity stays although it is no error.
  package static let fixed: [FindingCode] = [
    "L018", "L028", "L087", "L089", "L091", "L093", "L311", "L313", "L320", "L321", "L331", "L340", "L351", "L507",
    "L622",
  ].map { FindingCode(rawValue: $0) }
}
