// Routing: educated, resident, and everything that a person must decide.

import Leavers
import Profiles
import Testing

@testable import Returns

struct RoutingTests {
  private let region: Set<LACode> = Set(["340", "341", "342", "343", "344", "876"].map(Synthetic.code))

  private func routing(_ authority: String, _ rule: RoutingRule, postcodes: [String: String] = [:]) -> Routing {
    var table: [Postcode: LACode] = [:]
    for (text, code) in postcodes {
      if let postcode = try? Postcode(text) { table[postcode] = Synthetic.code(code) }
    }
    return Routing(
      authority: Synthetic.code(authority), rule: rule, school: Synthetic.code("341"), region: region,
      postcodes: postcodes.isEmpty ? nil : PostcodeTable(table))
  }

  @Test func educatedGoesWhereTheSchoolLies() {
    let record = Synthetic.record(1, [.homeAuthority: "343"])
    #expect(routing("341", .educated).route(record) == .here(.educatedHere))
    #expect(routing("343", .educated).route(record) == .elsewhere(.educatedElsewhere))
  }

  @Test func educatedAsksNothingOfTheHome() {
    let record = Synthetic.record(1, [.homeAuthority: nil, .postcode: nil])
    #expect(routing("341", .educated).route(record) == .here(.educatedHere))
    let outside = Synthetic.record(1, [.homeAuthority: "888"])
    #expect(routing("341", .educated).route(outside) == .here(.educatedHere))
  }

  @Test func residentGoesByTheColumn() {
    let record = Synthetic.record(1, [.homeAuthority: "343", .postcode: nil])
    #expect(routing("343", .resident).route(record) == .here(.homeAuthorityColumn))
    #expect(routing("341", .resident).route(record) == .elsewhere(.homeAuthorityElsewhere))
  }

  @Test func residentGoesByTheTableWithoutColumn() {
    let record = Synthetic.record(1, [.homeAuthority: nil, .postcode: "PR8 1AA"])
    let table = ["PR8 1AA": "343"]
    #expect(routing("343", .resident, postcodes: table).route(record) == .here(.postcodeTable))
    #expect(routing("341", .resident, postcodes: table).route(record) == .elsewhere(.postcodeElsewhere))
  }

  @Test(arguments: ["L1 1AB", "L1", "ZZ99 9ZZ"])
  func neitherDistrictNorPlaceholderIsACertainty(_ postcode: String) {
    // The table knows a neighbour in the district, and somebody put the placeholder into it.
    let table = ["L1 1AA": "341", "ZZ99 9ZZ": "341"]
    let record = Synthetic.record(1, [.homeAuthority: nil, .postcode: postcode])
    #expect(routing("341", .resident, postcodes: table).route(record) == .held(.uncertainRoute))
  }

  @Test func withoutColumnAndTableNobodyKnows() {
    let record = Synthetic.record(1, [.homeAuthority: nil])
    #expect(routing("341", .resident).route(record) == .held(.uncertainRoute))
  }

  @Test func aHomeOutsideTheRegionIsListed() {
    let record = Synthetic.record(1, [.homeAuthority: "888", .postcode: nil])
    #expect(routing("341", .resident).route(record) == .held(.outsideRegion))
    let byTable = Synthetic.record(1, [.homeAuthority: nil, .postcode: "L40 1AA"])
    #expect(routing("341", .resident, postcodes: ["L40 1AA": "888"]).route(byTable) == .held(.outsideRegion))
  }

  @Test func columnAndAddressThatContradictOneAnotherHold() {
    let record = Synthetic.record(1, [.homeAuthority: "341", .postcode: "PR8 1AA"])
    let table = ["PR8 1AA": "343"]
    #expect(routing("341", .resident, postcodes: table).route(record) == .held(.uncertainRoute))
    #expect(routing("343", .resident, postcodes: table).route(record) == .held(.uncertainRoute))
    #expect(routing("344", .resident, postcodes: table).route(record) == .elsewhere(.homeAuthorityElsewhere))
    let outside = Synthetic.record(1, [.homeAuthority: "888", .postcode: "PR8 1AA"])
    #expect(routing("344", .resident, postcodes: ["PR8 1AA": "889"]).route(outside) == .held(.outsideRegion))
  }

  @Test func aHomeAuthorityThatIsNoCodeHolds() {
    let record = Synthetic.record(1, [.homeAuthority: "Sefton", .postcode: "L1 1AA"])
    #expect(routing("341", .resident, postcodes: ["L1 1AA": "341"]).route(record) == .held(.uncertainRoute))
  }

  @Test(arguments: ["Y", "yes", "true", "1", "court order"])
  func aProtectedAddressHolds(_ flag: String) {
    let record = Synthetic.record(1, [.protectedAddress: flag])
    #expect(routing("341", .educated).route(record) == .held(.protectedAddress))
    #expect(routing("341", .resident).route(record) == .held(.protectedAddress))
    #expect(routing("343", .educated).route(record) == .elsewhere(.educatedElsewhere))
    let nowhere = Synthetic.record(1, [.protectedAddress: flag, .homeAuthority: nil])
    #expect(routing("341", .resident).route(nowhere) == .held(.protectedAddress))
    let unclear = Synthetic.record(1, [.protectedAddress: flag, .homeAuthority: "Sefton"])
    #expect(routing("341", .resident).route(unclear) == .held(.protectedAddress))
  }

  @Test(arguments: ["N", "no", "false", "0"])
  func anAddressThatIsNotProtectedGoes(_ flag: String) {
    let record = Synthetic.record(1, [.protectedAddress: flag])
    #expect(routing("341", .educated).route(record) == .here(.educatedHere))
  }

  @Test func aChildPlacedByAnotherAuthorityHolds() {
    let record = Synthetic.record(1, [.placedByAuthority: "888"])
    #expect(routing("341", .educated).route(record) == .held(.placedByAnotherAuthority))
    #expect(routing("341", .resident).route(record) == .held(.placedByAnotherAuthority))
    let garbled = Synthetic.record(1, [.placedByAuthority: "somewhere"])
    #expect(routing("341", .educated).route(garbled) == .held(.placedByAnotherAuthority))
  }

  @Test func aChildPlacedByTheAuthorityItselfGoes() {
    let record = Synthetic.record(1, [.placedByAuthority: "341"])
    #expect(routing("341", .educated).route(record) == .here(.educatedHere))
  }
}
