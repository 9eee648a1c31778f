// Mistakes in the profile language. Data only.

@testable import Profiles

extension Mistake {
  private static let line = "{name: Surname, from: legalSurname}"
  private static let above = "W_{laestab}_{sequence}.csv\"\n    columns:"

  /// A column in the place of Wirral's only one.
  private static func column(
    _ code: ConfigurationDiagnostic.Code, _ new: String, saying: String,
    severity: ConfigurationDiagnostic.Severity = .error
  ) -> Mistake {
    Mistake(code, wirral, line, new, saying: saying, severity: severity)
  }

  /// Keys before the columns of Wirral's return.
  private static func keys(
    _ code: ConfigurationDiagnostic.Code, _ new: String, saying: String,
    severity: ConfigurationDiagnostic.Severity = .error
  ) -> Mistake {
    Mistake(
      code, wirral, above, "W_{laestab}_{sequence}.csv\"\n    \(new)\n    columns:", saying: saying,
      severity: severity)
  }

  /// Of what a cell comes from and is made into.
  static let forms: [Mistake] = [
    column(.exactlyOne, "{name: A, from: upn, joined: §[upn]}", saying: "more than one of"),
    column(.exactlyOne, "§{name: A, case: upper}", saying: "none of"),
    column(.unknownChoice, "{name: A, first-of: [upn, §ulm]}", saying: "did you mean"),
    column(.notApplicable, "{name: A, from: upn, with: §x}", saying: "with is for joined"),
    column(.notApplicable, "{name: A, from: upn, otherwise: §uln}", saying: "otherwise is for when"),
    column(.notApplicable, "{name: A, destination: §{intended: I, actual: A}}", saying: "rows: destination"),
    column(
      .badValue,
      "{name: A, joined: [{joined: [{joined: [{joined: [§upn]}]}]}]}", saying: "more than 4 deep"),
    column(.notApplicable, "{name: A, from: upn, yes-no: §{true: Y, false: N}}", saying: "freeSchoolMeals"),
    column(.notApplicable, "{name: A, from: dateOfBirth, number: §{digits: 2}}", saying: "number is for"),
    column(.notApplicable, "{name: A, from: upn, as: §yyyy}", saying: "remove as"),
    column(.exactlyOne, "{name: A, from: upn, slice: §{to: 3}}", saying: "none of"),
    column(.badValue, "{name: A, from: upn, slice: {from: 4, to: §2}}", saying: "ends before it begins"),
    column(.notApplicable, "{name: A, from: upn, slice: {first: 4, to: §2}}", saying: "to is for from"),
    column(.badValue, "{name: A, from: upn, pad: {to: 9, with: §ab}}", saying: "one character"),
    column(.fileMissing, "{name: A, from: upn, map: §nowhere}", saying: "does not exist"),
    column(.lookupTable, "{name: A, from: upn, map: §../secret}", saying: "not the name of a table"),
    column(
      .repeated,
      "{name: A, from: upn, map: [{until: 2026-12-31, values: {x: a}}, {from: 2026-12-31, values: §{x: b}}]}",
      saying: "for the same days"),
    column(
      .badDate, "{name: A, from: upn, map: [§{from: 2026-12-31, until: 2026-01-01, values: {x: a}}]}", saying: "ends"),
    column(.unknownCode, "{name: A, from: activity, map: {§\"999\": x, \"210\": y}}", saying: "no value that"),
    column(
      .badValue, "{name: A, from: activity, without-basis: {\"210\": a, \"220\": §b}}", saying: "one word stand for all"
    ),
    column(.badValue, "{name: A, from: activity, without-basis: {\"210\": §\"210\"}}", saying: "use another word"),
    column(.notApplicable, "{name: A, from: freeSchoolMeals, without-basis: §{Y: a}}", saying: "only codes"),
    column(.badValue, "{name: A, when: [{field: freeSchoolMeals, is: [§perhaps], then: upn}]}", saying: "Y or N"),
    column(.badValue, "{name: A, when: [{field: homeAuthority, is: [§Sefton], then: upn}]}", saying: "three digits"),
    column(.badValue, "{name: A, when: [{field: sharing, is: [§Perhaps], then: upn}]}", saying: "YES, NO"),
    column(
      .badValue, "{name: A, when: [{field: dateOfBirth, is: [§2010-01-01], then: upn}]}", saying: "from and until"),
    column(.freeText, "{name: A, from: §course}", saying: "free-text: allowed"),
    column(.freeText, "{name: A, joined: [upn, leavingReason]}", saying: "words of their own"),
    column(.unknownChoice, "{name: A, from: upn, free-text: §yes}", saying: "allowed"),
    column(.notApplicable, "{name: A, from: upn, element: B}", saying: "element is for XML"),
    column(.badValue, "{name: A, from: upn, element: §B C}", saying: "path of elements"),
    column(.unknownChoice, "{name: A, when: [{field: activity, is: §there, then: upn}]}", saying: "present, absent"),
    column(.exactlyOne, "{name: A, when: [§{field: activity, then: upn}]}", saying: "is"),
    column(.unknownCode, "{name: A, when: [{field: activity, is: [§\"999\"], then: upn}]}", saying: "no code of"),
    column(.notApplicable, "{name: A, when: [{field: §upn, from: 2026-01-01, then: uln}]}", saying: "holds no date"),
    column(
      .notApplicable, "{name: A, when: [{field: dateOfBirth, is: present, from: §2026-01-01, then: uln}]}",
      saying: "two conditions"),
  ]

