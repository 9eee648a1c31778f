// One school of leaverlink.yaml.

import Leavers

/// A school and where what identifies it stands.
struct SchoolDraft {
  var school: School
  var mapping: ConfigMapping
  /// The header map's name, where it was given.
  var mis: ConfigNode?
}

/// Reads the schools of leaverlink.yaml.
struct SchoolReader {
  let context: LoadContext
  let codes: CodeTables
  /// The limits of the top, for those that a school does not give.
  let brake: BrakePolicy

  /// Nil where so much is wrong that there is nothing to hold against the rest of the configuration.
  func read(_ node: ConfigNode) -> SchoolDraft? {
    guard let mapping = node.mapping(KeyLevels.school) else { return nil }
    let name = mapping["name"]?.text()
    let controller = mapping["controller"]?.slug(ControllerID.self)
    let laestab = mapping["laestab"].flatMap { self.laestab($0) }
    let urn = mapping["urn"].flatMap { self.urn($0) }
    let ukprn = mapping["ukprn"].flatMap { self.ukprn($0) }
    let desk = mapping["desk"].flatMap { DeskReader(context: context).read($0) }
    let exports = mapping["exports"].flatMap { context.path($0) }
    let mis = mapping["mis"]
    let misID = mis?.text()
    let (unlisted, decision) = sharing(mapping["sharing"])
    let findings = mapping["findings"].map(findings) ?? [:]
    let exportsAre = mapping["exports-are"]?.choice(ExportExtent.self) ?? .partial
    let brake = BrakeReader.read(mapping["brake"], otherwise: self.brake)
    let completeWhen = mapping["exports-complete-when"].flatMap(completion)
    let risk = mapping["risk"].flatMap { RiskReader(codes: codes).read($0) }
    if context.needsEverything, let exports {
      context.expectFolder(exports, at: mapping.place(of: "exports"), what: "the folder of exports")
    }
    guard let laestab, let desk else { return nil }
    let school = School(
      name: name ?? "", controller: controller ?? ControllerID(unchecked: ""), laestab: laestab, urn: urn, ukprn: ukprn,
      desk: desk.path, exports: exports ?? desk.path + "/in", mis: misID ?? "", unlistedSharing: unlisted,
      sharingDecision: decision, findings: findings, exportsAre: exportsAre, brake: brake,
      deskAccess: desk.access, deskKeep: desk.keep, completeWhen: completeWhen, risk: risk)
    return SchoolDraft(school: school, mapping: mapping, mis: misID == nil ? nil : mis)
  }

  private func completion(_ node: ConfigNode) -> CompletionMarker? {
    guard let node = node.mapping(KeyLevels.completion)?["marker"], let text = node.text() else { return nil }
    guard let marker = CompletionMarker(text) else {
      node.error(
        .badValue, "\(quoted(text)) does not tell a marker from its export",
        remedy:
          "write {name} or {base} once, and something before or after it that exports do not have, such as {name}.done")
      return nil
    }
    return marker
  }

  private func laestab(_ node: ConfigNode) -> LAESTAB? {
    guard let text = node.text() else { return nil }
    do { return try LAESTAB(text) } catch {
      node.error(
        .badIdentifier, "\(quoted(text)) is not a DfE number: \(error)", remedy: "write seven digits in quotes")
      return nil
    }
  }

  private func urn(_ node: ConfigNode) -> URN? {
    guard let text = node.text() else { return nil }
    do { return try URN(text) } catch {
      node.error(.badIdentifier, "\(quoted(text)) is not a URN: \(error)", remedy: "write six digits in quotes")
      return nil
    }
  }

  private func ukprn(_ node: ConfigNode) -> UKPRN? {
    guard let text = node.text() else { return nil }
    do { return try UKPRN(text) } catch {
      node.error(
        .badIdentifier, "\(quoted(text)) is not a UKPRN: \(error)",
        remedy: "write eight digits that begin with 1, in quotes")
      return nil
    }
  }

  private func findings(_ node: ConfigNode) -> [FindingCode: Severity] {
    var severities: [FindingCode: Severity] = [:]
    for (key, value) in node.table() ?? [] {
      guard let text = key.text() else { continue }
      let code = FindingCode(rawValue: text)
      guard AdjustableFindings.codes.contains(code) else {
        key.error(
          .unknownChoice, "the severity of \(quoted(text)) cannot be set",
          remedy:
            "take a warning or a note of docs/findings.md; a finding that refuses a file or holds a record keeps its severity"
        )
        continue
      }
      guard let word = value.word(among: AdjustableFindings.severities.map(\.rawValue)) else { continue }
      severities[code] = Severity(rawValue: word)
    }
    return severities
  }

  private func sharing(_ node: ConfigNode?) -> (UnlistedSharing, SharingDecision?) {
    guard let mapping = node?.mapping(KeyLevels.sharing) else { return (.hold, nil) }
    let unlisted = mapping["unlisted"]?.choice(UnlistedSharing.self) ?? .hold
    let by = mapping["by"]?.text()
    let on = mapping["on"]?.date()
    if unlisted != .hold, mapping["by"] == nil || mapping["on"] == nil {
      context.log.error(
        .undecidedSharing, at: mapping.place(of: "unlisted"),
        "unlisted: \(unlisted.rawValue) sends data of pupils whose answer is not known, and it is not said who decided that and when",
        remedy: "add by: NAME and on: DATE, or use unlisted: hold")
    }
    guard let by, let on else { return (unlisted, nil) }
    return (unlisted, SharingDecision(by: by, on: on))
  }
}
