// One authority's file: who it is, what its disclosures rest on, what it wants and what it sends back.

import Leavers

/// An authority's profile and where what must fit together stands.
struct AuthorityDraft {
  var profile: AuthorityProfile
  /// Whether its evidence is what the file says, and not what is taken where that cannot be read.
  var hasReadEvidence: Bool
  var mapping: ConfigMapping
  /// Where the authority's id, code and ONS code stand.
  var identity: ConfigMapping
  /// Where the file name of each return stands, in the order of the profile's returns.
  var returnPlaces: [FilePlace]
  /// Where the match of each reply stands, in the order of the profile's replies.
  var replyPlaces: [FilePlace]
}

/// Reads an authority's file.
struct AuthorityReader {
  let context: LoadContext
  let codes: CodeTables
  let lookups: LookupTables

  /// Nil where so much is wrong that there is nothing to hold against the rest of the configuration.
  func read(_ root: ConfigNode, bytes: [UInt8]) -> AuthorityDraft? {
    guard let mapping = root.mapping(KeyLevels.authorityFile) else { return nil }
    let identity = mapping["authority"]?.mapping(KeyLevels.authority)
    let id = identity?["id"]?.slug(AuthorityID.self)
    let name = identity?["name"]?.text()
    let code = identity?["code"].flatMap { self.laCode($0) }
    let gss = identity?["gss"].flatMap { self.gss($0) }
    for key in ["id", "name", "code", "gss"] { checkPlaceholder(identity?[key]) }
    let recipient = mapping["recipient"]?.slug(RecipientID.self)
    let evidence = mapping["evidence"].flatMap { self.evidence($0) }
    let agreements =
      mapping["agreements"].map { AgreementReader(context: context).read($0) } ?? (found: [], complete: false)
    let acknowledges = mapping["acknowledges"].map { $0.choice(Acknowledging.self) } ?? .never
    let sendTo = mapping["send-to"].flatMap { RemoteFolder.read($0) } ?? ""
    let collectFrom = mapping["collect-from"].flatMap { RemoteFolder.read($0) } ?? ""
    let returns = mapping["returns"].map { self.returns($0, agreements, bytes: bytes) } ?? []
    let replies = mapping["replies"].map { self.replies($0) } ?? []
    let contact = mapping["contact"].flatMap { self.contact($0) }
    if let acknowledges { checkAcknowledging(acknowledges, replies.map(\.profile.kind), mapping) }
    checkAnswers(mapping)
    guard let identity, let id, let code else { return nil }
    return AuthorityDraft(
      profile: AuthorityProfile(
        id: id, name: name ?? "", laCode: code, gss: gss ?? "", recipient: recipient ?? RecipientID(unchecked: ""),
        evidence: evidence ?? .illustrative, agreements: agreements.found, acknowledges: acknowledges ?? .never,
        sendTo: sendTo,
        collectFrom: collectFrom, returns: returns.map(\.profile), replies: replies.map(\.profile), contact: contact,
        file: root.place.file, evidencePlace: mapping.place(of: "evidence")),
      hasReadEvidence: evidence != nil, mapping: mapping, identity: identity, returnPlaces: returns.map(\.place),
      replyPlaces: replies.map(\.place))
  }

  private func checkPlaceholder(_ node: ConfigNode?) {
    guard let node, let text = node.scalar else { return }
    TemplatePlaceholders.check(text, at: node, context)
  }

  private func laCode(_ node: ConfigNode) -> LACode? {
    guard let text = node.text() else { return nil }
    do { return try LACode(text) } catch {
      node.error(
        .badIdentifier, "\(quoted(text)) is not an authority's code: \(error)",
        remedy: "write DfE's three digits in quotes")
      return nil
    }
  }

