// The six tracking teams of the sandbox: what each takes and answers. Data; made up, no authority published a template.

extension TeamSpecification {
  /// The six, in the order of DfE's codes.
  package static let all: [TeamSpecification] = [knowsley, liverpool, stHelens, sefton, wirral, halton]

  static let liverpool = TeamSpecification(
    authority: "liverpool", recipient: "liverpool",
    returns: [
      TeamReturn(
        kind: "intended-destinations",
        name: TeamFileName([
          .laestab, .text("_IntendedDestinations_"), .cohort, .text("_"), .sequence, .text(".csv"),
        ]),
        form: TeamForm(),
        columns: [
          TeamColumn("Unique Pupil Number", .upn, role: .upn),
          TeamColumn("Unique Learner Number", .uln, role: .uln),
          TeamColumn("Surname", required: true, max: 35, role: .surname),
          TeamColumn("Forename", max: 35, role: .forename),
          TeamColumn("Date of Birth", .date(.slashes), required: true, role: .dateOfBirth),
          TeamColumn("Address Line 1", max: 60), TeamColumn("Address Line 2", max: 60), TeamColumn("Town", max: 35),
          TeamColumn("Postcode", .postcode, role: .postcode), TeamColumn("School DfE Number", .digits(7)),
          TeamColumn("Intended Destination", .code(TeamCodes.intended), role: .intention),
          TeamColumn("September Guarantee Status", .code(TeamCodes.guarantee)),
          TeamColumn("Provider UKPRN", .digits(8)), TeamColumn("Provider Name"), TeamColumn("Course"),
        ])
    ],
    acknowledgement: TeamAcknowledgement(
      nameBeginning: "ACK_{laestab}_", nameEnding: ".csv", form: TeamForm(),
      columns: [
        ("File", .returnFile), ("Result", .verdict), ("Rows loaded", .loaded), ("Rows rejected", .rejected),
        ("Reason", .reason), ("SHA-256", .sha256),
      ], accepted: "Accepted", rejected: "Rejected"),
    survey: TeamList(
      nameBeginning: "AS_{laestab}_", nameEnding: ".csv", form: TeamForm(),
      columns: [
        ("UPN", .upn), ("ULN", .uln), ("Surname", .surname), ("Forename", .forename),
        ("Date of birth", .dateOfBirth(.slashes)), ("Activity code", .activity),
        ("Start date", .activityStart(.slashes)), ("Date confirmed", .confirmed(.slashes)), ("Provider", .provider),
      ]),
    unknownRequest: TeamList(
      nameBeginning: "Unknowns_{laestab}_", nameEnding: ".csv", form: TeamForm(),
      columns: [
        ("UPN", .upn), ("Surname", .surname), ("Forename", .forename), ("Date of birth", .dateOfBirth(.slashes)),
        ("Our reference", .reference), ("Answer by", .due(.slashes)),
      ]))

