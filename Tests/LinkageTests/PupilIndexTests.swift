import Leavers
import Linkage
import Testing

@Suite("Pupil index") struct PupilIndexTests {
  private let ann = LeaverRecord([
    .upn: "A1", .formerUPN: "A0", .uln: "1", .admissionNumber: "77", .legalSurname: "O'Brien", .legalForename: "Ann",
    .dateOfBirth: "2010-01-02",
  ])
  private let bob = LeaverRecord([
    .uln: "2", .legalSurname: "Smith", .legalForename: "Bob", .dateOfBirth: "2010-03-04",
  ])

  private func way(_ row: [Field: String], _ known: [LeaverRecord]? = nil) -> String {
    PupilIndex(known ?? [ann, bob]).find(LeaverRecord(row)).map { "\($0.index) \($0.way)" } ?? "nobody"
  }

  @Test func byIdentifier() {
    #expect(way([.upn: "A1"]) == "0 identifier")
    #expect(way([.upn: "A0"]) == "0 identifier", "a UPN that it had formerly")
    #expect(way([.upn: "A2", .formerUPN: "A1"]) == "0 identifier")
    #expect(way([.uln: "2"]) == "1 identifier")
    #expect(way([.upn: "A9", .uln: "1"]) == "nobody", "two UPNs are two pupils")
    #expect(way([.upn: "A1"], [ann, ann]) == "nobody")
    #expect(way([:]) == "nobody")
  }

  @Test(arguments: [Field.upn, .uln])
  func anotherChildsIdentifier(_ field: Field) {
    let wrong: [Field: String] = [
      field: ann[field] ?? "", .legalSurname: "Other", .legalForename: "Child", .dateOfBirth: "2010-09-09",
    ]
    #expect(way(wrong) == "nobody")
    #expect(way(wrong.merging([.dateOfBirth: "2010-01-02"]) { $1 }) == "0 identifier", "another name")
    #expect(way(wrong.merging([.legalForename: "ANN"]) { $1 }) == "0 identifier", "another date")
  }

  @Test func byAdmissionNumberOnlyWhereTheRestAgrees() {
    #expect(way([.admissionNumber: "77", .legalSurname: "OBRIEN"]) == "0 admissionNumber")
    #expect(way([.admissionNumber: "77", .dateOfBirth: "2010-01-02"]) == "0 admissionNumber")
    #expect(way([.admissionNumber: "77"]) == "nobody", "nothing else is said")
    #expect(way([.admissionNumber: "77", .legalSurname: "O'Brien", .legalForename: "Eve"]) == "nobody")
    #expect(way([.admissionNumber: "77", .legalSurname: "O'Brien", .dateOfBirth: "2011-01-02"]) == "nobody")
  }

  @Test func byNameAndDateOfBirth() {
    let row: [Field: String] = [.legalSurname: "smith", .legalForename: "BOB", .dateOfBirth: "2010-03-04"]
    #expect(way(row) == "1 nameAndBirth")
    #expect(way(row.merging([.dateOfBirth: "2010-03-05"]) { $1 }) == "nobody")
    #expect(way(row, [bob, bob]) == "nobody", "twins of one name")
    #expect(way([.legalSurname: "smith", .legalForename: "BOB"]) == "nobody")
  }

  @Test func byRowKeyWhereSomethingSpeaksForIt() {
    let index = PupilIndex([ann, bob], keys: ["ka", "kb"])
    func found(_ key: String, _ row: [Field: String]) -> String {
      index.find(LeaverRecord(row), key: key).map { "\($0.index) \($0.way)" } ?? "nobody"
    }
    #expect(found("ka", [.upn: "A1", .legalSurname: "Newname"]) == "0 rowKey", "a name that was mended")
    #expect(found("kb", [.legalForename: "Bob", .dateOfBirth: "2010-03-05"]) == "1 rowKey")
    #expect(found("kb", [.legalSurname: "Smith", .dateOfBirth: "2010-03-04"]) == "1 rowKey", "no forename is given")
    #expect(found("kb", [.upn: "A1", .legalForename: "Ann"]) == "0 identifier", "the identifier is another's")
    #expect(found("kb", [.upn: "A1", .legalForename: "Bob"]) == "nobody", "whose it is, a person must say")
    #expect(
      found("kb", [.legalSurname: "Smith", .legalForename: "Tim", .dateOfBirth: "2010-03-04"]) == "nobody", "a twin")
    #expect(
      found("kb", [.legalSurname: "Jones", .legalForename: "Bob", .dateOfBirth: "2010-09-01"]) == "nobody",
      "another child of the same forename")
    #expect(found("kb", [.legalSurname: "Jones", .legalForename: "Bob", .dateOfBirth: "2010-03-04"]) == "1 rowKey")
    #expect(found("kb", [:]) == "nobody" && found("none", [.upn: "A1"]) == "0 identifier")
  }
}
