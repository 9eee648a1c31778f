// What one tracking team takes and sends back, written down by the far side itself. Pure data.

/// What the tracking team of one authority takes and how it answers. Hard-coded on the far side and never read from the
/// profile that the service sends by, so that a mistake in one of the two shows.
package struct TeamSpecification: Sendable {
  /// Such as `sefton`.
  package let authority: String
  /// Who runs the authority's tracking, such as `career-connect`.
  package let recipient: String
  package let returns: [TeamReturn]
  /// How it acknowledges; nil where it never does.
  package let acknowledgement: TeamAcknowledgement?
  package let survey: TeamList?
  package let unknownRequest: TeamList?

  /// The return that a file name belongs to, and what the name says.
  func identify(_ name: String) -> (specification: TeamReturn, name: TeamFileName.Reading)? {
    for specification in returns {
      if let reading = specification.name.read(name) { return (specification, reading) }
    }
    return nil
  }
}

/// One kind of return that a team loads.
package struct TeamReturn: Sendable {
  /// Such as `intended-destinations`.
  package let kind: String
  package let name: TeamFileName
  package let shape: TeamShape
  package let columns: [TeamColumn]

  init(kind: String, name: TeamFileName, shape: TeamShape, columns: [TeamColumn]) {
    self.kind = kind
    self.name = name
    self.shape = shape
    self.columns = columns
  }

  /// A table without anything around it.
  init(kind: String, name: TeamFileName, form: TeamForm, columns: [TeamColumn]) {
    self.init(kind: kind, name: name, shape: .table(form), columns: columns)
  }

  /// Which column is this to the team; nil where none is.
  func place(of role: TeamColumn.Role) -> Int? { columns.firstIndex { $0.role == role } }
}

/// What a return's file is made of.
package enum TeamShape: Sendable {
  /// Headings and rows.
  case table(TeamForm)
  /// The same between a head line and a trailer.
  case framedTable(TeamForm, TeamFrame)
  /// An XML document.
  case document(TeamDocument)
}

/// The lines around the headings and rows of a file.
package struct TeamFrame: Sendable {
  package let head: [TeamControl]
  package let trailer: [TeamControl]
}

/// How a file is written.
package struct TeamForm: Sendable {
  package enum Encoding: Sendable { case utf8, windows1252, utf16LittleEndian }
  package let encoding: Encoding
  /// Whether the file begins with the byte order mark of its encoding. Neither is forgiven.
  package let byteOrderMark: Bool
  package let delimiter: UInt8
  /// Whether rows end with CRLF rather than LF.
  package let crlf: Bool
  /// Whether every cell stands in quotes.
  package let allQuoted: Bool

  package init(
    encoding: Encoding = .utf8, byteOrderMark: Bool = false, delimiter: Character = ",", crlf: Bool = true,
    allQuoted: Bool = false
  ) {
    self.encoding = encoding
    self.byteOrderMark = byteOrderMark
    self.delimiter = delimiter.asciiValue ?? UInt8(ascii: ",")
    self.crlf = crlf
    self.allQuoted = allQuoted
  }
}

/// One column of a return and what the team checks in it.
package struct TeamColumn: Sendable {
  /// What a cell may hold when it holds anything.
  package enum Content: Sendable {
    case text
    /// A name in capitals.
    case capitals
    case upn, uln, postcode
    case date(TeamDate)
    case code(Set<String>)
    /// So many digits.
    case digits(Int)
    /// This and nothing else.
    case exactly(String)
  }
  /// What the cell is to the team.
  package enum Role: Sendable, Hashable {
    case upn, uln, surname, forename, dateOfBirth, intention, postcode
    /// One of the pupil's characteristics: a pupil may have a row for each.
    case characteristic
    /// Whether the row closes the pupil's record at this authority: then it is `C`.
    case change
  }

  package let header: String
  package let content: Content
  package let required: Bool
  /// Longest text in characters.
  package let max: Int?
  package let role: Role?

  init(_ header: String, _ content: Content = .text, required: Bool = false, max: Int? = nil, role: Role? = nil) {
    self.header = header
    self.content = content
    self.required = required
    self.max = max
    self.role = role
  }
}

/// A notation of dates: year, month and day in some order.
package enum TeamDate: Sendable {
  /// 31/01/2010
  case slashes
  /// 2010-01-31
  case iso
  /// 31-Jan-2010
  case monthName
  /// 20100131
  case compact
  /// 31.01.2010
  case dots
  /// 31-01-2010
  case hyphens
}

/// How a team acknowledges a return.
package struct TeamAcknowledgement: Sendable {
  /// A fact that a column of an acknowledgement gives.
  package enum Fact: Sendable { case returnFile, verdict, loaded, rejected, reason, sha256, reference }
  /// The file's name before what tells one acknowledgement from another, `{laestab}` in it.
  package let nameBeginning: String
  package let nameEnding: String
  package let form: TeamForm
  package let columns: [(header: String, fact: Fact)]
  /// The team's words for taken and for refused.
  package let accepted: String
  package let rejected: String
}

/// A list of young people that a team sends back: a survey, or a request about those it does not know of.
package struct TeamList: Sendable {
  /// A fact that a column of the list gives.
  package enum Fact: Sendable {
    case upn, uln, surname, forename, postcode
    case dateOfBirth(TeamDate)
    case activity
    case activityStart(TeamDate)
    case confirmed(TeamDate)
    case provider
    case reference
    case due(TeamDate)
    case laestab
    /// Left empty.
    case nothing
  }
  package let nameBeginning: String
  package let nameEnding: String
  package let form: TeamForm
  package let columns: [(header: String, fact: Fact)]
}