  /// Career Connect for Sefton.
  static let sefton = TeamSpecification(
    authority: "sefton", recipient: "career-connect",
    returns: [
      TeamReturn(
        kind: "intended-destinations",
        name: TeamFileName([
          .text("SEF-"), .laestab, .text("-"), .cohort, .text("-intended-"), .sequence, .text(".csv"),
        ]),
        form: TeamForm(),
        columns: seftonPerson + [
          TeamColumn("Postcode", .postcode, role: .postcode),
          TeamColumn("IntDest", .code(TeamCodes.intended), role: .intention),
          TeamColumn("SGStatus", .code(TeamCodes.guarantee)), TeamColumn("UKPRN", .digits(8)),
          TeamColumn("School", .digits(7)),
        ]),
      TeamReturn(
        kind: "confirmed-destinations",
        name: TeamFileName([
          .text("SEF-"), .laestab, .text("-"), .cohort, .text("-confirmed-"), .sequence, .text(".csv"),
        ]),
        form: TeamForm(),
        columns: seftonPerson + [
          TeamColumn("Activity", .code(TeamCodes.activity)), TeamColumn("ActivityStart", .date(.iso)),
          TeamColumn("Confirmed", .date(.iso)), TeamColumn("UKPRN", .digits(8)), TeamColumn("School", .digits(7)),
        ]),
    ],
    acknowledgement: TeamAcknowledgement(
      nameBeginning: "SEF-ACK-{laestab}-", nameEnding: ".csv", form: TeamForm(),
      columns: [
        ("FileName", .returnFile), ("Status", .verdict), ("Loaded", .loaded), ("Rejected", .rejected),
        ("Message", .reason),
      ], accepted: "LOADED", rejected: "REFUSED"),
    survey: TeamList(
      nameBeginning: "SEF-AS-{laestab}-", nameEnding: ".csv", form: TeamForm(),
      columns: [
        ("UPN", .upn), ("Activity", .activity), ("Start", .activityStart(.iso)), ("Confirmed", .confirmed(.iso)),
        ("CCRef", .reference),
      ]),
    unknownRequest: TeamList(
      nameBeginning: "SEF-NK-{laestab}-", nameEnding: ".csv", form: TeamForm(),
      columns: [
        ("UPN", .upn), ("ULN", .uln), ("Surname", .surname), ("Forename", .forename), ("DOB", .dateOfBirth(.iso)),
        ("CCRef", .reference), ("Due", .due(.iso)),
      ]))

  private static let seftonPerson = [
    TeamColumn("UPN", .upn, role: .upn),
    TeamColumn("Surname", .capitals, required: true, max: 35, role: .surname),
    TeamColumn("Forename", .capitals, max: 35, role: .forename),
    TeamColumn("DOB", .date(.iso), required: true, role: .dateOfBirth),
  ]

  /// Career Connect for St Helens.
  static let stHelens = TeamSpecification(
    authority: "st-helens", recipient: "career-connect",
    returns: [
      TeamReturn(
        kind: "intended-destinations",
        name: TeamFileName([.laestab, .text(" St Helens "), .cohort, .text(" "), .sequence, .text(".csv")]),
        form: TeamForm(delimiter: ";", crlf: false),
        columns: [
          TeamColumn("school_number", .digits(7)), TeamColumn("school_name"),
          TeamColumn("family_name", required: true, role: .surname), TeamColumn("given_name", role: .forename),
          TeamColumn("birth_date", .date(.monthName), required: true, role: .dateOfBirth),
          TeamColumn("upn", .upn, role: .upn), TeamColumn("former_upn", .upn), TeamColumn("uln", .uln, role: .uln),
          TeamColumn("address_1"), TeamColumn("address_2"), TeamColumn("town"),
          TeamColumn("postcode", .postcode, role: .postcode), TeamColumn("phone"),
          TeamColumn("intended_destination", .code(TeamCodes.intended), role: .intention),
          TeamColumn("guarantee_status", .code(TeamCodes.guarantee)), TeamColumn("provider"),
        ])
    ],
    acknowledgement: TeamAcknowledgement(
      nameBeginning: "STH_receipt_{laestab}_", nameEnding: ".csv", form: TeamForm(delimiter: ";"),
      columns: [
        ("file", .returnFile), ("outcome", .verdict), ("rows_ok", .loaded), ("rows_failed", .rejected),
        ("why", .reason),
      ], accepted: "ok", rejected: "failed"),
    survey: TeamList(
      nameBeginning: "STH_survey_{laestab}_", nameEnding: ".csv", form: TeamForm(delimiter: ";"),
      columns: [
        ("upn", .upn), ("uln", .uln), ("family_name", .surname), ("given_name", .forename),
        ("birth_date", .dateOfBirth(.monthName)), ("activity", .activity), ("since", .activityStart(.monthName)),
        ("provider", .provider),
      ]),
    unknownRequest: TeamList(
      nameBeginning: "STH_unknown_{laestab}_", nameEnding: ".csv", form: TeamForm(delimiter: ";"),
      columns: [
        ("upn", .upn), ("family_name", .surname), ("given_name", .forename), ("birth_date", .dateOfBirth(.monthName)),
        ("cc_id", .reference), ("reply_by", .due(.monthName)),
      ]))

