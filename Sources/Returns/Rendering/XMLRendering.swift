// A return as an XML document. Pure.

import Leavers
import Profiles
import Tabular

/// Writes the element tree that the profile declares; a document that its schema does not allow is not made.
struct XMLRendering {
  let profile: ReturnProfile
  let form: XMLForm
  /// Of the columns, under the row's element.
  let paths: [XMLPath?]

  init(profile: ReturnProfile, form: XMLForm) {
    self.profile = profile
    self.form = form
    paths = profile.columns.map { XMLPath($0.element ?? $0.name) }
  }

  func bytes(_ rows: ReturnRows, _ setting: RenderSetting) throws(ReturnsError) -> [UInt8] {
    let root = tree(rows, setting)
    let document: [UInt8]
    do throws(XMLError) { document = try root.document(namespace: form.namespace) } catch {
      throw ReturnRenderer.unwritable(profile, error.message)
    }
    let problems = try problems(in: document)
    if let first = problems.first {
      throw ReturnRenderer.unwritable(
        profile,
        "it does not meet the schema \(form.schemaFile ?? ""): \(first)"
          + (problems.count > 1 ? ", and \(problems.count - 1) more" : ""))
    }
    return document
  }

  private func problems(in document: [UInt8]) throws(ReturnsError) -> [XMLSchemaCheck.Problem] {
    guard let schema = form.schema else { return [] }
    do throws(XMLSchemaCheck.Failure) {
      return try XMLSchemaCheck(schema: schema).problems(in: document)
    } catch {
      throw ReturnRenderer.unwritable(profile, "the schema \(form.schemaFile ?? "") cannot be used: \(error)")
    }
  }

  // MARK: The tree

  /// The document that these rows come to: written, and compared with what is read back.
  func tree(_ rows: ReturnRows, _ setting: RenderSetting) -> XMLElement {
    var root = XMLElement(form.root)
    for head in form.head {
      guard let path = XMLPath(head.element) else { continue }
      root.set(path.elements, path.attribute, setting.text(head.text, of: rows))
    }
    guard let path = XMLPath(form.row), let name = path.elements.last else { return root }
    let elements = rows.lines.map { row(name, $0.cells) }
    root.append(elements, under: path.elements.dropLast())
    return root
  }

  private func row(_ name: String, _ cells: [String]) -> XMLElement {
    var element = XMLElement(name)
    for (path, text) in zip(paths, cells) {
      guard let path, form.keepsEmpty || !text.isEmpty else { continue }
      element.set(path.elements, path.attribute, text)
    }
    return element
  }
}

extension XMLElement {
  /// Sets the text or an attribute of the element at a path; makes the elements that are missing, at the end.
  fileprivate mutating func set(_ path: [String], _ attribute: String?, _ value: String) {
    guard let first = path.first else {
      if let attribute { attributes.append(Attribute(attribute, value)) } else { text = value }
      return
    }
    let place = children.firstIndex { $0.name == first } ?? children.count
    if place == children.count { children.append(XMLElement(first)) }
    children[place].set(Array(path.dropFirst()), attribute, value)
  }

  fileprivate mutating func append(_ elements: [XMLElement], under path: ArraySlice<String>) {
    guard let first = path.first else {
      children += elements
      return
    }
    let place = children.firstIndex { $0.name == first } ?? children.count
    if place == children.count { children.append(XMLElement(first)) }
    children[place].append(elements, under: path.dropFirst())
  }
}