  private func gss(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    let digits = text.dropFirst()
    guard text.first == "E", digits.count == 8, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      node.error(
        .badIdentifier, "\(quoted(text)) is not an ONS code", remedy: "write E and eight digits, such as E08000014")
      return nil
    }
    return text
  }

  private func evidence(_ node: ConfigNode) -> Evidence? {
    guard node.isMapping else {
      if node.scalar == "agreed" {
        node.error(
          .missingKey, "evidence: agreed does not say with whom and when",
          remedy: "write evidence: {agreed: {with: NAME, on: DATE}}")
        return nil
      }
      switch node.word(among: ["illustrative", "trial"]) {
      case "illustrative": return .illustrative
      case "trial": return .trial
      default: return nil
      }
    }
    guard let agreed = node.mapping(KeyLevels.evidence)?["agreed"]?.mapping(KeyLevels.agreed) else { return nil }
    guard let with = agreed["with"]?.text(), let on = agreed["on"]?.date() else { return nil }
    return .agreed(with: with, on: on)
  }

  private func contact(_ node: ConfigNode) -> ContactNote? {
    guard let mapping = node.mapping(KeyLevels.contact) else { return nil }
    let email = mapping["email"].flatMap { address($0) }
    let asOf = mapping["as-of"]?.date()
    let note = mapping["note"]?.text() ?? "confirm before use"
    guard let email, let asOf else { return nil }
    return ContactNote(email: email, asOf: asOf, note: note)
  }

  private func address(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !text.contains(where: \.isWhitespace) else {
      node.error(.badValue, "\(quoted(text)) is not an e-mail address", remedy: "write it as NAME@HOST")
      return nil
    }
    return text
  }

  private func returns(
    _ node: ConfigNode, _ agreements: (found: [Agreement], complete: Bool), bytes: [UInt8]
  ) -> [(profile: ReturnProfile, place: FilePlace)] {
    var found: [(profile: ReturnProfile, place: FilePlace)] = []
    for (key, value) in node.table() ?? [] {
      guard let kind = key.choice(ReturnKind.self) else { continue }
      var digest = TextDigest()
      digest.append(kind.rawValue.utf8)
      digest.append([0])
      digest.append(bytes)
      let covering = agreements.found.filter { $0.kinds.contains(kind) }
      if covering.isEmpty, agreements.complete {
        key.warning(
          .noAgreement, "no agreement covers \(kind.rawValue), so that nothing of it goes",
          remedy: "name the agreement under agreements, or remove the return")
      }
      let reader = ReturnReader(context: context, codes: codes, lookups: lookups, kind: kind, agreements: covering)
      if let profile = reader.read(value, digest: digest) { found.append(profile) }
    }
    return found
  }

  private func replies(_ node: ConfigNode) -> [(profile: ReplyProfile, place: FilePlace)] {
    (node.table() ?? []).compactMap { key, value in
      key.choice(ReplyKind.self).flatMap { ReplyReader(context: context, kind: $0).read(value) }
    }
  }

  private func checkAcknowledging(_ acknowledges: Acknowledging, _ replies: [ReplyKind], _ mapping: ConfigMapping) {
    let hasFile = replies.contains(.acknowledgement)
    if acknowledges == .file, !hasFile {
      context.log.error(
        .acknowledgement, at: mapping.place(of: "acknowledges"),
        "acknowledges: file, and no acknowledgement is described under replies",
        remedy: "describe it under replies, or write acknowledges: by-hand or never")
    }
    if acknowledges != .file, hasFile {
      context.log.warning(
        .acknowledgement, at: mapping.place(of: "replies"),
        "an acknowledgement is described and acknowledges is \(acknowledges.rawValue), so that none is waited for",
        remedy: "write acknowledges: file")
    }
  }

  /// Who asks about unknown destinations waits for answers: without a return of them every one would be owed for ever. A
  /// return that no agreement covers is said where it stands.
  private func checkAnswers(_ mapping: ConfigMapping) {
    let requests = mapping["replies"]?.table()?.first { $0.key.scalar == ReplyKind.unknownRequest.rawValue }
    let answers = mapping["returns"]?.table()?.first { $0.key.scalar == ReturnKind.unknownAnswers.rawValue }
    guard let requests, answers == nil else { return }
    requests.key.warning(
      .noAnswers,
      "it asks about unknown destinations, and no return gives the answers: the school would owe them for ever",
      remedy:
        "ask how it wants the answers, describe unknown-answers under returns, and name that kind in an agreement")
  }
}
