// Pages: what is put in cannot get out of its place, and a page needs nothing from anywhere.

import Tabular
import Testing

@Suite("HTML") struct HTMLTests {
  @Test(arguments: [
    ("plain", "plain"), ("a & b", "a &amp; b"), ("<script>", "&lt;script&gt;"),
    ("\" onclick='x'", "&quot; onclick=&#39;x&#39;"),
    ("&lt;", "&amp;lt;"), ("O’Brien ü", "O’Brien ü"), ("a\u{0}b\u{1B}c\u{85}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
    ("two\nlines", "two\nlines"),
  ])
  func whatIsPutInIsEscaped(_ text: String, _ escaped: String) {
    let piece: HTML = "<b title=\"\(text)\">\(text)</b>"
    #expect(piece.text == "<b title=\"\(escaped)\">\(escaped)</b>")
  }

  @Test func piecesStayWhatTheyAre() {
    let cell: HTML = "<td>\("<1>")</td>"
    let row: HTML = "<tr>\(cell)\(HTML.joined([cell, cell], by: "|"))\(12)</tr>"
    #expect(row.text == "<tr><td>&lt;1&gt;</td><td>&lt;1&gt;</td>|<td>&lt;1&gt;</td>12</tr>")
    #expect(HTML().isEmpty && (cell + cell).text == cell.text + cell.text)
  }

  @Test func aPageIsWholeInItself() {
    let page = HTMLPage(title: "A < B", isSheet: true, body: "<h1>\("A < B")</h1>\n")
    #expect(page.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en-GB\">\n"))
    #expect(page.text.contains("<title>A &lt; B</title>") && page.text.contains("<main>\n<h1>A &lt; B</h1>\n</main>"))
    #expect(page.text.contains("size: A4"))
    #expect(!HTMLPage(title: "", body: "").text.contains("size: A4"))
    for foreign in ["<script", "http:", "https:", "src=", "@import", "url("] { #expect(!page.text.contains(foreign)) }
    #expect(page.bytes == Array(page.text.utf8))
  }
}
