// From the files of a configuration to a checked, compiled value, with every mistake at once. Reads files, changes none.

import Leavers

/// Loads a configuration.
package struct ConfigurationLoader: Sendable {
  /// What must exist already.
  package enum Need: Sendable, Hashable {
    /// All that the daemon uses.
    case everything
    /// What a dry run uses: neither keys nor the folders of state, desk and exports, and placeholders may stand.
    case forPreparing
  }

  private let environment: [String: String]
  private let inspectKey: @Sendable (String) -> KeyInspection

  /// - Parameters:
  ///   - environment: the process's environment, of which `CREDENTIALS_DIRECTORY` counts.
  ///   - inspectKey: says what the private key at a path is.
  package init(environment: [String: String], inspectKey: @escaping @Sendable (String) -> KeyInspection) {
    self.environment = environment
    self.inspectKey = inspectKey
  }

  /// The file to load: the one given on the command line, else `LEAVERLINK_CONFIG`, else the usual one.
  package static func path(given: String?, environment: [String: String]) -> String {
    if let given { return given }
    if let path = environment["LEAVERLINK_CONFIG"], !path.isEmpty { return path }
    return "/etc/leaverlink/leaverlink.yaml"
  }

  /// The configuration, or everything that is wrong with it.
  package func load(
    _ path: String, requiring need: Need = .everything
  ) throws(ConfigurationErrors) -> LoadedConfiguration {
    let log = DiagnosticLog()
    let parts = read(path, need, log)
    guard let parts, !log.hasErrors else { throw ConfigurationErrors(log.diagnostics, readable: parts) }
    return LoadedConfiguration(configuration: parts.configuration, warnings: log.diagnostics)
  }

  /// Reads everything and writes down what is wrong; nil where not even a configuration full of gaps comes of it.
  func read(_ path: String, _ need: Need, _ log: DiagnosticLog) -> ReadableParts? {
    let root = ConfigurationFiles.folder(of: ConfigurationFiles.absolute(path, from: ""))
    let credentials = environment["CREDENTIALS_DIRECTORY"].flatMap {
      $0.isEmpty ? nil : ConfigurationFiles.absolute($0, from: "")
    }
    let context = LoadContext(log: log, need: need, credentials: credentials, root: root, inspectKey: inspectKey)
    guard let (node, _) = document(path, context), let top = node.mapping(KeyLevels.configuration) else { return nil }

    func folder(_ key: String) -> (path: String, place: FilePlace) {
      let given = top[key].flatMap { context.path($0) }
      return (given ?? root + "/" + key, top.place(of: key))
    }
    let codesFolder = folder("codes")
    let codes = CodeTableReader(context: context).read(codesFolder.path, at: codesFolder.place)
    let maps = headerMaps(folder("mis"), codes, context)
    let recipients = self.recipients(folder("recipients"), context)
    let lookups = LookupTables(context: context, folder: folder("lookups").path)
    let authorities = self.authorities(folder("authorities"), codes, lookups, context)
    let brake = BrakeReader.read(top["brake"], otherwise: .standard)
    let schools = (top["schools"]?.list() ?? []).map {
      SchoolReader(context: context, codes: codes, brake: brake).read($0)
    }
    let settle = top["settle"]?.duration(atLeast: .milliseconds(50)) ?? .seconds(2)
    let poll = top["poll"]?.duration(atLeast: .milliseconds(100)) ?? Configuration.standardPoll
    let shareSettle = top["share-settle"]?.duration(atLeast: .milliseconds(50)) ?? Configuration.standardShareSettle
    let rescan = top["rescan"]?.duration(atLeast: .milliseconds(100)) ?? .seconds(60)
    let state = top["state"].flatMap { context.path($0) }
    if let state { checkState(state, at: top.place(of: "state"), context) }
    let masterKey = self.masterKey(top, context)
    let gss = Dictionary(
      authorities.drafts.map { ($0.profile.gss, $0.profile.laCode) }, uniquingKeysWith: { first, _ in first })
    let postcodes = top["postcodes"]?.mapping(KeyLevels.postcodes)?["file"].flatMap { node in
      context.path(node).flatMap { PostcodeReader(context: context, codesByGSS: gss).read($0, at: node.place) }
    }
    let providers = ProviderRegisterReader(context: context).read(
      (top["providers"]?.list() ?? []).compactMap { node in context.path(node).map { ($0, node.place) } })
    let words = top["words"]
    let vocabulary = VocabularyReader(context: context, codes: codes).read(
      words.flatMap { context.path($0) }, at: top.place(of: "words"))
    let calendar = CalendarReader(context: context, authorities: authorities.drafts.map(\.profile.id)).read(
      top["calendar"].flatMap { context.path($0) }, at: top.place(of: "calendar"))
    SendDateChecks(draft: calendar, authorities: authorities.drafts, log: context.log).run()
    CrossChecks(
      context: context, schools: schools.compactMap { $0 }, authorities: authorities.drafts,
      allAuthoritiesNamed: authorities.complete,
      recipients: recipients.drafts, allRecipientsNamed: recipients.complete, headerMaps: maps.maps,
      allHeaderMapsNamed: maps.complete
    ).run()

    guard let state, let masterKey else { return nil }
    let known = recipients.drafts.map(\.recipient).filter { Self.isReadable($0, log) }
    let asked = authorities.drafts.filter { draft in
      draft.hasReadEvidence && known.contains { $0.id == draft.profile.recipient }
    }
    let configuration = Configuration(
      file: path, schools: schools.compactMap { $0?.school }, authorities: asked.map(\.profile),
      recipients: known, state: state, masterKey: masterKey, settle: settle,
      rescan: rescan, codes: codes, headerMaps: maps.maps, postcodes: postcodes, providers: providers,
      vocabulary: vocabulary, poll: poll, shareSettle: shareSettle, calendar: calendar.calendar)
    return ReadableParts(
      configuration: configuration,
      isWhole: authorities.complete && asked.count == authorities.drafts.count && schools.allSatisfy { $0 != nil }
        && !schools.isEmpty)
  }

  /// Whether it can be told where a recipient is: one that a sandbox may have written is known by its place, and a place
  /// with a mistake in it is none.
  private static func isReadable(_ recipient: Recipient, _ log: DiagnosticLog) -> Bool {
    recipient.sandbox == nil
      || !log.diagnostics.contains { $0.severity == .error && $0.file == recipient.file }
  }

  // MARK: Files

  private func document(_ path: String, _ context: LoadContext) -> (node: ConfigNode, bytes: [UInt8])? {
    let place = FilePlace(file: path)
    guard context.requireFile(path, at: place, what: "the configuration file"),
      let bytes = context.read(path, at: place, what: "the configuration file"),
      let node = YAMLReader.root(of: bytes, file: path, log: context.log)
    else { return nil }
    return (node, bytes)
  }

  /// The documents of a folder's `.yaml` files, in the order of their names; `complete` unless one cannot be read.
  private func documents(
    _ folder: (path: String, place: FilePlace), what: String, _ context: LoadContext
  ) -> (found: [(node: ConfigNode, bytes: [UInt8])], complete: Bool) {
    guard context.requireFolder(folder.path, at: folder.place, what: "the folder of \(what)") else {
      return ([], false)
    }
    let names = context.names(in: folder.path, ending: ".yaml", at: folder.place)
    for name in context.names(in: folder.path, ending: ".yml", at: folder.place) {
      context.log.warning(
        .fileMissing, at: FilePlace(file: folder.path + "/" + name), "files that end in .yml are not read",
        remedy: "let its name end in .yaml, or move it away")
    }
    if names.isEmpty {
      context.log.error(
        .empty, at: folder.place, "there is no .yaml file in the folder of \(what) \(folder.path)",
        remedy: "copy one from the example configuration")
    }
    let found = names.map { document(folder.path + "/" + $0, context) }
    return (found.compactMap { $0 }, !names.isEmpty && !found.contains { $0 == nil })
  }

  private func headerMaps(
    _ folder: (path: String, place: FilePlace), _ codes: CodeTables, _ context: LoadContext
  ) -> (maps: [String: HeaderMap], complete: Bool) {
    let documents = self.documents(folder, what: "header maps", context)
    var complete = documents.complete
    var maps: [String: HeaderMap] = [:]
    for (node, _) in documents.found {
      guard let (map, place) = HeaderMapReader(context: context, codes: codes).read(node) else {
        complete = false
        continue
      }
      if maps[map.id] != nil {
        context.log.error(
          .repeated, at: place, "the id \(quoted(map.id)) is that of another header map as well",
          remedy: "correct it or remove one of the two files")
      }
      maps[map.id] = map
    }
    return (maps, complete)
  }

  private func recipients(
    _ folder: (path: String, place: FilePlace), _ context: LoadContext
  ) -> (drafts: [RecipientDraft], complete: Bool) {
    let (documents, complete) = self.documents(folder, what: "recipients", context)
    let drafts = documents.map { RecipientReader(context: context).read($0.node) }
    return (drafts.compactMap { $0 }, complete && !drafts.contains { $0 == nil })
  }

  private func authorities(
    _ folder: (path: String, place: FilePlace), _ codes: CodeTables, _ lookups: LookupTables, _ context: LoadContext
  ) -> (drafts: [AuthorityDraft], complete: Bool) {
    let (documents, complete) = self.documents(folder, what: "authorities", context)
    let reader = AuthorityReader(context: context, codes: codes, lookups: lookups)
    let drafts = documents.map { reader.read($0.node, bytes: $0.bytes) }
    return (drafts.compactMap { $0 }, complete && !drafts.contains { $0 == nil })
  }

  // MARK: State and key

  private func masterKey(_ top: ConfigMapping, _ context: LoadContext) -> SecretSource? {
    let reader = SecretReader(context: context)
    guard let node = top["master-key"] else {
      return reader.credential("leaverlink-master-key", at: top.place, for: .masterKey)
    }
    return reader.read(node, for: .masterKey)
  }

  /// The state folder may be made by the daemon; the folder that it goes into must be there.
  private func checkState(_ path: String, at place: FilePlace, _ context: LoadContext) {
    guard context.needsEverything else { return }
    switch ConfigurationFiles.look(path) {
    case .missing:
      context.requireFolder(
        ConfigurationFiles.folder(of: path), at: place, what: "the folder that the state goes into,")
    case .folder(let facts):
      if facts.mode & 0o077 != 0 {
        context.log.warning(
          .secretExposed, at: place, "other users can look into the state folder \(path)", remedy: "chmod 700 \(path)")
      }
    case .file, .other:
      context.log.error(.folderMissing, at: place, "the state \(path) is no folder", remedy: "correct the path")
    case .unreadable(let why):
      context.log.error(
        .fileUnreadable, at: place, "the state folder \(path) cannot be looked at: \(why)",
        remedy: "let the user of the service own it, with mode 700")
    }
  }
}