  static let wirral = TeamSpecification(
    authority: "wirral", recipient: "wirral",
    returns: [
      TeamReturn(
        kind: "intended-destinations",
        name: TeamFileName([.text("WIRRAL_"), .laestab, .text("_"), .cohort, .text("_"), .sequence, .text(".csv")]),
        form: wirralForm,
        columns: [
          TeamColumn("Record Type", .exactly("INT")), TeamColumn("UPN", .upn, role: .upn),
          TeamColumn("ULN", .uln, role: .uln), TeamColumn("Last Name", required: true, role: .surname),
          TeamColumn("First Name", role: .forename), TeamColumn("Preferred First Name"),
          TeamColumn("Birth Date", .date(.hyphens), required: true, role: .dateOfBirth),
          TeamColumn("Home Postcode", .postcode, role: .postcode), TeamColumn("SEN Provision", .code(["N", "K", "E"])),
          TeamColumn("Intention", .code(TeamCodes.intended), role: .intention),
          TeamColumn("Guarantee", .code(TeamCodes.guarantee)), TeamColumn("Provider"),
          TeamColumn("Provider UKPRN", .digits(8)), TeamColumn("Course Start", .date(.hyphens)),
          TeamColumn("School URN", .digits(6)),
        ]),
      TeamReturn(
        kind: "confirmed-destinations",
        name: TeamFileName([
          .text("WIRRAL_CONFIRMED_"), .laestab, .text("_"), .cohort, .text("_"), .sequence, .text(".csv"),
        ]),
        form: wirralForm,
        columns: [
          TeamColumn("Record Type", .exactly("ACT")), TeamColumn("UPN", .upn, role: .upn),
          TeamColumn("Last Name", required: true, role: .surname), TeamColumn("First Name", role: .forename),
          TeamColumn("Birth Date", .date(.hyphens), required: true, role: .dateOfBirth),
          TeamColumn("Activity", .code(TeamCodes.activity)), TeamColumn("Activity Start", .date(.hyphens)),
          TeamColumn("Confirmed On", .date(.hyphens)), TeamColumn("Provider"),
        ]),
    ],
    acknowledgement: TeamAcknowledgement(
      nameBeginning: "WIRRAL_ACK_{laestab}_", nameEnding: ".csv", form: wirralForm,
      columns: [
        ("Your File", .returnFile), ("Verdict", .verdict), ("Records Loaded", .loaded),
        ("Records Rejected", .rejected), ("Explanation", .reason), ("File Hash", .sha256),
      ], accepted: "PASSED", rejected: "FAILED"),
    survey: TeamList(
      nameBeginning: "WIRRAL_AS_{laestab}_", nameEnding: ".csv", form: wirralForm,
      columns: [
        ("UPN", .upn), ("Last Name", .surname), ("First Name", .forename), ("Birth Date", .dateOfBirth(.hyphens)),
        ("Current Activity", .activity), ("Started", .activityStart(.hyphens)),
        ("Last Confirmed", .confirmed(.hyphens)), ("Client ID", .reference),
      ]),
    unknownRequest: TeamList(
      nameBeginning: "WIRRAL_UNKNOWN_{laestab}_", nameEnding: ".csv", form: wirralForm,
      columns: [
        ("UPN", .upn), ("ULN", .uln), ("Last Name", .surname), ("First Name", .forename),
        ("Birth Date", .dateOfBirth(.hyphens)), ("Client ID", .reference), ("Return By", .due(.hyphens)),
      ]))

  private static let wirralForm = TeamForm(byteOrderMark: true, allQuoted: true)

