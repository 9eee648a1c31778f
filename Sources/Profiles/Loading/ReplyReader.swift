// One kind of reply of an authority's file.

import Leavers

/// Reads one kind of reply.
struct ReplyReader {
  let context: LoadContext
  let kind: ReplyKind

  /// What an acknowledgement's verdict means acceptance by, where nothing is said.
  static let usualAcceptedWords = ["accepted", "loaded", "ok"]

  func read(_ node: ConfigNode) -> (profile: ReplyProfile, place: FilePlace)? {
    guard let mapping = node.mapping(KeyLevels.reply) else { return nil }
    let match = mapping["match"].flatMap { pattern($0) }
    let level = mapping["level"]?.choice(ReplyProfile.Level.self) ?? .pupil
    let columns = mapping["columns"].map { self.columns($0) } ?? []
    let words = mapping["accepted"]?.list()?.compactMap { $0.text()?.trimmedOfBlanks.lowercased() }
    if mapping["accepted"] != nil, kind != .acknowledgement {
      context.log.error(
        .notApplicable, at: mapping.place(of: "accepted"), "accepted is for acknowledgements", remedy: "remove it")
    }
    if level != .pupil, kind != .activitySurvey {
      context.log.error(
        .notApplicable, at: mapping.place(of: "level"),
        "only an activity survey can be about something else than pupils",
        remedy: "remove level")
    }
    checkColumns(Set(columns.map(\.column)), level: level, at: mapping.place(of: "columns"))
    guard let match else { return nil }
    let profile = ReplyProfile(
      kind: kind, match: match, level: level, columns: columns, acceptedWords: words ?? Self.usualAcceptedWords)
    return (profile, mapping.place(of: "match"))
  }

  private func pattern(_ node: ConfigNode) -> FileNamePattern? {
    guard let text = node.text() else { return nil }
    let pattern: FileNamePattern
    do { pattern = try FileNamePattern(text) } catch {
      node.error(.badFileName, error.message, remedy: error.remedy)
      return nil
    }
    guard pattern.contains(.laestab) || pattern.contains(.urn) else {
      node.error(
        .badFileName,
        "without {laestab} or {urn} nobody can tell whose file it is, and another school's could be fetched",
        remedy: "put the school's number into the name, as the authority writes it")
      return nil
    }
    if let neighbour = pattern.numberThatRunsOn {
      node.error(
        .badFileName,
        "{\(neighbour.rawValue)} stands directly beside something that may be digits, so that another number could be taken for it",
        remedy: "put a character between them that is no digit, such as _")
      return nil
    }
    return pattern
  }

  private func columns(_ node: ConfigNode) -> [(column: ReplyProfile.Column, header: String)] {
    var columns: [(column: ReplyProfile.Column, header: String)] = []
    var headers: Set<String> = []
    for (key, value) in node.table() ?? [] {
      guard let header = key.scalar, let name = value.word(among: ReplyColumnNames.all),
        let column = ReplyColumnNames.column(name)
      else { continue }
      if !headers.insert(HeaderMap.key(header)).inserted {
        key.error(
          .repeated, "the header \(quoted(header)) stands twice; case, spaces and punctuation do not matter",
          remedy: "keep one of the two")
      }
      if columns.contains(where: { $0.column == column }) {
        value.error(.repeated, "two columns hold \(quoted(name))", remedy: "keep one of the two")
      }
      columns.append((column, header))
    }
    return columns
  }

  /// What a reply of this kind is useless without.
  private func checkColumns(_ columns: Set<ReplyProfile.Column>, level: ReplyProfile.Level, at place: FilePlace) {
    func need(_ present: Bool, _ what: String) {
      guard !present else { return }
      context.log.error(
        .missingKey, at: place, "no column of \(kind.rawValue) holds \(what)", remedy: "name the header of that column")
    }
    let hasIdentifier = columns.contains(.field(.upn)) || columns.contains(.field(.uln))
    switch kind {
    case .acknowledgement:
      need(columns.contains(.returnFile), "returnFile")
      need(columns.contains(.verdict), "verdict")
    case .activitySurvey where level == .pupil:
      need(hasIdentifier, "upn or uln")
      need(columns.contains(.field(.activity)), "activity")
    case .unknownRequest: need(hasIdentifier, "upn or uln")
    case .activitySurvey, .year11List, .enrolmentList, .dataQuery: break
    }
  }
}

extension FileNamePattern {
  /// A school's number that stands directly beside a wildcard, another placeholder or a digit: then `1234567` would be
  /// seen in `12345678`.
  fileprivate var numberThatRunsOn: Placeholder? {
    for (index, piece) in pieces.enumerated() {
      guard case .placeholder(let placeholder) = piece, [.laestab, .urn, .ukprn].contains(placeholder) else { continue }
      let before = index > 0 ? pieces[index - 1] : nil
      let after = index + 1 < pieces.count ? pieces[index + 1] : nil
      if Self.mayBeDigit(before, last: true) || Self.mayBeDigit(after, last: false) { return placeholder }
    }
    return nil
  }

  private static func mayBeDigit(_ piece: Piece?, last: Bool) -> Bool {
    switch piece {
    case nil: false
    case .text(let text): (last ? text.last : text.first)?.isNumber == true
    case .placeholder, .wildcard: true
    }
  }
}
