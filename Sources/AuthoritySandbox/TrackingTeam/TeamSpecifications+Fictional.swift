// The tracking teams of two authorities that do not exist, with layouts more exotic than the six's. Data; made up.

package import Tabular

extension TeamSpecification {
  /// Northmere and Eastmarsh.
  ///
  /// - Parameter schema: Northmere's XML Schema, which it gives to schools as well: the one thing that both sides have.
  package static func fictional(schema: [UInt8]) throws(XMLSchemaCheck.Failure) -> [TeamSpecification] {
    [northmere(try XMLSchemaCheck(schema: schema)), eastmarsh]
  }

  /// Takes XML.
  private static func northmere(_ schema: XMLSchemaCheck) -> TeamSpecification {
    func document(_ root: String) -> TeamShape {
      .document(
        TeamDocument(
          schema: schema, namespace: "urn:example:northmere:returns:1", root: root,
          header: [
            ("Header/School", .laestab), ("Header/Cohort", .cohort), ("Header/Sequence", .sequence),
            ("Header/Made", .day(.iso)), ("Header/Records", .rows),
          ], record: "Leavers/Leaver"))
    }
    func name(_ kind: String) -> TeamFileName {
      TeamFileName([
        .text("NORTHMERE_"), .laestab, .text("_"), .cohort, .text("_\(kind)_"), .sequence, .text(".xml"),
      ])
    }
    let identity = [
      TeamColumn("Identity/Surname", required: true, max: 35, role: .surname),
      TeamColumn("Identity/Forename", max: 35, role: .forename),
      TeamColumn("Identity/Born", .date(.iso), required: true, role: .dateOfBirth),
      TeamColumn("Identity/UPN", .upn, role: .upn), TeamColumn("Identity/ULN", .uln, role: .uln),
    ]
    return TeamSpecification(
      authority: "northmere", recipient: "northmere",
      returns: [
        TeamReturn(
          kind: "intended-destinations", name: name("intended"), shape: document("IntendedDestinations"),
          columns: identity + [
            TeamColumn("Home/Postcode", .postcode, role: .postcode),
            TeamColumn("Destination/@plan", .code(TeamCodes.intended), role: .intention),
            TeamColumn("Destination/@guarantee", .code(TeamCodes.guarantee)),
            TeamColumn("Destination/Provider/Name"), TeamColumn("Destination/Provider/UKPRN", .digits(8)),
            TeamColumn("Destination/Starts", .date(.iso)),
          ]),
        TeamReturn(
          kind: "early-leavers", name: name("left"), shape: document("EarlyLeavers"),
          columns: identity + [TeamColumn("Left", .date(.iso), required: true)]),
      ],
      acknowledgement: TeamAcknowledgement(
        nameBeginning: "NORTHMERE_ACK_{laestab}_", nameEnding: ".csv", form: TeamForm(),
        columns: [
          ("Document", .returnFile), ("Verdict", .verdict), ("Loaded", .loaded), ("Refused", .rejected),
          ("Why", .reason), ("Hash", .sha256),
        ], accepted: "Valid", rejected: "Invalid"),
      survey: TeamList(
        nameBeginning: "NORTHMERE_SURVEY_{laestab}_", nameEnding: ".csv", form: TeamForm(),
        columns: [
          ("UPN", .upn), ("Surname", .surname), ("Forename", .forename), ("Born", .dateOfBirth(.iso)),
          ("Activity", .activity), ("Since", .activityStart(.iso)),
        ]),
      unknownRequest: TeamList(
        nameBeginning: "NORTHMERE_UNKNOWN_{laestab}_", nameEnding: ".csv", form: TeamForm(),
        columns: [
          ("UPN", .upn), ("Surname", .surname), ("Forename", .forename), ("Born", .dateOfBirth(.iso)),
          ("Case", .reference), ("Answer by", .due(.iso)),
        ]))
  }

  /// Takes bars in UTF-16 with a row a characteristic, and balances the trailer before it takes anything.
  private static let eastmarsh: TeamSpecification = {
    let shape = TeamShape.framedTable(
      TeamForm(encoding: .utf16LittleEndian, byteOrderMark: true, delimiter: "|"),
      TeamFrame(
        head: [.word("H"), .word("EASTMARSH"), .laestab, .cohort, .sequence, .day(.dots)],
        trailer: [.word("T"), .rows, .pupils, .count("UPN"), .sum("ULN")]))
    func name(_ kind: String) -> TeamFileName {
      TeamFileName([
        .text("EASTMARSH-\(kind)-"), .laestab, .text("-"), .cohort, .text("-"), .sequence, .text(".txt"),
      ])
    }
    let identity = [
      TeamColumn("UPN", .upn, role: .upn), TeamColumn("ULN", .uln, role: .uln),
      TeamColumn("Family name", .capitals, required: true, max: 35, role: .surname),
      TeamColumn("Given name", max: 35, role: .forename),
      TeamColumn("Born", .date(.dots), required: true, role: .dateOfBirth),
    ]
    let form = TeamForm(delimiter: "|")
    return TeamSpecification(
      authority: "eastmarsh", recipient: "eastmarsh",
      returns: [
        TeamReturn(
          kind: "intended-destinations", name: name("INT"), shape: shape,
          columns: [TeamColumn("Record", .exactly("D"), required: true)]
            // Lives here, or closed: moved to another authority.
            + [TeamColumn("Change", .code(["L", "C"]), required: true, role: .change)] + identity + [
              TeamColumn("Lives in", .digits(3)), TeamColumn("Postcode", .postcode, role: .postcode),
              TeamColumn("Plan", .code(TeamCodes.intended), role: .intention),
              TeamColumn("Characteristic", .code(TeamCodes.characteristics), role: .characteristic),
            ]),
        TeamReturn(
          kind: "early-leavers", name: name("LEF"), shape: shape,
          columns: [TeamColumn("Record", .exactly("D"), required: true)] + identity + [
            TeamColumn("Left", .date(.dots), required: true)
          ]),
      ],
      acknowledgement: TeamAcknowledgement(
        nameBeginning: "EASTMARSH-ACK-{laestab}-", nameEnding: ".txt", form: form,
        columns: [
          ("File", .returnFile), ("State", .verdict), ("Rows taken", .loaded), ("Rows refused", .rejected),
          ("Remark", .reason),
        ], accepted: "Balanced", rejected: "Not balanced"),
      survey: TeamList(
        nameBeginning: "EASTMARSH-AS-{laestab}-", nameEnding: ".txt", form: form,
        columns: [
          ("UPN", .upn), ("ULN", .uln), ("Family name", .surname), ("Given name", .forename),
          ("Born", .dateOfBirth(.dots)), ("Activity", .activity), ("Since", .activityStart(.dots)),
        ]),
      unknownRequest: TeamList(
        nameBeginning: "EASTMARSH-NK-{laestab}-", nameEnding: ".txt", form: form,
        columns: [
          ("UPN", .upn), ("Family name", .surname), ("Given name", .forename), ("Born", .dateOfBirth(.dots)),
          ("Our reference", .reference), ("Reply by", .due(.dots)),
        ]))
  }()
}