  /// Takes the older list of intended destinations only, and never acknowledges.
  static let halton = TeamSpecification(
    authority: "halton", recipient: "halton",
    returns: [
      TeamReturn(
        kind: "intended-destinations",
        name: TeamFileName([
          .text("HALTON_"), .laestab, .text("_"), .cohort, .text("_"), .day, .text("_"), .sequence, .text(".txt"),
        ]),
        form: TeamForm(delimiter: "\t"),
        columns: [
          TeamColumn("SURNAME", .capitals, required: true, max: 35, role: .surname),
          TeamColumn("FORENAME", .capitals, max: 35, role: .forename),
          TeamColumn("DATE_OF_BIRTH", .date(.compact), required: true, role: .dateOfBirth),
          TeamColumn("UPN", .upn, role: .upn), TeamColumn("POSTCODE", .postcode, role: .postcode),
          TeamColumn("SCHOOL", .digits(7)),
          TeamColumn("INTENDED", .code(TeamCodes.intendedLegacy), role: .intention),
          TeamColumn("GUARANTEE", .code(TeamCodes.guarantee)),
        ])
    ],
    acknowledgement: nil,
    survey: TeamList(
      nameBeginning: "HALTON_SURVEY_{laestab}_", nameEnding: ".csv", form: TeamForm(crlf: false),
      columns: [
        ("UPN", .upn), ("SURNAME", .surname), ("FORENAME", .forename), ("DATE_OF_BIRTH", .dateOfBirth(.iso)),
        ("NCCIS_CODE", .activity), ("START", .activityStart(.iso)),
      ]),
    unknownRequest: TeamList(
      nameBeginning: "HALTON_NOTKNOWN_{laestab}_", nameEnding: ".csv", form: TeamForm(crlf: false),
      columns: [
        ("UPN", .upn), ("SURNAME", .surname), ("FORENAME", .forename), ("DATE_OF_BIRTH", .dateOfBirth(.iso)),
        ("OUR_REF", .reference), ("NEEDED_BY", .due(.iso)),
      ]))

  /// By hand: packs come through a mail portal, answers as attachments.
  static let knowsley = TeamSpecification(
    authority: "knowsley", recipient: "knowsley",
    returns: [
      TeamReturn(
        kind: "intended-destinations",
        name: TeamFileName([.text("Knowsley "), .laestab, .text(" "), .cohort, .text(" "), .sequence, .text(".csv")]),
        form: knowsleyForm,
        columns: [
          TeamColumn("Pupil surname", required: true, role: .surname), TeamColumn("Pupil first name", role: .forename),
          TeamColumn("Also known as"), TeamColumn("Born", .date(.dots), required: true, role: .dateOfBirth),
          TeamColumn("House and street"), TeamColumn("Area"), TeamColumn("Town"),
          TeamColumn("Post code", .postcode, role: .postcode), TeamColumn("Telephone"),
          TeamColumn("UPN", .upn, role: .upn), TeamColumn("Plans", .code(TeamCodes.intended), role: .intention),
          TeamColumn("Offer", .code(TeamCodes.guarantee)), TeamColumn("Where"), TeamColumn("What"),
          TeamColumn("School"),
        ])
    ],
    acknowledgement: TeamAcknowledgement(
      nameBeginning: "Knowsley receipt {laestab} ", nameEnding: ".csv", form: knowsleyForm,
      columns: [
        ("Your file", .returnFile), ("Answer", .verdict), ("Taken", .loaded), ("Not taken", .rejected),
        ("Remarks", .reason),
      ], accepted: "Received", rejected: "Returned"),
    survey: TeamList(
      nameBeginning: "Knowsley survey {laestab} ", nameEnding: ".csv", form: knowsleyForm,
      columns: [
        ("UPN", .upn), ("Pupil surname", .surname), ("Pupil first name", .forename), ("Born", .dateOfBirth(.dots)),
        ("Doing now", .activity), ("Since", .activityStart(.dots)),
      ]),
    unknownRequest: TeamList(
      nameBeginning: "Knowsley unknown {laestab} ", nameEnding: ".csv", form: knowsleyForm,
      columns: [
        ("UPN", .upn), ("Pupil surname", .surname), ("Pupil first name", .forename), ("Born", .dateOfBirth(.dots)),
        ("Ref", .reference), ("Please answer by", .due(.dots)),
      ]))

  private static let knowsleyForm = TeamForm(encoding: .windows1252)
}
