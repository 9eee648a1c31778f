// Why a row is held or withheld, in words for people: what is the case, and what to do. Pure.

extension HoldReason {
  /// What is the case, as the end of a sentence: "held for Wirral: …". ASCII, for it stands in files of any encoding.
  package var words: String {
    switch self {
    case .noName: "there is no name"
    case .noDateOfBirth: "there is no date of birth that can be read"
    case .contradictoryRepeat: "rows of one pupil contradict each other"
    case .cellsOutOfPlace: "the cells may stand in wrong columns"
    case .uncertainRoute: "it is not certain where the pupil lives"
    case .protectedAddress: "the address is protected, or may be"
    case .placedByAnotherAuthority: "another authority placed the child here"
    case .outsideRegion: "the pupil lives outside the authorities that are set up"
    case .requiredMissing: "something that this authority requires is missing"
    case .codeUnknownToAuthority: "a code is not in this authority's list"
    case .notInForm: "a value cannot be written in the form that this authority wants"
    case .sharingUnlisted: "there is no sharing answer that is understood"
    case .specialWithoutBasis: "a value is sensitive, and no agreement covers it"
    case .tooLongForAuthority: "a text is longer than this authority takes"
    case .notInEncoding: "a letter or sign is none that this authority's file can hold"
    case .notConfirmedByPerson: "nobody has confirmed this pupil by name yet"
    case .wordUndecided: "nobody has said yet what a word means that stands where a code should"
    }
  }

  /// What somebody at the school does about it.
  package var remedy: String {
    switch self {
    case .noName, .noDateOfBirth: "Fill it in."
    case .contradictoryRepeat: "Correct the rows, or leave the one out that is wrong."
    case .cellsOutOfPlace: "Export again with quotation marks around text (CSV UTF-8 from Excel does it)."
    case .uncertainRoute:
      "Enter the home authority's three-digit number, and look whether the postcode agrees with it."
    case .protectedAddress: "If it is so, a person decides; else correct the entry that says so."
    case .placedByAnotherAuthority: "If it is so, a person decides; else leave that cell blank."
    case .outsideRegion: "If it is so, a person decides; else correct home authority and postcode."
    case .requiredMissing: "Fill in what the recipe of the report lists as a must for this authority."
    case .codeUnknownToAuthority: "Use a code of this authority's list; the recipe of the report has it."
    case .notInForm: "Correct the value; the recipe of the report says what it must be."
    case .sharingUnlisted: "Enter Yes, No, UNS (not yet sought) or SNR (sought, no reply)."
    case .specialWithoutBasis: "Nothing needs to be corrected; the agreement with the authority decides it."
    case .tooLongForAuthority: "Shorten the text."
    case .notInEncoding: "If the letter is damaged, correct it; else whoever looks after leaverlink asks the authority."
    case .notConfirmedByPerson: "A named person confirms each pupil."
    case .wordUndecided: "Say what it means in the sheet of words on the desk."
    }
  }
}

extension WithholdReason {
  /// What is the case, as the end of a sentence: "withheld from Wirral: …". ASCII, as above.
  package var words: String {
    switch self {
    case .noAgreement: "no sharing agreement covers this kind of return"
    case .agreementNotInForce: "the sharing agreement is not in force today"
    case .formatNotConfirmed: "the authority has not confirmed the format yet"
    case .trialFormat: "the format is on trial, and a trial sends invented pupils only"
    case .floorNotEnough: "sharing was refused, and what may be told all the same does not fill this return"
    case .noBasis: "a value is sensitive, and no agreement covers it"
    case .underThirteen: "the pupil is under 13, and the agreement names no basis for that"
    case .deceased: "the register says that the pupil has died"
    case .noTrackingConsent: "the agreement asks for consent to tracking, and the register has none"
    }
  }

  /// What somebody at the school does about it: mostly nothing in the file.
  package var remedy: String {
    switch self {
    case .noAgreement, .agreementNotInForce, .formatNotConfirmed, .trialFormat, .noBasis,
      .underThirteen:
      "Nothing needs to be corrected in the file; whoever looks after leaverlink settles it with the authority."
    case .floorNotEnough: "Nothing needs to be corrected if sharing was refused."
    case .deceased: "Nothing needs to be corrected if it is so; else enter it in the register on the desk."
    case .noTrackingConsent: "If consent was given, enter it in the register on the desk."
    }
  }
}

extension ReturnKind {
  /// As people call it, in the middle of a sentence.
  package var words: String {
    switch self {
    case .intendedDestinations: "intended destinations"
    case .confirmedDestinations: "confirmed destinations"
    case .earlyLeavers: "early leavers"
    case .riskOfNEET: "risk of NEET"
    case .unknownAnswers: "answers to unknown destinations"
    }
  }
}

extension ReplyKind {
  /// As people call it, in the middle of a sentence.
  package var words: String {
    switch self {
    case .acknowledgement: "acknowledgement"
    case .activitySurvey: "Activity Survey"
    case .unknownRequest: "request about unknown destinations"
    case .year11List: "Year 11 list"
    case .enrolmentList: "enrolment list"
    case .dataQuery: "data query"
    }
  }
}

extension Basis {
  /// The provision as it is cited.
  package var words: String {
    switch self {
    case .esa2008s72: "Education and Skills Act 2008 s.72"
    case .esa2008s14: "Education and Skills Act 2008 s.14"
    case .esa2008s13: "Education and Skills Act 2008 s.13"
    case .publicTask: "UK GDPR Article 6(1)(e), a public task"
    }
  }
}
