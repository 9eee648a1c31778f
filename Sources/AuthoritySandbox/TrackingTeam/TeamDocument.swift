// How a team that takes XML reads a document: the schema first, then its header, then each record by paths. Pure.

package import Tabular

/// An XML document as a team takes it. A column's header is the path of its text below the record's element, such as
/// `Identity/UPN` or `Destination/@plan`.
package struct TeamDocument: Sendable {
  /// The authority's own schema: what it does not allow is refused as a whole.
  package let schema: XMLSchemaCheck
  package let namespace: String
  package let root: String
  /// What stands before the records, by path below the root.
  package let header: [(path: String, control: TeamControl)]
  /// The path of a record's element below the root.
  package let record: String

  func rows(
    of bytes: [UInt8], _ specification: TeamReturn, named reading: TeamFileName.Reading
  ) -> Result<TeamRows, TeamRecords.Flaw> {
    func refuse(_ why: String) -> Result<TeamRows, TeamRecords.Flaw> { .failure(TeamRecords.Flaw(why: why)) }
    let tree: XMLElement
    let found: String?
    do { (tree, found) = try XMLElement.read(bytes) } catch { return refuse("the document cannot be read: \(error)") }
    guard tree.name == root, found == namespace else { return refuse("the root is not \(root) of \(namespace)") }
    if let problem = schema.problems(in: bytes).first { return refuse("the schema does not allow it: \(problem)") }
    let records = tree.elements(at: record)
    let rows = TeamRows(
      specification: specification,
      cells: records.map { record in specification.columns.map { record.text(at: $0.header) } }, first: 1)
    for (path, control) in header {
      if let why = control.flaw(of: tree.text(at: path), reading, rows) { return refuse("\(path) \(why)") }
    }
    return .success(rows)
  }
}

extension XMLElement {
  /// The elements at a path below this one, such as `Leavers/Leaver`.
  fileprivate func elements(at path: String) -> [XMLElement] {
    path.split(separator: "/").reduce([self]) { found, name in
      found.flatMap { $0.children.filter { $0.name == name } }
    }
  }

  /// The text at a path, or the value of the attribute that it ends in; "" where there is none.
  fileprivate func text(at path: String) -> String {
    var names = path.split(separator: "/")
    var attribute: Substring?
    if let last = names.last, last.first == "@" {
      attribute = last.dropFirst()
      names.removeLast()
    }
    guard let element = elements(at: names.joined(separator: "/")).first else { return "" }
    guard let attribute else { return element.text }
    return element.attributes.first { $0.name == attribute }?.value ?? ""
  }
}
