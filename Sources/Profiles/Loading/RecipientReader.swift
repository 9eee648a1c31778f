// One recipient's file: who it is and how it is reached.

import Leavers

/// A recipient and where its name stands.
struct RecipientDraft {
  var recipient: Recipient
  var idPlace: FilePlace
}

/// Reads a recipient's file.
struct RecipientReader {
  let context: LoadContext

  /// Nil where the file does not even say which recipient it is.
  func read(_ root: ConfigNode) -> RecipientDraft? {
    guard let mapping = root.mapping(KeyLevels.recipientFile) else { return nil }
    let named = mapping["recipient"]?.mapping(KeyLevels.recipient)
    let id = named?["id"]?.slug(RecipientID.self)
    let name = named?["name"]?.text()
    for key in ["id", "name"] {
      if let node = named?[key], let text = node.scalar { TemplatePlaceholders.check(text, at: node, context) }
    }
    var endpoint = EndpointPlace.handover(by: "")
    if let way = mapping.exactlyOne(of: ["sftp", "https", "handover"]) {
      switch way.key {
      case "sftp": if let sftp = sftp(way.value) { endpoint = .sftp(sftp) }
      case "https": if let https = https(way.value) { endpoint = .https(https) }
      default: if let by = handover(way.value) { endpoint = .handover(by: by) }
      }
    }
    let collectEvery = mapping["collect-every"]?.duration(atLeast: .milliseconds(100)) ?? .seconds(300)
    let afterCollect = mapping["after-collect"].flatMap { self.afterCollect($0) } ?? .leave
    let retryAfter = mapping["retry-after"]?.duration(atLeast: .milliseconds(100)) ?? .seconds(60)
    let readBack = mapping["read-back"]?.choice(ReadBack.self) ?? .content
    let removesFiles = mapping["removes-files"]?.boolean() ?? false
    let sandbox = mapping["sandbox"].flatMap { context.path($0) }
    if let sandbox, context.needsEverything {
      context.requireFile(
        sandbox + "/" + SandboxRecord.fileName, at: mapping.place(of: "sandbox"), what: "the sandbox's record")
    }
    guard let named, let id else { return nil }
    return RecipientDraft(
      recipient: Recipient(
        id: id, name: name ?? "", endpoint: endpoint, collectEvery: collectEvery, afterCollect: afterCollect,
        retryAfter: retryAfter, readBack: readBack, removesFiles: removesFiles, sandbox: sandbox, file: root.place.file),
      idPlace: named.place(of: "id"))
  }

  private func afterCollect(_ node: ConfigNode) -> Recipient.AfterCollect? {
    guard node.isMapping else {
      switch node.word(among: ["leave", "remove"]) {
      case "leave": return .leave
      case "remove": return .remove
      default: return nil
      }
    }
    guard let mapping = node.mapping(KeyLevels.moveFolder),
      let folder = mapping["move"].flatMap({ RemoteFolder.read($0) })
    else { return nil }
    return .move(folder: folder)
  }

  private func handover(_ node: ConfigNode) -> String? {
    guard let by = node.mapping(KeyLevels.handover)?["by"], let text = by.text() else { return nil }
    refusePlaceholder(text, by)
    return text
  }

  // MARK: SFTP

  private func sftp(_ node: ConfigNode) -> SFTPEndpoint? {
    guard let mapping = node.mapping(KeyLevels.sftp) else { return nil }
    let host = mapping["host"].flatMap { self.host($0) }
    let port = mapping["port"].flatMap { $0.integer(in: 1...65_535) } ?? 22
    let user = mapping["user"].flatMap { self.user($0) }
    let key = mapping["key"].flatMap { SecretReader(context: context).read($0, for: .privateKey) }
    let hostKey = self.hostKey(mapping, host: host, port: port)
    guard let host, let user, let key, let hostKey else { return nil }
    return SFTPEndpoint(host: host, port: port, user: user, key: key, hostKey: hostKey)
  }

  private func host(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    guard !text.contains(where: { $0 == "/" || $0 == "@" || $0.isWhitespace }) else {
      node.error(
        .badHost, "\(quoted(text)) is not the name of a host",
        remedy: "write the name or address alone, without user, port or folder")
      return nil
    }
    refuseExampleHost(text, node)
    return text
  }

  private func user(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    refusePlaceholder(text, node)
    return text
  }

