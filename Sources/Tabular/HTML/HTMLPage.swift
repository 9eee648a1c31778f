// What all pages have: one file, no scripts, nothing loaded from anywhere, readable on screen and on paper. Pure.

/// A page to read, print and send: whole in one file.
package struct HTMLPage: Sendable {
  package let title: String
  /// What stands in the page below its beginning; its first heading is the `h1`.
  package let body: HTML
  /// Whether it is to fit on one sheet of A4: smaller letters on paper.
  package let isSheet: Bool

  package init(title: String, isSheet: Bool = false, body: HTML) {
    self.title = title
    self.isSheet = isSheet
    self.body = body
  }

  /// The page in UTF-8.
  package var text: String {
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      \(Self.style)\(isSheet ? Self.sheetStyle : HTML())
      </style>
      </head>
      <body>
      <main>
      \(body)</main>
      </body>
      </html>

      """
    return page.text
  }

  package var bytes: [UInt8] { Array(text.utf8) }

  /// Dark on light with a contrast of at least 7 to 1, wide enough to read, and on paper without what a screen needs.
  private static let style: HTML = """
    body { font: 1rem/1.5 system-ui, "Segoe UI", Arial, sans-serif; color: #1a1a1a; background: #fff; margin: 0; }
    main { max-width: 70rem; margin: 0 auto; padding: 1rem 1.25rem 2rem; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0 .25rem; color: #12385b; overflow-wrap: anywhere; }
    h2 { font-size: 1.15rem; margin: 1.5rem 0 .4rem; color: #12385b; }
    h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
    p, ul, ol { margin: .35rem 0; }
    table { border-collapse: collapse; width: 100%; margin: .35rem 0; }
    caption { text-align: left; padding: .25rem 0; }
    th, td { border: 1px solid #949494; padding: .35rem .5rem; text-align: left; vertical-align: top; }
    thead th { background: #eaeff4; }
    td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
    small, .by { font-weight: normal; color: #404040; }
    pre { border: 1px solid #949494; padding: .35rem .5rem; margin: .35rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    a { color: #0b4a86; }
    .lead { border-left: .35rem solid #12385b; background: #eef3f8; padding: .5rem .8rem; margin: .7rem 0; }
    .lead.stop { border-color: #98001b; background: #fdf0f1; }
    .lead.done { border-color: #14622f; background: #eef7f0; }
    .quiet { color: #404040; }
    @media print {
      main { max-width: none; padding: 0; }
      thead { display: table-header-group; }
      tr, li { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
      a { color: inherit; text-decoration: none; }
    }
    """

  private static let sheetStyle: HTML = """

    @page { size: A4; margin: 10mm; }
    @media print {
      body { font-size: 7.5pt; line-height: 1.25; }
      h1 { font-size: 13pt; margin: 0; }
      h2 { font-size: 9.5pt; margin: 5pt 0 1pt; }
      p, ul, ol, table, .lead { margin: 2pt 0; }
      th, td { padding: 1pt 3pt; }
      .lead { padding: 3pt 6pt; }
    }
    """
}
