// How some kinds of management information system would write a pupil down: headers, notations, encoding. Pure.

import Leavers

/// The header layout and the notations of a synthetic export. The headers are those seen in extracts of such systems;
/// each school builds its own report, so none is anybody's standard. `madeUp` is of a system that nobody sells, for what
/// no such extract has: several characteristics in a cell.
package enum SampleLayout: String, CaseIterable, Sendable, Hashable {
  case sims, arbor, census
  case madeUp = "made-up"

  /// What a column holds.
  enum Column: Sendable, Hashable {
    case admissionNumber, upn, formerUPN, uln, surname, forename, middleNames, preferredForename, dateOfBirth, sex
    case yearGroup, registrationGroup, enrolmentStatus, sen, disadvantaged, additionalLanguage, lookedAfter
    case schoolName, site, laestab, addressLine1, addressLine2, town, postcode, homeAuthority, phone, email, sharing
    case leavingDate, intention, guarantee, providerUKPRN, providerName, course, startDate, note, characteristics
  }

  /// Header and content of each column, in order.
  var columns: [(header: String, column: Column)] {
    switch self {
    case .sims:
      [
        ("Admission No", .admissionNumber), ("UPN", .upn), ("Legal Surname", .surname), ("Legal Forename", .forename),
        ("Middle Names", .middleNames), ("Preferred Name", .preferredForename), ("Date of Birth", .dateOfBirth),
        ("Gender", .sex), ("Year Group", .yearGroup), ("Reg Group", .registrationGroup),
        ("Enrolment Status", .enrolmentStatus), ("SEN Status", .sen), ("Pupil Premium", .disadvantaged),
        ("EAL", .additionalLanguage), ("Looked After", .lookedAfter), ("School", .schoolName), ("Site", .site),
        ("ULN", .uln), ("Former UPN", .formerUPN), ("Address Line 1", .addressLine1),
        ("Address Line 2", .addressLine2), ("Town", .town), ("Postcode", .postcode), ("Home LA", .homeAuthority),
        ("YSSA", .sharing), ("Intended Destination", .intention), ("Guarantee Status", .guarantee),
        ("Leaving Date", .leavingDate), ("Provider UKPRN", .providerUKPRN), ("Provider Name", .providerName),
        ("Course", .course), ("Start Date", .startDate), ("Email", .email), ("Telephone", .phone),
        ("Locker", .note),
      ]
    case .arbor:
      [
        ("Admission Number", .admissionNumber), ("Legal Surname", .surname), ("Legal Forename", .forename),
        ("Year Group", .yearGroup), ("Class", .registrationGroup), ("PP", .disadvantaged),
        ("ELK", .additionalLanguage), ("SEN", .sen), ("UPN", .upn), ("Former UPN", .formerUPN), ("ULN", .uln),
        ("Date of Birth", .dateOfBirth), ("Sex", .sex), ("Address", .addressLine1), ("Town", .town),
        ("Postcode", .postcode), ("Home Local Authority", .homeAuthority), ("Mobile Number", .phone),
        ("Email Address", .email), ("YSSA", .sharing), ("Leaving Date", .leavingDate),
        ("Destination Organisation", .providerName), ("Provider UKPRN", .providerUKPRN), ("Course", .course),
        ("Start Date", .startDate), ("Intended Destination", .intention), ("Guarantee Status", .guarantee),
        ("Notes", .note),
      ]
    case .census:
      [
        ("LAESTAB", .laestab), ("UPN", .upn), ("FormerUPN", .formerUPN), ("Surname", .surname),
        ("Forename", .forename), ("Middlenames", .middleNames), ("PreferredForename", .preferredForename),
        ("Gender", .sex), ("DoB", .dateOfBirth), ("EnrolStatus", .enrolmentStatus), ("NCyearActual", .yearGroup),
        ("SENprovision", .sen), ("UniqueLearnerNumber", .uln), ("AddressLine1", .addressLine1),
        ("AddressLine2", .addressLine2), ("AddressLine3", .town), ("Postcode", .postcode),
        ("HomeLA", .homeAuthority), ("YSSA", .sharing), ("LeavingDate", .leavingDate), ("Phone", .phone),
        ("Email", .email), ("IntendedDestination", .intention), ("GuaranteeStatus", .guarantee),
        ("UKPRN", .providerUKPRN), ("ProviderName", .providerName), ("Course", .course), ("StartDate", .startDate),
        ("FSME on Census Day", .disadvantaged), ("NativeID", .admissionNumber), ("Remark", .note),
      ]
    case .madeUp:
      [
        ("Number", .admissionNumber), ("UPN", .upn), ("Former UPN", .formerUPN), ("ULN", .uln), ("Surname", .surname),
        ("Forename", .forename), ("Middle names", .middleNames), ("Known as", .preferredForename),
        ("Born", .dateOfBirth), ("Sex", .sex), ("Year", .yearGroup), ("Status", .enrolmentStatus), ("SEN", .sen),
        ("Characteristics", .characteristics), ("Address 1", .addressLine1), ("Address 2", .addressLine2),
        ("Town", .town), ("Postcode", .postcode), ("Home authority", .homeAuthority), ("YSSA", .sharing),
        ("Left", .leavingDate), ("Telephone", .phone), ("Email", .email), ("Plan", .intention), ("Offer", .guarantee),
        ("Provider", .providerName), ("Provider UKPRN", .providerUKPRN), ("Course", .course), ("Starts", .startDate),
        ("Remark", .note),
      ]
    }
  }

  /// Empty columns after the last.
  var trailingColumns: Int { self == .sims ? 3 : 0 }
  var byteOrderMark: [UInt8] { self == .arbor ? [0xEF, 0xBB, 0xBF] : [] }
  var newline: String { self == .census ? "\n" : "\r\n" }
  var isWindows1252: Bool { self == .sims }

  /// The dirt of the file itself that the layout always has.
  var fileDirt: [SampleDirt] {
    switch self {
    case .sims: [.unknownColumn, .trailingCommas]
    case .arbor: [.unknownColumn, .byteOrderMark]
    case .census, .madeUp: [.unknownColumn]
    }
  }

  /// A date in the layout's notation: dd/MM/yyyy, dd MMM yyyy, yyyy-MM-dd, dd.MM.yyyy.
  func text(_ date: CalendarDate?) -> String {
    guard let date else { return "" }
    let month = date.month < 10 ? "0\(date.month)" : "\(date.month)"
    let day = date.day < 10 ? "0\(date.day)" : "\(date.day)"
    return switch self {
    case .sims: "\(day)/\(month)/\(date.year)"
    case .arbor: "\(day) \(CalendarDate.monthNames[date.month - 1]) \(date.year)"
    case .census: "\(date.year)-\(month)-\(day)"
    case .madeUp: "\(day).\(month).\(date.year)"
    }
  }

  /// Yes or no in the layout's words.
  func text(_ flag: Bool) -> String {
    switch self {
    case .sims: flag ? "Yes" : "No"
    case .arbor, .madeUp: flag ? "Y" : "N"
    case .census: flag ? "true" : "false"
    }
  }

  /// What the layout writes into a column for a pupil, before any dirt.
  func cell(_ column: Column, of pupil: SamplePupil, school: SampleExport.Request) -> String {
    switch column {
    case .admissionNumber: pupil.admissionNumber
    case .upn: pupil.upn
    case .formerUPN: pupil.formerUPN
    case .uln: pupil.uln
    case .surname: pupil.surname
    case .forename: pupil.forename
    case .middleNames: pupil.middleNames
    case .preferredForename: pupil.preferredForename
    case .dateOfBirth: text(pupil.dateOfBirth)
    case .sex: pupil.sex
    case .yearGroup: self == .census ? "\(pupil.stage)" : self == .arbor ? "Year \(pupil.stage)" : "\(pupil.stage)"
    case .registrationGroup: "\(pupil.stage)\("ABCDEFGH".randomlyIndexed(by: pupil.stage &+ pupil.surname.utf8.count))"
    case .enrolmentStatus: self == .census ? "C" : "Single Registration"
    case .sen: self == .sims ? Self.simsSEN[pupil.sen] ?? "" : pupil.sen
    case .disadvantaged: text(pupil.disadvantaged)
    case .additionalLanguage: text(pupil.additionalLanguage)
    case .lookedAfter: text(pupil.lookedAfter)
    case .schoolName: "Example School \(school.laestab)"
    case .site: "Main"
    case .laestab: school.laestab
    case .addressLine1: pupil.addressLine1
    case .addressLine2: pupil.addressLine2
    case .town: pupil.town
    case .postcode: pupil.postcode
    case .homeAuthority: (self == .arbor ? pupil.home?.name : pupil.home?.code) ?? ""
    case .phone: pupil.phone
    case .email: pupil.email
    case .sharing: pupil.sharing
    case .leavingDate: text(pupil.leavingDate)
    case .intention: pupil.intention
    case .guarantee: pupil.guarantee
    case .providerUKPRN: pupil.providerUKPRN
    case .providerName: pupil.providerName
    case .course: pupil.course
    case .startDate: text(pupil.startDate)
    case .note: pupil.note
    case .characteristics: pupil.characteristics
    }
  }

  private static let simsSEN = [
    "N": "N - No SEN", "K": "K - SEN Support", "E": "E - Education, Health and Care Plan",
  ]
}

extension String {
  /// One of the characters, by a number.
  fileprivate func randomlyIndexed(by number: Int) -> Character {
    self[index(startIndex, offsetBy: number % count)]
  }
}
