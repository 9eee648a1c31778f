// The configuration that a sandbox writes for the daemon under trial: schools, recipients with their real ports and keys.

import FoundationEssentials
import Glibc

/// Writes what the daemon reads. The keys are those of the configuration's manual (docs/configuration.md).
struct SandboxFiles {
  let layout: SandboxLayout
  let plan: SandboxPlan

  /// What a recipient is reached by.
  enum Reach: Sendable {
    case sftp(port: Int, user: String, key: String, hostKey: String)
    case https(port: Int, url: String, authority: String, certificate: String?)
    case handover
  }

  /// Folders of schools and state, and the master key unless it is there.
  func prepare() throws {
    try makeFolder(layout.state)
    for school in plan.schools {
      try makeFolder(layout.desk(school.slug) + "/in")
      try makeFolder(layout.desk(school.slug) + "/out")
    }
    for folder in ["authorities", "templates", "recipients", "mis", "codes", "lookups"] {
      try makeFolder(layout.configuration + "/" + folder)
    }
    if access(layout.masterKey, F_OK) != 0 {
      var random = SystemRandomNumberGenerator()
      let digits = Array("0123456789abcdef")
      let key = String((0..<64).map { _ in digits[Int.random(in: 0..<16, using: &random)] })
      try writeFile(layout.masterKey, key + "\n")
    }
  }

  /// The authorities of some examples, as far as the sandbox must know them.
  static func authorities(in sources: [String]) throws -> [CopiedAuthority] {
    try sources.map { $0 + "/authorities" }.filter { access($0, R_OK | X_OK) == 0 }.flatMap { folder in
      try FarFile.names(in: folder).filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.compactMap {
        CopiedAuthority(file: try readText(folder + "/" + $0))
      }
    }
  }

  /// Copies authorities with their schemas and workbooks, header maps, code tables and lookups from the shipped examples;
  /// each source after the first adds to it.
  func copy(from sources: [String]) throws {
    // What an older sandbox left is written over; a configuration without a calendar has none.
    for source in sources where access(source + "/calendar.csv", R_OK) == 0 {
      try writeFile(layout.configuration + "/calendar.csv", readText(source + "/calendar.csv"), mode: 0o644)
    }
    for (folder, endings) in [
      ("authorities", [".yaml", ".xsd"]), ("mis", [".yaml"]), ("codes", [".csv"]), ("lookups", [".csv"]),
    ] {
      var files: [(name: String, text: String)] = []
      for source in sources where access(source + "/" + folder, R_OK | X_OK) == 0 {
        for name in try FarFile.names(in: source + "/" + folder) where endings.contains(where: name.hasSuffix) {
          files.append((name, try readText(source + "/" + folder + "/" + name)))
        }
      }
      guard !files.isEmpty else {
        throw SandboxError(
          "\(sources[0])/\(folder) holds no \(endings[0]) file; name the example configuration by --config")
      }
      try removeOld(in: folder, endings, keeping: files.map(\.name))
      for file in files {
        try writeFile(layout.configuration + "/" + folder + "/" + file.name, file.text, mode: 0o644)
      }
    }
    // An authority's own workbook, which its profile names by a path from its folder; nothing else reads it.
    for source in sources {
      for folder in ["authorities", "templates"] where access(source + "/" + folder, R_OK | X_OK) == 0 {
        for name in try FarFile.names(in: source + "/" + folder) where name.hasSuffix(".xlsx") {
          guard let bytes = try FarFile.read(source + "/" + folder + "/" + name) else { continue }
          try FarFile.save(bytes, at: layout.configuration + "/" + folder + "/" + name)
        }
      }
    }
    try removeOld(in: "recipients", [".yaml"], keeping: plan.recipients.map { $0.id + ".yaml" })
  }

  /// What an older version, or a start with other authorities, left in a folder would be read as well.
  private func removeOld(in folder: String, _ endings: [String], keeping names: [String]) throws {
    let path = layout.configuration + "/" + folder
    for old in try FarFile.names(in: path) where endings.contains(where: old.hasSuffix) && !names.contains(old) {
      unlink(path + "/" + old)
    }
  }

  func writeConfiguration() throws {
    var text = """
      # Written by leaverlink sandbox: everything here is made up and on this machine.
      schools:

      """
    for school in plan.schools {
      text += """
          - name: \(quoted(school.name))
            controller: \(school.controller)
            laestab: "\(school.laestab)"
            urn: "\(school.urn)"
            ukprn: "\(school.ukprn)"
            desk: \(quoted(layout.desk(school.slug)))
            mis: \(school.mis)
            sharing: {unlisted: hold}

        """
    }
    text += """
      state: \(quoted(layout.state))
      master-key: {file: \(quoted(layout.masterKey))}
      authorities: authorities
      recipients: recipients
      codes: codes
      mis: mis
      settle: 200ms

      """
    try writeFile(layout.configurationFile, text, mode: 0o644)
  }

  func write(_ recipient: SandboxRecipient, reached reach: Reach) throws {
    var text = """
      # Written by leaverlink sandbox; it changes whenever the sandbox starts.
      recipient: {id: \(recipient.id), name: \(quoted(recipient.name))}

      """
    switch reach {
    case .sftp(let port, let user, let key, let hostKey):
      text += """
        sftp:
          host: 127.0.0.1
          port: \(port)
          user: \(quoted(user))
          key: {file: \(quoted(key))}
          host-key: \(quoted(hostKey))

        """
    case .https(_, let url, let authority, let certificate):
      text += """
        https:
          url: \(quoted(url))
          method: PUT
          webdav: true
          ca: \(quoted(authority))

        """
      if let certificate { text += "  certificate: {file: \(quoted(certificate))}\n" }
    case .handover:
      text +=
        recipient.hasTeam
        ? "handover: {by: \"the sandbox's own post\"}\n"
        : "handover: {by: \"hand: no team of the sandbox answers for it\"}\n"
    }
    text += """
      collect-every: 1s
      retry-after: 500ms
      sandbox: \(quoted(layout.directory))

      """
    try writeFile(layout.configuration + "/recipients/" + recipient.id + ".yaml", text, mode: 0o644)
  }

  /// The record by which the daemon knows that these recipients are no authority's.
  func writeRecord(_ reached: [(recipient: SandboxRecipient, reach: Reach)]) throws {
    struct Record: Encodable {
      struct Recipient: Encodable {
        let id: String
        let kind: String
        let host: String?
        let port: Int?
      }
      let format: Int
      let recipients: [Recipient]
    }
    let recipients = reached.map { item in
      let port: Int? =
        switch item.reach {
        case .sftp(let port, _, _, _), .https(let port, _, _, _): port
        case .handover: nil
        }
      return Record.Recipient(
        id: item.recipient.id, kind: item.recipient.kind.rawValue, host: port == nil ? nil : "127.0.0.1", port: port)
    }
    try FarFile.place(Self.json(Record(format: 1, recipients: recipients)) + [10], at: layout.record)
  }

  static func json(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value))
  }

  /// Whether a byte means nothing but itself in YAML and in the servers' files.
  static func isSimple(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "/._-".utf8.contains(byte)
  }

  /// A YAML text: a simple path as it is, anything else in double quotes.
  private func quoted(_ text: String) -> String {
    if text.hasPrefix("/") && text.utf8.allSatisfy(Self.isSimple) { return text }
    var result = "\""
    for character in text {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "\""
  }
}
