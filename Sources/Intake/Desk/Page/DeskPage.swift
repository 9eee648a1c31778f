// The page that says what lies on a school's desk and what to do. Names of files and nobody's. Pure.

import Leavers
import Tabular

/// What lies in `out` of one school, and what waits for its people.
struct DeskPage: Sendable, Equatable {
  /// The name that stands first in any list of the folder.
  static let name = "START HERE.html"

  struct File: Sendable, Equatable {
    /// With its folder, where it lies in one.
    let name: String
    /// Whether somebody changed it since we wrote it.
    let isChanged: Bool

    var kind: DeskFileKind { DeskFileKind(name) }
  }

  /// An export of which files lie there.
  struct Export: Sendable, Equatable {
    let id: ExportID
    /// The name of the school's own file.
    let title: String
    let takenAt: Timestamp
    /// What became of it, in words.
    let state: String
    let files: [File]
  }

  /// Packs for one authority that lie there.
  struct Pack: Sendable, Equatable {
    let authority: String
    let files: [String]
  }

  let schoolName: String
  /// The folder that exports and corrected files go into, as people know it.
  let inFolder: String
  /// What waits for somebody.
  let tasks: [DeskTasks]
  /// The newest first.
  let exports: [Export]
  /// Those that are to be handed over.
  let packs: [Pack]
  /// Files of ours that are about no export.
  let others: [File]
  /// Exports in the folder that were taken in, by the names of their files: they could be removed.
  var removable: [String] = []
  /// Packs that must not be handed over any more.
  var takeAway: [Pack] = []

  /// So many exports are listed before the rest is counted.
  static let most = 12

  func page(writtenAt instant: Timestamp) -> HTMLPage {
    let title = "\(schoolName): what lies here, and what to do"
    var body: HTML = """
      <h1>\(title)</h1>
      <p class="lead">Put exports and corrected files into the folder <strong>\(inFolder)</strong>; what comes of them \
      lies in this folder, <strong>out</strong>. A file that you change here is yours: it is never written over.</p>

      """
    body += waiting
    body += takeAwayList
    body += packList
    body += exportTable
    body += otherList
    body += removableList
    body += """
      <p class="quiet">Written on \(LondonTime.text(instant)), and anew whenever something changes. These files hold \
      personal data: leave them in this folder, and send none of them by e-mail.</p>

      """
    return HTMLPage(title: title, isSheet: true, body: body)
  }

  private var waiting: HTML {
    if tasks.isEmpty { return "<h2>Waiting for you</h2>\n<p>Nothing.</p>\n" }
    let groups = tasks.map { group in
      let how: HTML = group.how.map { "<p class=\"by\">\($0)</p>\n" } ?? HTML()
      return "<ul>\n\(HTML.joined(group.items.map { "<li>\($0)</li>\n" }))</ul>\n\(how)" as HTML
    }
    return "<h2>Waiting for you</h2>\n\(HTML.joined(groups))"
  }

  private static func items(_ packs: [Pack]) -> [HTML] {
    packs.map { pack in
      "<li><strong>\(pack.authority)</strong>: \(HTML.joined(pack.files.map { link($0, $0) }, by: ", "))</li>\n"
        as HTML
    }
  }

  private var takeAwayList: HTML {
    if takeAway.isEmpty { return HTML() }
    return """
      <h2>To take away</h2>
      <p>These must not be handed over: they were withdrawn, or somebody in them may not be told of so any more. Delete \
      them.</p>
      <ul>
      \(HTML.joined(Self.items(takeAway)))</ul>

      """
  }

  private var packList: HTML {
    if packs.isEmpty { return HTML() }
    let items = Self.items(packs)
    return """
      <h2>To hand over</h2>
      <p>Each file goes to its authority as its cover sheet says. Not by ordinary e-mail.</p>
      <ul>
      \(HTML.joined(items))</ul>

      """
  }

  private var exportTable: HTML {
    guard !exports.isEmpty else { return "<h2>Your files</h2>\n<p>Nothing was taken in yet.</p>\n" }
    let shown = exports.prefix(Self.most)
    let rows = shown.map { export in
      let files = export.files.map { file in
        let changed: HTML = file.isChanged ? " <span class=\"by\">(changed by somebody)</span>" : HTML()
        return Self.link(file.name, file.kind.title(of: file.name)) + changed
      }
      return """
        <tr><th scope="row">\(export.title)</th><td>\(LondonTime.text(export.takenAt)), \(export.id.description)</td>\
        <td>\(export.state)</td><td>\(HTML.joined(files, by: "<br>"))</td></tr>

        """ as HTML
    }
    var section: HTML = """
      <h2>Your files</h2>
      <table>
      <thead><tr><th scope="col">File</th><th scope="col">Taken in</th><th scope="col">What became of it</th>\
      <th scope="col">What lies here</th></tr></thead>
      <tbody>
      \(HTML.joined(rows))</tbody>
      </table>

      """
    if exports.count > shown.count {
      let left = exports.count - shown.count
      section +=
        "<p>\(left) older \(left == 1 ? "one is" : "ones are") left off here; their files lie here as well.</p>\n"
    }
    let kinds = DeskFileKind.allCases.filter { kind in
      shown.contains { $0.files.contains { $0.kind == kind } } || others.contains { $0.kind == kind }
    }
    let terms = kinds.compactMap { kind in
      kind.words.map { "<li><strong>\(kind.title)</strong>: \($0)</li>\n" as HTML }
    }
    if !terms.isEmpty { section += "<ul>\n\(HTML.joined(terms))</ul>\n" }
    return section
  }

  private var otherList: HTML {
    if others.isEmpty { return HTML() }
    let items = others.map { file in
      let what: HTML = file.kind == .other ? HTML() : " <span class=\"by\">(\(file.kind.title))</span>"
      return "<li>\(Self.link(file.name, file.name))\(what)</li>\n" as HTML
    }
    return "<h2>Other files</h2>\n<ul>\n\(HTML.joined(items))</ul>\n"
  }

  private var removableList: HTML {
    if removable.isEmpty { return HTML() }
    return """
      <h2>Could be removed</h2>
      <p>These lie in <strong>\(inFolder)</strong>, were taken in, and are needed there no longer: newer ones \
      stand, or a month has passed. Nothing is removed by itself.</p>
      <ul>
      \(HTML.joined(removable.map { "<li>\($0)</li>\n" }))</ul>

      """
  }

  /// A link to a file beside the page. Every character that means something in an address is written as its bytes.
  private static func link(_ name: String, _ text: String) -> HTML {
    var address = ""
    for byte in name.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        address.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        address += "%\(digits.count == 1 ? "0" : "")\(digits)"
      }
    }
    return "<a href=\"\(address)\">\(text)</a>"
  }
}
