// What of a Common Transfer File is kept, and which field each element is. Data.

import Leavers

/// What a pupil of a Common Transfer File gives, by the path of its element. Findings name these paths as columns.
///
/// Not among them: `DestSchool`. It says which school the file was made for, or only that none is known (`XXXXXXX`) or
/// that it lies outside the maintained sector (`MMMMMMM`): where a pupil goes at sixteen, no such file tells. Neither
/// does `CareAuthority`: that an authority cares for a child does not say that it placed the child here.
enum TransferColumn: String, CaseIterable {
  case upn = "Pupil/UPN"
  case formerUPN = "Pupil/BasicDetails/FormerUPN"
  case uln = "Pupil/UniqueLearnerNumber"
  case surname = "Pupil/Surname"
  case forename = "Pupil/Forename"
  case middleNames = "Pupil/BasicDetails/MiddleNames"
  case preferredSurname = "Pupil/BasicDetails/PreferredSurname"
  case preferredForename = "Pupil/BasicDetails/PreferredForename"
  case formerSurname = "Pupil/BasicDetails/FormerSurname"
  case dateOfBirth = "Pupil/DOB"
  case sex = "Pupil/Sex"
  /// What `Sex` was called before.
  case gender = "Pupil/Gender"
  case ethnicity = "Pupil/BasicDetails/Ethnicity"
  case yearGroup = "Pupil/BasicDetails/NCyearActual"
  case enrolmentStatus = "Pupil/BasicDetails/EnrolStatus"
  case school = "Header/SourceSchool"
  case schoolName = "Header/SourceSchool/SchoolName"
  case senProvision = "Pupil/SENhistory/SEN/SENprovision"
  case lookedAfter = "Pupil/LookedAfter/InCare"
  case phone = "Pupil/Phones/Phone/PhoneNo"
  case email = "Pupil/Email"
  case addressLine1 = "Pupil/Address (line 1)"
  case addressLine2 = "Pupil/Address (line 2)"
  case addressLine3 = "Pupil/Address (line 3)"
  case town = "Pupil/Address (town)"
  case county = "Pupil/Address (county)"
  case postcode = "Pupil/Address/PostCode"
  case parentName = "Pupil/Contacts/Contact"
  case parentAddress = "Pupil/Contacts/Contact/Address"
  case entryDate = "Pupil/SchoolHistory/School/EntryDate"
  case leavingDate = "Pupil/SchoolHistory/School/LeavingDate"
  case leavingReason = "Pupil/SchoolHistory/School/LeavingReason"

  var field: Field {
    switch self {
    case .upn: .upn
    case .formerUPN: .formerUPN
    case .uln: .uln
    case .surname: .legalSurname
    case .forename: .legalForename
    case .middleNames: .middleNames
    case .preferredSurname: .preferredSurname
    case .preferredForename: .preferredForename
    case .formerSurname: .formerSurname
    case .dateOfBirth: .dateOfBirth
    case .sex, .gender: .sex
    case .ethnicity: .ethnicity
    case .yearGroup: .yearGroup
    case .enrolmentStatus: .enrolmentStatus
    case .school: .laestab
    case .schoolName: .schoolName
    case .senProvision: .senProvision
    case .lookedAfter: .lookedAfter
    case .phone: .phone
    case .email: .email
    case .addressLine1: .addressLine1
    case .addressLine2: .addressLine2
    case .addressLine3: .addressLine3
    case .town: .town
    case .county: .county
    case .postcode: .postcode
    case .parentName: .parentName
    case .parentAddress: .parentAddress
    case .entryDate: .entryDate
    case .leavingDate: .leavingDate
    case .leavingReason: .leavingReason
    }
  }

  /// The path from the pupil to the elements whose text is the cell, each for itself; nil where more than one element
  /// decides.
  var path: [String]? {
    switch self {
    case .upn, .formerUPN, .uln, .surname, .forename, .middleNames, .preferredSurname, .preferredForename,
      .formerSurname, .dateOfBirth, .sex, .gender, .ethnicity, .yearGroup, .enrolmentStatus, .lookedAfter, .phone,
      .email:
      rawValue.split(separator: "/").dropFirst().map(String.init)
    default: nil
    }
  }

  /// The paths, from the pupil, of all elements that are looked at.
  static let known: Set<String> = {
    let address =
      ["AddressLines/AddressLine1", "AddressLines/AddressLine2", "AddressLines/AddressLine3"]
      + ["AddressLines/AddressLine4", "AddressLines/AddressLine5", "County", "PostCode"]
      + ["SAON", "PAON", "Street", "Locality", "Town", "PostTown", "AdministrativeArea"].map { "BS7666Address/\($0)" }
    return Set(
      allCases.compactMap { $0.path?.joined(separator: "/") } + address.map { "Address/\($0)" }
        + address.map { "Contacts/Contact/Address/\($0)" }
        + ["Order", "Surname", "Forename", "Responsibility", "AddressAsPupil"].map { "Contacts/Contact/\($0)" }
        + ["StartDate", "SENprovision"].map { "SENhistory/SEN/\($0)" }
        + ["LEA", "Estab", "SchoolName", "EntryDate", "LeavingDate", "LeavingReason"].map {
          "SchoolHistory/School/\($0)"
        })
  }()
}