  private func hostKey(_ mapping: ConfigMapping, host: String?, port: Int) -> SFTPEndpoint.HostKey? {
    guard mapping["host-key"] != nil || mapping["known-hosts"] != nil else {
      let place = "\(port == 22 ? "" : "-p \(port) ")\(host ?? "HOST")"
      context.log.error(
        .noHostKey, at: mapping.place,
        "there is no host key for \(host ?? "this server"): without one the service cannot know whom it sends to, and does not connect",
        remedy:
          "run ssh-keyscan \(place) | ssh-keygen -lf -, have the recipient confirm the SHA256 text by telephone or on paper, "
          + "then add host-key: \"SHA256:…\"")
      return nil
    }
    guard let one = mapping.exactlyOne(of: ["host-key", "known-hosts"]) else { return nil }
    if one.key == "known-hosts" {
      guard let path = context.path(one.value) else { return nil }
      if context.needsEverything { checkKnownHosts(path, at: one.value.place) }
      return .knownHosts(path)
    }
    guard let text = one.value.text() else { return nil }
    if refusePlaceholder(text, one.value) { return .pin(text) }
    let body = text.dropFirst("SHA256:".count)
    let unpadded = body.hasSuffix("=") ? body.dropLast() : body
    let isBase64 = unpadded.utf8.allSatisfy {
      (65...90).contains($0) || (97...122).contains($0) || (48...57).contains($0) || $0 == 43 || $0 == 47
    }
    guard text.hasPrefix("SHA256:"), unpadded.utf8.count == 43, isBase64 else {
      one.value.error(
        .badHostKey, "this is not the SHA-256 fingerprint of a host key\(hint(text))",
        remedy:
          "write \"SHA256:\" and the 43 characters that ssh-keyscan HOST | ssh-keygen -lf - prints, once the recipient confirmed them"
      )
      return nil
    }
    return .pin("SHA256:\(unpadded)")
  }

  private func hint(_ text: String) -> String {
    if text.uppercased().hasPrefix("MD5:") || text.split(separator: ":").count == 16 {
      return ": MD5 fingerprints are not safe"
    }
    if text.hasPrefix("ssh-") || text.hasPrefix("ecdsa-") || text.hasPrefix("AAAA") {
      return ": it is the key itself, which belongs in a file named by known-hosts"
    }
    return ""
  }

  private func checkKnownHosts(_ path: String, at place: FilePlace) {
    guard context.requireFile(path, at: place, what: "the known_hosts file"),
      let bytes = context.read(path, at: place, what: "the known_hosts file", limit: 1 << 20)
    else { return }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    if !lines.contains(where: { !$0.trimmingPrefix(" ").isEmpty && !$0.hasPrefix("#") }) {
      context.log.error(
        .noHostKey, at: place, "there is no host key in \(path)",
        remedy: "add the line that ssh-keyscan HOST prints, once the recipient confirmed it by telephone or on paper")
    }
  }

  // MARK: HTTPS

  private func https(_ node: ConfigNode) -> HTTPSEndpoint? {
    guard let mapping = node.mapping(KeyLevels.https) else { return nil }
    let url = mapping["url"].flatMap { self.url($0) }
    _ = mapping["method"]?.word(among: ["PUT"])
    let webDAV = mapping["webdav"]?.boolean() ?? false
    let ca = mapping["ca"].flatMap { context.path($0) }
    if let ca, context.needsEverything { checkAuthority(ca, at: mapping.place(of: "ca")) }
    let certificate = mapping["certificate"].flatMap { SecretReader(context: context).read($0, for: .certificate) }
    guard let url else { return nil }
    return HTTPSEndpoint(url: url, webDAV: webDAV, ca: ca, certificate: certificate)
  }

  /// The address with a slash at its end. What is refused is not repeated in messages: a password may be in it.
  private func url(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    guard let parts = WebAddress(text) else {
      node.error(.badURL, "this is not an address of the web", remedy: "write https://HOST/FOLDER/")
      return nil
    }
    guard parts.scheme == "https" else {
      node.error(
        .badURL, "the address begins with \(parts.scheme)://, which protects nothing that is sent",
        remedy: "ask the recipient for an address that begins with https://")
      return nil
    }
    guard !parts.hasCredentials else {
      node.error(
        .badURL, "there is a user name or password in the address",
        remedy: "take it out; secrets are never in these files")
      return nil
    }
    guard !parts.hasQuery else {
      node.error(.badURL, "there is a ? or # in the address", remedy: "write the folder's address alone")
      return nil
    }
    refuseExampleHost(parts.host, node)
    return text.hasSuffix("/") ? text : text + "/"
  }

  private func checkAuthority(_ path: String, at place: FilePlace) {
    guard context.requireFile(path, at: place, what: "the certification authority"),
      let bytes = context.read(path, at: place, what: "the certification authority", limit: 8 << 20)
    else { return }
    if !String(decoding: bytes, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----") {
      context.log.error(
        .secretUnusable, at: place, "there is no PEM certificate in \(path)",
        remedy: "ask the recipient for its certification authority's certificate as PEM")
    }
  }

  // MARK: Placeholders

  /// Whether a value is a placeholder of the shipped examples, which is refused except for a dry run.
  @discardableResult
  private func refusePlaceholder(_ text: String, _ node: ConfigNode) -> Bool {
    guard LoadContext.isPlaceholder(text) else { return false }
    if context.needsEverything {
      node.error(
        .placeholder, "\(quoted(text)) is a placeholder of the example",
        remedy: "ask the recipient and write down what it says")
    }
    return true
  }

  private func refuseExampleHost(_ host: String, _ node: ConfigNode) {
    if refusePlaceholder(host, node) { return }
    let host = host.lowercased()
    let reserved = ["example.org", "example.com", "example.net", "example", "invalid", "test"]
    guard context.needsEverything, reserved.contains(where: { host == $0 || host.hasSuffix("." + $0) }) else { return }
    node.error(
      .placeholder, "\(quoted(host)) is a placeholder: names under it are nobody's",
      remedy: "ask the recipient for its server and write it down")
  }
}
