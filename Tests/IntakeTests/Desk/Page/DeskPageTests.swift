// The page of a desk: what lies there by the ledger and the folder, what waits, and that it is written only when it is news.

import Glibc
import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("The page of a desk") struct DeskPageTests {
  private static let place = "\(Fixture.laestab)/desk/out"

  private func page(_ yard: Yard) -> String { String(decoding: yard.outBytes(DeskPage.name), as: UTF8.self) }

  @Test func itSaysWhatLiesThere() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try await yard.settle(station)
    #expect(page(yard).contains("School 3414787: what lies here, and what to do"))
    #expect(page(yard).contains("Nothing was taken in yet.") && page(yard).contains("<p>Nothing.</p>"))
    try yard.drop("Lea & vers #1.csv", Fixture.export([Fixture.row(0)]))
    try await yard.run(station)
    let text = page(yard)
    #expect(text.contains("<th scope=\"row\">Lea &amp; vers #1.csv</th>"))
    #expect(text.contains("<a href=\"Lea%20%26%20vers%20%231.summary.html\">Summary</a>"))
    #expect(text.contains("<a href=\"Lea%20%26%20vers%20%231.checked.csv\">Checked file</a>"))
    #expect(text.contains("1 row read; what goes where is not decided yet."))
    #expect(!text.contains("Zzsurname"))
    for foreign in ["<script", "http:", "https:", "src=", "@import", "url("] { #expect(!text.contains(foreign)) }
    // What is gone is not listed; what somebody changed is, as such.
    #expect(unlink("\(yard.folder.path)/\(Self.place)/Lea & vers #1.findings.csv") == 0)
    try yard.folder.write("\(Self.place)/Lea & vers #1.checked.csv", "mine")
    try await yard.settle(station)
    #expect(!page(yard).contains("findings.csv"))
    #expect(page(yard).contains("Checked file</a> <span class=\"by\">(changed by somebody)</span>"))
  }

  @Test func itIsWrittenOnlyWhenItIsNews() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", Fixture.export([Fixture.row(0)]))
    try await yard.run(station)
    let first = page(yard)
    let ledger = try await yard.ledger()
    let event = try await ledger.overview.newestEvent()
    yard.clock.advance(by: .seconds(7200))
    try await yard.settle(station)
    yard.crash()
    let fresh = try await yard.station()
    try await yard.settle(fresh)
    #expect(page(yard) == first, "its time is that of what it says")
    #expect(try await yard.ledger().overview.newestEvent() == event, "nothing is noted either")
    // Gone, it is written again, as it was.
    #expect(unlink("\(yard.folder.path)/\(Self.place)/\(DeskPage.name)") == 0)
    try await yard.settle(fresh)
    #expect(page(yard) == first)
    try yard.drop("b.csv", Fixture.export([Fixture.row(1)]))
    try await yard.run(fresh)
    #expect(page(yard) != first && page(yard).contains("b.csv"))
  }

  @Test func aPageThatSomebodyChangedIsKept() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try await yard.settle(station)
    try yard.folder.write("\(Self.place)/\(DeskPage.name)", "mine")
    try await yard.settle(station)
    #expect(page(yard) == "mine")
    #expect(String(decoding: yard.outBytes("START HERE (2).html"), as: UTF8.self).contains("what lies here"))
    try yard.drop("a.csv", Fixture.export([Fixture.row(0)]))
    try await yard.run(station)
    #expect(page(yard) == "mine")
    #expect(String(decoding: yard.outBytes("START HERE (2).html"), as: UTF8.self).contains("a.csv"))
    #expect(yard.out() == ["a.checked.csv", "a.findings.csv", "a.summary.html"])
  }

  @Test func whatWaitsForTheSchoolIsToldWithoutCommands() async throws {
    let yard = try Yard(schools: [Fixture.laestab, "3434000"])
    let station = try await yard.station()
    try yard.drop("a.csv", Fixture.export((0..<2).map { Fixture.row($0) }))
    try await yard.run(station)
    try await yard.decide(
      ExportID(rawValue: 1), [(Yard.sefton, [2: .full], [(row: 3, fate: .held(.uncertainRoute))], [])])
    try await yard.settle(station)
    let text = page(yard)
    #expect(
      text.contains("<li>1 row of E1 held from sefton: it is not certain where the pupil lives.</li>"))
    #expect(!text.contains("leaverlink show"))
    #expect(text.contains("2 rows read and decided."))
    let other = String(decoding: yard.outBytes(DeskPage.name, "3434000"), as: UTF8.self)
    #expect(other.contains("<p>Nothing.</p>") && !other.contains("E1"))
  }

  @Test func packsOthersAndWhatIsCut() {
    let exports = (1...14).map { number in
      DeskPage.Export(
        id: ExportID(rawValue: Int64(number)), title: "a<\(number)>.csv", takenAt: Timestamp(milliseconds: 0),
        state: "1 row read.", files: [.init(name: "a.summary.html", isChanged: false)])
    }
    let page = DeskPage(
      schoolName: "A & B", inFolder: "in", tasks: [.init(items: ["Do <this>."], how: "By & by.")], exports: exports,
      packs: [.init(authority: "Sefton Council", files: ["sefton/R1.csv", "sefton/R1.txt"])],
      others: [.init(name: "sheets/release.xlsx", isChanged: false)], removable: ["old.csv"])
    let text = page.page(writtenAt: Timestamp(milliseconds: 0)).text
    #expect(text.contains("<title>A &amp; B: what lies here") && text.contains("<li>Do &lt;this&gt;.</li>"))
    #expect(text.contains("<a href=\"sefton/R1.csv\">sefton/R1.csv</a>, <a href=\"sefton/R1.txt\">"))
    #expect(text.contains("</ul>\n<p class=\"by\">By &amp; by.</p>"))
    #expect(text.contains("2 older ones are left off here"))
    #expect(text.contains("a&lt;1&gt;.csv") && text.contains("<li>old.csv</li>"))
    #expect(text.contains("release.xlsx</a> <span class=\"by\">(Sheet to fill in)</span>"))
    #expect(text.contains("<strong>Sheet to fill in</strong>"))
  }

  @Test func whatMustNotGoIsNamedFirst() {
    var page = DeskPage(
      schoolName: "A", inFolder: "in", tasks: [], exports: [],
      packs: [.init(authority: "Sefton Council", files: ["sefton/R2.csv"])], others: [])
    page.takeAway = [.init(authority: "Sefton Council", files: ["sefton/R1.csv", "sefton/R1.csv.cover.txt"])]
    let text = page.page(writtenAt: Timestamp(milliseconds: 0)).text
    let parts = text.split(separator: "<h2>").map(String.init)
    let away = parts.first { $0.hasPrefix("To take away") }, over = parts.first { $0.hasPrefix("To hand over") }
    #expect(away?.contains("R1.csv.cover.txt") == true && away?.contains("R2.csv") == false)
    #expect(over?.contains("R2.csv") == true && over?.contains("R1.csv") == false)
  }

  /// A pack that was withdrawn is not to be handed over, and stays a thing to do until it was seen to be gone.
  @Test func aPackThatWasWithdrawnIsToBeTakenAway() async throws {
    let yard = try Yard(authorities: [
      Recipes.authority("sefton", "Sefton", 343, required: [.legalSurname], asked: [.upn])
    ])
    let (station, ledger) = (try await yard.station(), try await yard.ledger())
    try yard.drop("a.csv", Fixture.export([Fixture.row(0)]))
    try await yard.run(station)
    try await yard.decide(
      ExportID(rawValue: 1), [(entry: Yard.sefton, sent: [2: .full], fates: [], notRouted: [])],
      way: DeliveryWay(publication: .desk, readBack: .content, takesFiles: false, folder: "sefton"))
    let id = ReturnID(rawValue: 1)
    for event: ReturnEvent in [.started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal)] {
      try await ledger.deliveries.apply(event, to: id, note: DeliveryNote(at: yard.clock.now()))
    }
    try yard.folder.makeFolder("\(Self.place)/sefton")
    for name in ["R1.csv", "R1.csv.cover.txt", "notes.txt"] {
      try yard.folder.write("\(Self.place)/sefton/\(name)", name)
    }
    func section(_ title: String) -> String {
      page(yard).split(separator: "<h2>").first { $0.hasPrefix(title) }.map(String.init) ?? ""
    }
    try await yard.settle(station)
    #expect(section("To hand over").contains("sefton/R1.csv.cover.txt</a>"))
    #expect(!section("To hand over").contains("notes.txt"))
    try await ledger.returns.withdraw(id, by: Person(name: "Pat Example", known: "login user"), why: nil)
    try await yard.settle(station)
    #expect(section("To hand over").isEmpty && section("To take away").contains("sefton/R1.csv</a>"))
    #expect(section("Waiting for you").contains("Take it away, so that nobody hands it over."))
    for name in ["R1.csv", "R1.csv.cover.txt"] {
      #expect(unlink("\(yard.folder.path)/\(Self.place)/sefton/\(name)") == 0)
    }
    try await yard.settle(station)
    #expect(section("To take away").isEmpty)
    #expect(try await !ledger.overview.todo().contains { $0.code == .packToTakeAway })
    #expect(!page(yard).contains("Take it away"))
  }

  /// What was taken in, and stands no longer, could go: the page names it, and nothing removes it.
  @Test func exportsThatCouldGoAreNamed() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    let ledger = try await yard.ledger()
    for (number, name) in ["first.csv", "second.csv"].enumerated() {
      try yard.drop(name, Fixture.export([Fixture.row(number)]))
      try await yard.run(station)
      let export = try #require(try await yard.exports().last)
      try await ledger.returns.setScope(export.id, [])
      try await ledger.returns.finish(export.id)
      try await yard.run(station)
    }
    let text = page(yard)
    let removable = text.firstRange(of: "Could be removed").map { String(text[$0.upperBound...]) } ?? ""
    #expect(removable.contains("newer ones stand, or a month has passed"))
    #expect(removable.contains("<li>first.csv</li>"))
    #expect(!removable.contains("<li>second.csv</li>"))
    #expect(yard.folder.exists("\(Fixture.laestab)/exports/first.csv"))
  }
}
