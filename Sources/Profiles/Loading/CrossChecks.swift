// What must fit together across the files of a configuration.

import Leavers

/// Holds schools, authorities, recipients and header maps against each other.
struct CrossChecks {
  let context: LoadContext
  var schools: [SchoolDraft]
  var authorities: [AuthorityDraft]
  /// Whether every authority's file said which authority it is and where it goes.
  var allAuthoritiesNamed: Bool
  var recipients: [RecipientDraft]
  /// Whether every recipient's file said which recipient it is; if not, an unknown one may be in that file.
  var allRecipientsNamed: Bool
  var headerMaps: [String: HeaderMap]
  var allHeaderMapsNamed: Bool

  private var log: DiagnosticLog { context.log }

  func run() {
    checkSchools()
    checkAuthorities()
    checkRecipients()
    for recipient in Set(authorities.map(\.profile.recipient)).sorted() { checkCollisions(at: recipient) }
    checkReplyFolders()
    checkSchoolNumbers()
  }

  // MARK: Schools

  private func checkSchools() {
    for (index, draft) in schools.enumerated() {
      for other in schools[..<index] {
        if draft.school.laestab == other.school.laestab {
          log.error(
            .repeated, at: draft.mapping.place(of: "laestab"),
            "\(draft.school.laestab) is the number of another school of this file as well",
            remedy: "correct the number or remove one of the two")
          continue
        }
        if Self.overlap(draft.school.desk, other.school.desk) {
          log.error(
            .sharedFolder, at: draft.mapping.place(of: "desk"),
            "the desk \(draft.school.desk) is, contains or lies in that of \(quoted(other.school.name)): one school's data would be shown to the other",
            remedy: "give each school a folder of its own")
        }
        if draft.school.exports == other.school.exports {
          log.error(
            .sharedFolder, at: draft.mapping.place(of: "exports"),
            "\(quoted(other.school.name)) leaves its exports in \(draft.school.exports) as well: nobody could tell whose an export is",
            remedy: "give each school a folder of its own")
        } else if !Self.overlap(draft.school.desk, other.school.desk) {
          checkExports(of: draft, onDeskOf: other, at: draft.mapping.place(of: "exports"))
          checkExports(of: other, onDeskOf: draft, at: draft.mapping.place(of: "desk"))
        }
      }
      let (school, place) = (draft.school, draft.mapping.place(of: "exports"))
      if school.exports == school.desk || Self.lies(school.exports, in: school.deskOut) {
        log.error(
          .sharedFolder, at: place,
          "the exports in \(school.exports) lie where leaverlink puts what is for the school: it would take in its own files",
          remedy: "leave exports out, so that they lie in the desk's in, or give them a folder of their own")
      }
      if let mis = draft.mis, allHeaderMapsNamed, headerMaps[draft.school.mis] == nil {
        mis.error(
          .unknownHeaderMap, "there is no header map \(quoted(draft.school.mis))",
          remedy: Nearest.remedy(
            for: draft.school.mis, among: headerMaps.keys.sorted(),
            otherwise: "put its file into the folder of header maps"))
      }
    }
  }

  private func checkExports(of draft: SchoolDraft, onDeskOf other: SchoolDraft, at place: FilePlace) {
    guard Self.lies(draft.school.exports, in: other.school.desk) else { return }
    log.error(
      .sharedFolder, at: place,
      "the exports of \(quoted(draft.school.name)) in \(draft.school.exports) lie on the desk of \(quoted(other.school.name)): one school's data would be shown to the other",
      remedy: "give each school a folder of its own")
  }

  private static func overlap(_ left: String, _ right: String) -> Bool {
    lies(left, in: right) || lies(right, in: left)
  }

  /// Whether a folder is another one or lies in it.
  private static func lies(_ path: String, in folder: String) -> Bool {
    path == folder || path.hasPrefix(folder + "/")
  }

  // MARK: Authorities and recipients

  private func checkAuthorities() {
    let known = recipients.map(\.recipient.id)
    for (index, draft) in authorities.enumerated() {
      let earlier = authorities[..<index]
      func repeated(_ what: String, _ key: String, _ isSame: (AuthorityProfile) -> Bool) {
        guard let other = earlier.first(where: { isSame($0.profile) }) else { return }
        log.error(
          .repeated, at: draft.identity.place(of: key), "\(what) is that of \(other.profile.file) as well",
          remedy: "correct it or remove one of the two files")
      }
      let profile = draft.profile
      repeated("the id \(quoted(profile.id.rawValue))", "id") { $0.id == profile.id }
      repeated("the code \(profile.laCode)", "code") { $0.laCode == profile.laCode }
      if !profile.gss.isEmpty { repeated("the ONS code \(profile.gss)", "gss") { $0.gss == profile.gss } }
      if !profile.recipient.rawValue.isEmpty, allRecipientsNamed, !known.contains(profile.recipient) {
        log.error(
          .unknownRecipient, at: draft.mapping.place(of: "recipient"),
          "there is no recipient \(quoted(profile.recipient.rawValue))",
          remedy: Nearest.remedy(
            for: profile.recipient.rawValue, among: known.map(\.rawValue),
            otherwise: "put its file into the folder of recipients"))
      }
    }
  }

