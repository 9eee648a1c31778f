// The recipe of the report: what must be in it, what should, and nothing else.

import Leavers
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Recipe of the report") struct ReportRecipeTests {
  private func recipe(
    _ authorities: [AuthorityProfile], kind: ReturnKind = .intendedDestinations, map: HeaderMap = Fixture.map,
    change: (inout Configuration) -> Void = { _ in }
  ) throws -> ReportRecipe {
    var configuration = Recipes.configuration(authorities, map: map)
    change(&configuration)
    let recipes = ReportRecipe.recipes(for: map, in: configuration, kind: kind)
    #expect(recipes.count == 1)
    return try #require(recipes.first)
  }

  private func fields(_ recipe: ReportRecipe, _ need: ReportRecipe.Need) -> [Field] {
    recipe.columns.filter { $0.need == need }.map(\.field)
  }

  private let liverpool = Recipes.authority(
    "liverpool", "Liverpool City Council", 341, required: [.legalSurname, .phone],
    asked: [.intendedDestination, .upn, .phone])

  @Test func mustsAndShoulds() throws {
    let recipe = try recipe([liverpool])
    #expect(
      fields(recipe, .must) == [
        .legalSurname, .legalForename, .dateOfBirth, .yearGroup, .protectedAddress, .placedByAuthority, .phone,
        .sharing,
      ])
    #expect(fields(recipe, .should) == [.upn, .formerUPN, .uln, .laestab, .intendedDestination])
    #expect(recipe.authorities == ["Liverpool City Council"])
    #expect(recipe.stages == [.y11])
    // Data minimisation: what the map knows besides is counted, and nowhere named.
    #expect(recipe.unused == Set(Fixture.map.columns.map(\.field)).count - recipe.withHeading.count)
    #expect(
      !recipe.page.contains("Ethnicity") && !recipe.page.contains("Email") && !recipe.page.contains("Looked After"))
    #expect(recipe.page.contains("\(recipe.unused) further items are known"))
  }

  @Test func eachHasItsReasonsAndAuthorities() throws {
    let sefton = Recipes.authority("sefton", "Sefton Council", 343, routedBy: .resident, asked: [.phone])
    let recipe = try recipe([liverpool, sefton])
    let byField = Dictionary(uniqueKeysWithValues: recipe.columns.map { ($0.field, $0) })
    #expect(recipe.columns.allSatisfy { !$0.why.isEmpty && $0.why.allSatisfy { $0.hasSuffix(".") } })
    #expect(
      byField[.phone]?.why == [
        "Liverpool City Council requires it; a pupil without it is held.", "Sefton Council asks for it.",
      ])
    #expect(byField[.phone]?.authorities == ["Liverpool City Council", "Sefton Council"])
    #expect(byField[.upn]?.why.first == "Liverpool City Council asks for it.")
    #expect(byField[.sharing]?.authorities == [])
    #expect(byField[.dateOfBirth]?.form == "a date, day first: 31/08/2010")
    #expect(byField[.intendedDestination]?.answers.contains("511 - Undecided") == true)
    #expect(byField[.intendedDestination]?.answers.contains { $0.hasPrefix("410") } == false, "an older code")
  }

  @Test func routingByResidenceNeedsTheHomeAuthority() throws {
    let wirral = Recipes.authority("wirral", "Wirral Council", 344, routedBy: .resident)
    #expect(!fields(try recipe([liverpool]), .must).contains(.homeAuthority))
    let recipe = try recipe([wirral])
    #expect(fields(recipe, .must).contains(.homeAuthority) && !fields(recipe, .must).contains(.postcode))
    #expect(
      recipe.columns.first { $0.field == .homeAuthority }?.why
        == ["Wirral Council gets the pupils who live there; this says who does."])
    let withTable = try self.recipe([wirral]) { $0.postcodes = PostcodeTable([:]) }
    #expect(fields(withTable, .must).contains(.postcode))
  }

  @Test func anAuthorityElsewhereAsksNothingOfThisSchool() throws {
    let wirral = Recipes.authority("wirral", "Wirral Council", 344, asked: [.email])
    #expect(!(try recipe([liverpool, wirral])).columns.contains { $0.field == .email })
    // Nobody uses the map yet: it could be any school's.
    let any = try recipe([liverpool, wirral]) { $0.schools = [] }
    #expect(
      any.columns.contains { $0.field == .email } && any.authorities == ["Liverpool City Council", "Wirral Council"])
    let configuration = Recipes.configuration([wirral])
    #expect(ReportRecipe.recipes(for: Fixture.map, in: configuration).isEmpty)
  }

  @Test func eachKindOfReturnHasItsOwn() throws {
    let confirmed = Recipes.authority("liverpool", "Liverpool City Council", 341, kind: .confirmedDestinations)
    #expect(fields(try recipe([confirmed], kind: .confirmedDestinations), .must).contains(.activity))
    let early = Recipes.authority("liverpool", "Liverpool City Council", 341, kind: .earlyLeavers)
    let recipe = try recipe([early], kind: .earlyLeavers)
    #expect(fields(recipe, .must).contains(.leavingDate) && fields(recipe, .should).contains(.expectedEnd))
    #expect(!fields(try self.recipe([liverpool]), .must).contains(.activity))
    var both = liverpool
    both.returns += confirmed.returns
    let configuration = Recipes.configuration([both])
    #expect(
      ReportRecipe.recipes(for: Fixture.map, in: configuration).map(\.kind)
        == [.intendedDestinations, .confirmedDestinations])
    #expect(ReportRecipe.recipes(for: Fixture.map, in: configuration, kind: .riskOfNEET).isEmpty)
  }

  @Test func whatHasNoHeadingIsNamedApart() throws {
    let map = HeaderMap(
      id: "small", name: "", columns: [("Surname", .legalSurname), ("Last <name>", .legalSurname), ("UPN", .upn)],
      values: [:])
    let recipe = try recipe([liverpool], map: map) { $0.schools[0].mis = "small" }
    #expect(recipe.withHeading.map(\.heading) == ["Surname", "UPN"])
    #expect(recipe.withHeading.first?.otherHeadings == ["Last <name>"])
    #expect(recipe.withoutHeading.map(\.field).contains(.dateOfBirth))
    #expect(recipe.misName == "small")
    #expect(recipe.page.contains("Last &lt;name&gt;") && !recipe.page.contains("<name>"))
    #expect(recipe.page.contains("<li>date of birth (must): "))
  }

  @Test func thePageStandsByItself() throws {
    let page = try recipe([liverpool]).page
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en-GB\">"))
    for piece in [
      "<meta charset=\"utf-8\">", "<title>Report for intended destinations (September Guarantee) out of SIMS</title>",
      "<caption>", "<th scope=\"col\">", "<th scope=\"row\">Date of Birth</th>", "@media print", "<main>", "<h1>",
    ] { #expect(page.contains(piece), "\(piece)") }
    for foreign in ["<script", "http:", "https:", "src=", "@import", "url("] { #expect(!page.contains(foreign)) }
    #expect(page.split(separator: "<tr>").count == page.split(separator: "</tr>").count)
  }

  @Test func theWorkbookHasTheHeadingsAndIsUnderstood() throws {
    let recipe = try recipe([liverpool])
    let folder = try TemporaryFolder()
    let bytes = try WorkbookWriter(temporaryFilesIn: folder.path).bytes(of: recipe.workbook, created: 1_780_000_000)
    let tables = try LooseTable.tables(of: bytes)
    #expect(tables.count == 2)
    #expect(tables.first?.rows == [recipe.withHeading.compactMap(\.heading)])
    #expect(tables.last?.rows.count == recipe.columns.count + 1)
    var reader = try WorkbookReader(bytes)
    #expect(try reader.marks() == ["kind": "recipe", "mis": "sims", "return": "intended-destinations"])
    // What is offered in a cell is read as what it stands for.
    for column in recipe.columns {
      for answer in column.answers {
        #expect(Fixture.check(answer, column.field).codes.isEmpty, "\(column.field) \(answer)")
      }
    }
  }
}
