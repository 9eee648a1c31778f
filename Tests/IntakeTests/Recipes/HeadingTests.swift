// Headings that are alike, and those that only look it.

import Leavers
import Profiles
import Testing

@testable import Intake

@Suite("Headings") struct HeadingTests {
  private func likeness(_ left: String, _ right: String) -> HeadingLikeness? {
    let one = HeadingLikeness.between(HeadingWords(left), HeadingWords(right))
    #expect(one == HeadingLikeness.between(HeadingWords(right), HeadingWords(left)), "both ways")
    return one
  }

  @Test(arguments: [
    ("Legal Surname", " LEGAL_surname:"), ("Date of Birth", "date-of-birth"), ("UPN", "\u{FEFF}upn"),
    ("UPN", "U.P.N."), ("Year Group", "Year\u{A0}\tGroup"), ("Address Line 1", "AddressLine1"), ("Café", "CAFÉ"),
  ])
  func caseSpacesPunctuationAndByteOrderMarkDoNotMatter(left: String, right: String) {
    #expect(HeaderMap.key(left) == HeaderMap.key(right))
    #expect(likeness(left, right) == .same)
    let map = HeaderMap(id: "m", name: "M", columns: [(left, .upn)], values: [:])
    #expect(map.field(for: right) == .upn)
  }

  @Test func digitsAndLettersDoMatter() {
    let map = HeaderMap(id: "m", name: "M", columns: [("Address Line 1", .addressLine1)], values: [:])
    for other in ["Address Line 2", "Address Line", "Address Line 1 a", ""] { #expect(map.field(for: other) == nil) }
  }

  @Test(arguments: [
    ("Legal Surename", "Legal Surname", HeadingLikeness.spelling(1)),
    ("Intneded Destination", "Intended Destination", .spelling(1)),
    ("Postcod", "Postcode", .spelling(1)), ("DOB", "Date of Birth", .words(100)),
    ("Birth Date", "Date of Birth", .words(100)), ("First Name", "Forename", .words(100)),
    ("Pupil Last Name", "Surname", .words(100)), ("Unique Pupil Number", "UPN", .words(100)),
    ("Tel. No.", "Telephone Number", .words(100)), ("Home Local Authority", "Home LA", .words(100)),
    ("Ethnicity Code", "Ethnicity", .words(50)),
  ])
  func alike(left: String, right: String, expected: HeadingLikeness) {
    #expect(likeness(left, right) == expected)
  }

  @Test(arguments: [
    ("UPN", "ULN"), ("Former UPN", "Former ULN"), ("Former UPN", "UPN"), ("Parent Email", "Email"),
    ("Address Line 1", "Address Line 2"), ("Surname", "Forename"), ("Preferred Surname", "Surname"),
    ("Start Date", "Leaving Date"), ("Favourite Colour", "Former Surname"), ("School Postcode", "Postcode"),
    ("", "UPN"), ("Gender Identity", "Gender"), ("Sex", "SEN"), ("Class", "Course"), ("Town", "Tower"),
  ])
  func unlike(left: String, right: String) { #expect(likeness(left, right) == nil) }

  @Test func nearestKnownHeading() {
    let known = KnownHeadings(
      entries: Fixture.map.columns.map { KnownHeadings.Entry($0.header, $0.field, map: "SIMS") })
    #expect(known.nearest(to: "Legal Surnam")?.entry.field == .legalSurname)
    #expect(known.nearest(to: "legal surname")?.likeness == .same)
    #expect(known.nearest(to: "Favourite Colour") == nil)
    // "Date" is as like the start as the leaving.
    let dates = KnownHeadings(entries: [
      .init("Visit Date", .startDate, map: nil), .init("Review Date", .leavingDate, map: nil),
    ])
    #expect(dates.nearest(to: "Date") == nil)
  }
}