  private func checkRecipients() {
    // Where an authority's recipient is mistyped or unread, the one that nobody names is probably meant.
    let known = Set(recipients.map(\.recipient.id))
    let mayBeUnused = allAuthoritiesNamed && authorities.allSatisfy { known.contains($0.profile.recipient) }
    for (index, draft) in recipients.enumerated() {
      if let other = recipients[..<index].first(where: { $0.recipient.id == draft.recipient.id }) {
        log.error(
          .repeated, at: draft.idPlace,
          "the id \(quoted(draft.recipient.id.rawValue)) is that of \(other.recipient.file) as well",
          remedy: "correct it or remove one of the two files")
      }
      if mayBeUnused, !authorities.contains(where: { $0.profile.recipient == draft.recipient.id }) {
        log.warning(
          .unusedRecipient, at: draft.idPlace,
          "no authority names the recipient \(quoted(draft.recipient.id.rawValue))",
          remedy: "name it in an authority's file, or remove this one")
      }
    }
  }

  // MARK: Names that could meet

  private func checkCollisions(at recipient: RecipientID) {
    // A hand-over has a folder for each authority in any case.
    let isHandover = recipients.contains {
      if case .handover = $0.recipient.endpoint { $0.recipient.id == recipient } else { false }
    }
    let served = authorities.filter { $0.profile.recipient == recipient }
    var names: [(authority: AuthorityID, folder: String, pattern: FileNamePattern)] = []
    var matches = names
    for draft in served {
      let profile = draft.profile
      let own = isHandover ? profile.id.rawValue : nil
      for (item, place) in zip(profile.returns, draft.returnPlaces) {
        let folder = own ?? profile.sendTo
        if let other = names.first(where: { Self.meet($0, (profile.id, folder, item.fileName), separator: .kind) }) {
          log.error(
            .collision, at: place,
            other.authority == profile.id
              ? "another kind of return has the same file name in the same folder"
              : "\(other.authority) has the same file name in the same folder of \(recipient)",
            remedy: other.authority == profile.id
              ? "put {kind} into the name, or a word of its own"
              : "give each authority its own send-to, or put {authority} into the name")
        }
        names.append((profile.id, folder, item.fileName))
      }
      for (item, place) in zip(profile.replies, draft.replyPlaces) {
        let folder = own ?? profile.collectFrom
        if let other = matches.first(where: { Self.meet($0, (profile.id, folder, item.match), separator: nil) }) {
          log.error(
            .collision, at: place,
            other.authority == profile.id
              ? "another kind of reply has the same file name in the same folder"
              : "replies of \(other.authority) have the same file name in the same folder of \(recipient)",
            remedy: other.authority == profile.id
              ? "give each kind a word of its own"
              : "give each authority its own collect-from, or put {authority} into the name")
        }
        matches.append((profile.id, folder, item.match))
      }
    }
  }

  /// At a server replies are listed in a folder; without its name none would ever be seen. A desk has a folder of its
  /// own for each authority.
  private func checkReplyFolders() {
    for draft in authorities where !draft.profile.replies.isEmpty && draft.mapping["collect-from"] == nil {
      let endpoint = recipients.first { $0.recipient.id == draft.profile.recipient }?.recipient.endpoint
      switch endpoint {
      case .sftp, .https:
        log.error(
          .missingKey, at: draft.mapping.place(of: "replies"),
          "it is not said in which folder the replies of \(draft.profile.id) are found",
          remedy: "add collect-from: FOLDER")
      case .handover, nil: break
      }
    }
  }

  private typealias Named = (authority: AuthorityID, folder: String, pattern: FileNamePattern)

  /// Whether two patterns can make one name in one folder. Those of one authority are told apart by `separator`, those of
  /// two by `{authority}`.
  private static func meet(_ left: Named, _ right: Named, separator: FileNamePattern.Placeholder?) -> Bool {
    guard left.folder == right.folder, left.pattern.collides(with: right.pattern) else { return false }
    if left.authority == right.authority { return separator.map { !left.pattern.contains($0) } ?? true }
    return !left.pattern.contains(.authority)
  }

  /// A name with `{urn}` or `{ukprn}` needs the number of every school.
  private func checkSchoolNumbers() {
    for draft in authorities {
      let places =
        zip(draft.profile.returns.map(\.fileName), draft.returnPlaces).map { ($0, $1) }
        + zip(draft.profile.replies.map(\.match), draft.replyPlaces).map { ($0, $1) }
      for (pattern, place) in places {
        for school in schools.map(\.school) {
          if pattern.contains(.urn), school.urn == nil { missing("urn", of: school, at: place) }
          if pattern.contains(.ukprn), school.ukprn == nil { missing("ukprn", of: school, at: place) }
        }
      }
      for (item, place) in zip(draft.profile.returns, draft.returnPlaces) {
        for column in item.columns where column.required {
          for school in schools.map(\.school) {
            if column.source == .school(.urn), school.urn == nil { missing("urn", of: school, at: place) }
            if column.source == .school(.ukprn), school.ukprn == nil { missing("ukprn", of: school, at: place) }
          }
        }
      }
    }
  }

  private func missing(_ key: String, of school: School, at place: FilePlace) {
    log.error(
      .missingKey, at: place, "this needs the \(key) of \(quoted(school.name)), which leaverlink.yaml does not give",
      remedy: "add \(key) to that school")
  }
}