  /// Of the return and its file.
  static let formats: [Mistake] = [
    keys(.unknownChoice, "sort: [§Forename]", saying: "use one of: Surname"),
    keys(.unknownChoice, "enrolment: [§X]", saying: "did you mean"),
    keys(.notApplicable, "format: {type: xlsx, newline: §lf}", saying: "not for files of the type xlsx"),
    keys(.notApplicable, "format: {type: csv, root: §A}", saying: "not for files of the type csv"),
    keys(.missingKey, "format: {encoding: §utf-16le}", saying: "write bom: true"),
    keys(.badValue, "format: {type: xlsx, sheet: §\"A/B\"}", saying: "at most 31 characters"),
    keys(.notApplicable, "format: {type: xlsx, at: §A!B2}", saying: "name the template"),
    keys(.badValue, "format: {tail: [[§\"{row}\"]]}", saying: "stands for nothing"),
    keys(.badValue, "format: {tail: [[§\"{rows\"]]}", saying: "not closed"),
    keys(.badValue, "format: {tail: [[§\"{date:dd}\"]]}", saying: "form of dates"),
    keys(.unknownChoice, "format: {tail: [[§\"{sum:ULN}\"]]}", saying: "no column is called"),
    keys(.schema, "format: §{type: xml, root: A, row: B}", saying: "XML Schema", severity: .warning),
    keys(.schema, "format: {type: xml, root: A, row: B, schema: §../leaverlink.yaml}", saying: "cannot be used"),
    keys(.unknownChoice, "examples: [{given: {upn: A}, gives: {§Forename: B}}]", saying: "no column"),
    keys(.exactlyOne, "examples: [§{given: {upn: A}}]", saying: "none of"),
    keys(.badDate, "examples: [{given: {dateOfBirth: §01/02/2010}, gives: {Surname: B}}]", saying: "2010-05-17"),
    keys(.unknownChoice, "examples: [{given: {upn: A}, kept: §because}]", saying: "not known"),
    Mistake(
      .badBasis, wirral, "basis: public-task", "basis: §esa-2008-s13", saying: "use one of: public-task"),
    Mistake(
      .notApplicable, wirral, "consent: tracking", "under-13: §somebody", saying: "agreement of its own"),
    column(.fileMissing, "{name: A, from: upn, lookup: {table: §t, column: c}}", saying: "does not exist"),
  ]
}
