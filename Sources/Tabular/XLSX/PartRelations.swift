// Which parts a part of a workbook refers to, and where they lie. From `.rels`.

/// The relations of one part.
struct PartRelations {
  struct Relation {
    let identifier: String
    /// The last word of the relation's type: `worksheet`, `styles`. What stands before it is one of two namespaces.
    let kind: String
    /// The name of the entry that it leads to; nil where it leads out of the workbook.
    let entry: String?
  }

  let relations: [Relation]

  /// A part without relations.
  init() { relations = [] }

  /// `folder`: where the part lies that has these relations; empty, or with a slash at its end.
  init(_ reader: consuming PartReader, folder: String, _ limits: WorkbookLimits) throws(WorkbookError) {
    var relations: [Relation] = []
    try reader.root("Relationships")
    while try reader.nextChild(of: 1) {
      guard reader.xml.isNamed("Relationship"), let identifier = reader.xml.attribute("Id"),
        let type = reader.xml.attribute("Type"), let target = reader.xml.attribute("Target")
      else { continue }
      guard relations.count < limits.entries else {
        throw reader.part.error(.tooManyEntries, "it lists more than \(limits.entries) parts, the limit")
      }
      let isOutside = reader.xml.attribute("TargetMode") == "External"
      relations.append(
        Relation(
          identifier: identifier, kind: type.split(separator: "/").last.map(String.init) ?? "",
          entry: isOutside ? nil : Self.entry(target, in: folder)))
    }
    try reader.finish()
    self.relations = relations
  }

  func first(_ kind: String) -> Relation? { relations.first { $0.kind == kind } }

  func relation(_ identifier: String) -> Relation? { relations.first { $0.identifier == identifier } }

  /// The folder of an entry: empty, or with a slash at its end.
  static func folder(of entry: String) -> String {
    entry.lastIndex(of: "/").map { String(entry[...$0]) } ?? ""
  }

  /// The entry that holds the relations of an entry.
  static func relationsEntry(of entry: String) -> String {
    let folder = folder(of: entry)
    return "\(folder)_rels/\(entry.dropFirst(folder.count)).rels"
  }

  /// The entry that a target leads to: from the root where it begins with a slash, else from the folder; nil where it
  /// leads out of the archive.
  private static func entry(_ target: String, in folder: String) -> String? {
    var path: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for step in decoded(target).split(separator: "/") {
      switch step {
      case ".": continue
      case "..":
        guard path.popLast() != nil else { return nil }
      default: path.append(step)
      }
    }
    return path.isEmpty ? nil : path.joined(separator: "/")
  }

  /// A target with `%20` and its like decoded.
  private static func decoded(_ target: String) -> String {
    guard target.utf8.contains(UInt8(ascii: "%")) else { return target }
    var result: [UInt8] = []
    var rest = Array(target.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        result.append(value)
        rest.removeFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
