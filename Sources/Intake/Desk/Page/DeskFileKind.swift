// What each file on a desk is, by its name, and what somebody does with it. Pure.

/// What a file of ours on a desk is.
enum DeskFileKind: CaseIterable {
  case notice, summary, checked, findings, sheet, risk, other

  init(_ name: String) {
    if name.hasPrefix(DeskSheet.folder) {
      self = DeskNames.withoutNumber(name) == DeskSheet.folder + RiskSheet.name ? .risk : .sheet
    } else if name.hasPrefix(ObjectionNotice.folder) {
      self = .notice
    } else if Self.isNumbered(name, DeskNames.summaryEnding) {
      self = .summary
    } else if Self.isNumbered(name, DeskNames.findingsEnding) {
      self = .findings
    } else if DeskNames.original(of: name) != name {
      self = .checked
    } else {
      self = .other
    }
  }

  /// In lists: what is read first stands first.
  var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  var title: String {
    switch self {
    case .notice: "Notice to an authority"
    case .summary: "Summary"
    case .checked: "Checked file"
    case .findings: "Findings"
    case .sheet: "Sheet to fill in"
    case .risk: "Sheet of risk"
    case .other: "Other"
    }
  }

  /// What it is and what to do with it; nil where its name says all.
  var words: String? {
    switch self {
    case .notice:
      "What an authority may not use any more of a return that it has. Send it by the way returns go, not by e-mail; then say so in the release sheet."
    case .summary: "One page to read first: what arrived, what would go where, what is held and how to mend it."
    case .checked:
      "Your own file with two more columns that say what is wrong in each row. Correct it, save it, and put it into in."
    case .findings: "Every mistake as a row of a table, with what to do. To read; it does not go back."
    case .sheet: "Fill it in, save it, and put it into in."
    case .risk:
      "Pupils whom the school's own weights name. Decide about each whom you have looked at, save it, and put it into in. A blank decides nothing, and nobody is told of a pupil whom no person has confirmed."
    case .other: nil
    }
  }

  /// The title of the file in a list, with the number of one that lies beside a changed one.
  func title(of name: String) -> String {
    guard let open = name.lastIndex(of: "("), let close = name.lastIndex(of: ")"), open < close, self != .other,
      ![.sheet, .risk, .notice].contains(self), name[name.index(after: open)..<close].allSatisfy(\.isNumber),
      isOurs(name, open)
    else { return title }
    return "\(title) \(name[open...close])"
  }

  /// Whether the brackets stand behind our own ending, and not in the school's name of the file.
  private func isOurs(_ name: String, _ open: String.Index) -> Bool {
    let stem = name[..<open]
    return stem.hasSuffix(".summary ") || stem.hasSuffix(".findings ") || stem.hasSuffix("\(DeskNames.checkedInfix) ")
  }

  /// `a.summary.html` and `a.summary (2).html`.
  private static func isNumbered(_ name: String, _ ending: String) -> Bool {
    if name.hasSuffix(ending) { return true }
    guard let dot = ending.lastIndex(of: "."), name.hasSuffix("\(ending[dot...])") else { return false }
    let stem = name.dropLast(ending[dot...].count)
    guard stem.hasSuffix(")"), let open = stem.lastIndex(of: "(") else { return false }
    return stem[..<open].hasSuffix("\(ending[..<dot]) ")
  }
}
