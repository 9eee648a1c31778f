// Providers in our own layout.

import Leavers
import Tabular

/// A list with the columns `id`, `name` and `kind`, and optionally `aliases` (divided by `|`), `ukprn`, `laestab`, `urn`,
/// `postcode`, `status` (`open` or `closed`) and `evidence`; others, such as `note`, are for people.
struct OwnProviderRows: ProviderRows {
  private(set) var providers: [Provider] = []
  private(set) var flaws = ProviderFlaws()

  private let id, name, kind: Int
  private let aliases, ukprn, laestab, urn, postcode, status, evidence: Int?
  private var lines: [ProviderID: Int] = [:]
  private var names: [String: Int] = [:]

  init?(_ header: ProviderHeader) {
    guard let id = header.column("id"), let name = header.column("name"), let kind = header.column("kind") else {
      return nil
    }
    (self.id, self.name, self.kind) = (id, name, kind)
    aliases = header.column("aliases")
    ukprn = header.column("ukprn")
    laestab = header.column("laestab")
    urn = header.column("urn")
    postcode = header.column("postcode")
    status = header.column("status")
    evidence = header.column("evidence")
  }

  mutating func take(_ row: borrowing CSVRow) {
    let line = row.line
    guard let id = ProviderID(rawValue: row.cell(id)) else {
      return flaws.add(
        line, "id", "this is not a short name", "use 1 to 64 small letters, digits and hyphens, a letter or digit first"
      )
    }
    if let earlier = lines.updateValue(line, forKey: id) {
      return flaws.add(line, "id", "\(quoted(id.rawValue)) stands twice", "it stands on line \(earlier); correct one")
    }
    let name = row.cell(name)
    guard !ProviderName.key(name).isEmpty else {
      return flaws.add(line, "name", "there is no name", "write the provider's name in full")
    }
    guard let kind = word(row.cell(kind), line, "kind", ProviderKind.self) else { return }
    let status = row.cell(status)
    if !["", "open", "closed"].contains(status) {
      flaws.add(line, "status", "\(quoted(status)) is not known here", "use one of: open, closed")
    }
    var evidence = Provider.Evidence.illustrative
    if !row.cell(self.evidence).isEmpty {
      evidence = word(row.cell(self.evidence), line, "evidence", Provider.Evidence.self) ?? evidence
    }
    let aliases = row.cell(aliases).split(separator: "|").map { String($0).trimmedOfBlanks }.filter { !$0.isEmpty }
    for key in Set(([name] + aliases).map(ProviderName.key)).sorted() {
      if let earlier = names.updateValue(line, forKey: key) {
        flaws.add(
          line, "aliases", "\(quoted(key)) is the name of two providers",
          "it stands on line \(earlier) as well; keep it where it is meant")
      }
    }
    providers.append(
      Provider(
        id: id, name: name, aliases: aliases, ukprn: flaws.ukprn(row.cell(ukprn), line: line),
        laestab: flaws.laestab(row.cell(laestab), line: line), urn: flaws.urn(row.cell(urn), line: line), kind: kind,
        postcode: ProviderFlaws.postcode(row.cell(postcode)), isClosed: status == "closed", evidence: evidence))
  }

  private mutating func word<Word: CaseIterable & RawRepresentable>(
    _ text: String, _ line: Int, _ column: String, _ type: Word.Type
  ) -> Word? where Word.RawValue == String {
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue)
    flaws.add(
      line, column, text.isEmpty ? "this is blank" : "\(quoted(text)) is not known here",
      Nearest.remedy(for: text, among: known, otherwise: "use one of: \(known.joined(separator: ", "))"))
    return nil
  }
}
