// Common Transfer Files as exports: what is kept, what is not, what is refused and by which finding.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Common Transfer Files as exports") struct TransferScanTests {
  private func examine(_ pupils: [String], dest: String = TransferFixture.dest) -> Examination {
    Fixture.examine(TransferFixture.bytes(pupils, dest: dest), named: "3414787_CTF_XXXXXXX_001.xml")
  }

  private func record(_ pupil: String) throws -> LeaverRecord { try #require(examine([pupil]).row(1)).record }

  // MARK: What is kept

  @Test func everythingThatHasAField() throws {
    let examination = examine([TransferFixture.full, TransferFixture.pupil(1)])
    #expect(examination.fatal == nil)
    #expect(examination.rows.map(\.rowNumber) == [1, 2], "the pupil's number is the row")
    #expect(examination.summary.encoding == "ctf")
    let expected: [Field: String] = [
      .upn: Fixture.upns[0], .formerUPN: "N876499920000", .uln: Fixture.ulns[0], .legalSurname: "Zzsurnamea",
      .legalForename: "Qqforenamea", .middleNames: "Qqmiddle", .preferredSurname: "Zzpreferred",
      .preferredForename: "Qqpreferred", .formerSurname: "Zzformer", .dateOfBirth: "2010-03-01", .sex: "F",
      .ethnicity: "WBRI", .yearGroup: "11", .enrolmentStatus: "C", .laestab: Fixture.laestab,
      .schoolName: "Example High School", .senProvision: "E", .lookedAfter: "Y", .phone: "07700900123",
      .email: "zz@example.org", .addressLine1: "Flat 2", .addressLine2: "14 Zz Street", .addressLine3: "Zzside",
      .town: "Bootle", .county: "Merseyside", .postcode: "L20 3DL", .parentName: "Qq Zzfirst",
      .parentAddress: "Flat 2, 14 Zz Street, Zzside, Bootle, Merseyside, L20 3DL", .entryDate: "2021-09-02",
      .leavingDate: "2026-06-26", .leavingReason: "End of Year 11",
    ]
    let record = try #require(examination.row(1)).record
    for (field, value) in expected { #expect(record[field] == value, "\(field)") }
    #expect(record.fields.count == expected.count)
    #expect(examination.row(1)?.cohort == Cohort(stage: .y11, leavingYear: 2026))
    #expect(examination.row(2)?.record[.upn] == Fixture.upns[1])
  }

  @Test func whatIsNotKeptIsNamedOnce() throws {
    let examination = examine([TransferFixture.full, TransferFixture.full])
    let notes = examination.details.filter { $0.code == .transferNotKept }
    let note = try #require(notes.first)
    #expect(notes.count == 1)
    #expect(note.what.contains("9 elements"))
    #expect(
      note.value?.exposed.components(separatedBy: ", ") == [
        "Header/DestSchool", "Pupil/Attendance", "Pupil/BasicDetails/EthnicitySource", "Pupil/BasicDetails/Languages",
        "Pupil/FSMhistory", "Pupil/LookedAfter/CareAuthority", "Pupil/Phones/Phone/TelephoneType",
        "Pupil/SENhistory/SENneeds", "Pupil/UCI",
      ])
    #expect(examine([TransferFixture.pupil()], dest: "").codes(row: nil) == ["L622", "L623"])
    // However many there are, the list ends; and in other namespaces nothing is anybody's.
    let many = (0..<100).map { "<Zz\($0)>x</Zz\($0)>" }.joined()
    let long = examine([TransferFixture.pupil(more: many)]).details.first { $0.code == .transferNotKept }
    #expect(long?.what.contains("more than 60 elements") == true)
    #expect(long?.value?.exposed.hasSuffix(", ...") == true)
    let foreign = TransferFixture.pupil(more: "<x:Email xmlns:x=\"urn:x\">zz@example.org</x:Email>")
    #expect(try record(foreign)[.email] == nil)
  }

  @Test func genderIsTheOlderNameOfSex() throws {
    let old = TransferFixture.pupil(replacing: ["<Sex>F</Sex>": "<Gender>M</Gender>"])
    #expect(try record(old)[.sex] == "M")
    #expect(examine([old, TransferFixture.pupil(1)]).rows.map { $0.record[.sex] } == ["M", "F"])
  }

  /// Findings name the element, and the pupil by its number.
  @Test func findingsNameElements() throws {
    let wrong = TransferFixture.pupil(1, replacing: [Fixture.upns[1]: "A801200005001"])
    let finding = try #require(examine([TransferFixture.pupil(), wrong]).details.first { $0.row == 2 })
    #expect(finding.code == .upnCheckLetter)
    #expect(finding.column == "Pupil/UPN")
    #expect(finding.value?.exposed == "A801200005001")
  }

  /// What stands twice is compared as two columns of a table are.
  @Test func anElementThatContradictsItselfHoldsThePupil() throws {
    let twice = TransferFixture.pupil(replacing: ["<DOB>2010-03-01</DOB>": "<DOB>2010-03-01</DOB><DOB>2010-01-03</DOB>"]
    )
    let examination = examine([twice, TransferFixture.pupil(1)])
    #expect(examination.row(1)?.verdict == .held(.contradictoryRepeat))
    #expect(examination.codes(row: 1) == ["L036", "L210"])
    #expect(examination.row(2)?.verdict == .clear)
    #expect(examination.details.first { $0.code == .repeatedColumn }?.column == "Pupil/DOB (2)")
    let same = TransferFixture.pupil(replacing: ["<DOB>2010-03-01</DOB>": "<DOB>2010-03-01</DOB><DOB>2010-03-01</DOB>"])
    #expect(examine([same]).row(1)?.verdict == .clear)
  }

  @Test func aPupilWithoutAnythingIsHeldAndNotLost() throws {
    let examination = examine([TransferFixture.pupil(), "<UPN/>"])
    #expect(examination.rows.count == 2)
    #expect(examination.row(2)?.verdict == .held(.noName))
    #expect(examination.summary.blankRows == 0)
  }

  // MARK: What is newest

  @Test(arguments: [
    (
      "<SEN><StartDate>2024-01-08</StartDate><SENprovision>E</SENprovision></SEN>"
        + "<SEN><StartDate>2021-09-01</StartDate><SENprovision>K</SENprovision></SEN>", "E", false
    ),
    ("<SEN><SENprovision>K</SENprovision></SEN>", "K", false),
    ("<SEN><SENprovision>K</SENprovision></SEN><SEN><SENprovision>K</SENprovision></SEN>", "K", false),
    (
      "<SEN><SENprovision>K</SENprovision></SEN><SEN><StartDate>2021-09-01</StartDate><SENprovision>E</SENprovision></SEN>",
      nil, true
    ),
    (
      "<SEN><StartDate>2021-09-01</StartDate><SENprovision>K</SENprovision></SEN>"
        + "<SEN><StartDate>2021-09-01</StartDate><SENprovision>E</SENprovision></SEN>", nil, true
    ),
    ("<SEN><StartDate>2021-09-01</StartDate></SEN>", nil, false),
  ])
  func provision(_ history: String, _ expected: String?, _ isTold: Bool) throws {
    let examination = examine([TransferFixture.pupil(more: "<SENhistory>\(history)</SENhistory>")])
    #expect(examination.row(1)?.record[.senProvision] == expected)
    #expect(examination.codes(row: 1).contains("L620") == isTold)
  }

  @Test func theStayAtThisSchoolAlone() throws {
    func stay(_ estab: String, _ from: String, _ until: String) -> String {
      "<School><LEA>341</LEA><Estab>\(estab)</Estab><EntryDate>\(from)</EntryDate><LeavingDate>\(until)</LeavingDate></School>"
    }
    func history(_ stays: String...) -> String {
      TransferFixture.pupil(more: "<SchoolHistory>\(stays.joined())</SchoolHistory>")
    }
    let elsewhere = try record(history(stay("2000", "2014-09-01", "2021-07-20")))
    #expect(elsewhere[.leavingDate] == nil && elsewhere[.entryDate] == nil)
    // Who came back has not left.
    let back = try record(
      history(stay("4787", "2021-09-01", "2023-03-01"), stay("2000", "2023-03-02", ""), stay("4787", "2024-01-08", "")))
    #expect(back[.leavingDate] == nil && back[.entryDate] == "2024-01-08")
    let untold = examine([history(stay("4787", "2021-09-01", "2023-03-01"), stay("4787", "", "2026-06-26"))])
    #expect(untold.row(1)?.record[.leavingDate] == nil)
    #expect(
      untold.details.filter { $0.code == .transferUndated }.compactMap(\.field) == [
        .entryDate, .leavingDate, .leavingReason,
      ])
  }

  // MARK: Addresses and parents

  @Test func addressInLinesOrParts() throws {
    func address(_ content: String) throws -> LeaverRecord {
      try record(TransferFixture.pupil(more: "<Address>\(content)</Address>"))
    }
    func lines(_ record: LeaverRecord) -> [String?] {
      [record[.addressLine1], record[.addressLine2], record[.addressLine3], record[.town]]
    }
    let five = (1...5).map { "<AddressLine\($0)>Zz\($0)</AddressLine\($0)>" }.joined()
    #expect(lines(try address("<AddressLines>\(five)</AddressLines>")) == ["Zz1", "Zz2", "Zz3, Zz4, Zz5", nil])
    let parts =
      "<BS7666Address><PAON>Zz House</PAON><Street>Zz Street</Street><PostTown>Bootle</PostTown></BS7666Address>"
    #expect(lines(try address(parts)) == ["Zz House", "Zz Street", nil, "Bootle"])
    #expect(
      lines(try address("<AddressLines><AddressLine1/></AddressLines>\(parts)")) == [
        "Zz House", "Zz Street", nil, "Bootle",
      ])
    #expect(
      lines(try address("<AddressLines><AddressLine2>Zz2</AddressLine2></AddressLines>\(parts)")) == [
        "Zz2", nil, nil, "Bootle",
      ])
    #expect(lines(try record(TransferFixture.pupil())) == [nil, nil, nil, nil])
  }

  @Test(
    arguments: [
      (["1 true a"], "Qq Zza"), (["1 true a", "2 true b"], "Qq Zza"),
      (["2 true a", "1 true b", "0 false c"], "Qq Zzb"),
      (["1 true a", "1 true b"], nil), (["1 false a"], nil), (["- true a"], "Qq Zza"), (["- true a", "1 true b"], nil),
      (["1 - a"], nil),
    ] as [([String], String?)])
  func parent(_ contacts: [String], _ expected: String?) throws {
    let text = contacts.map { contact in
      let parts = contact.split(separator: " ")
      return (parts[0] == "-" ? "" : "<Order>\(parts[0])</Order>")
        + (parts[1] == "-" ? "" : "<Responsibility>\(parts[1])</Responsibility>")
        + "<Forename>Qq</Forename><Surname>Zz\(parts[2])</Surname>"
    }
    let record = try record(
      TransferFixture.pupil(more: "<Contacts>\(text.map { "<Contact>\($0)</Contact>" }.joined())</Contacts>"))
    #expect(record[.parentName] == expected)
    #expect(record[.parentAddress] == nil)
  }

  @Test func theParentsOwnAddress() throws {
    let contact =
      "<Contacts><Contact><Surname>Zz</Surname><Responsibility>1</Responsibility><Address><AddressLines><AddressLine1>1 Zz Road</AddressLine1></AddressLines><PostCode>L20 3DL</PostCode></Address></Contact></Contacts>"
    let record = try record(TransferFixture.pupil(more: contact))
    #expect(record[.parentName] == "Zz" && record[.parentAddress] == "1 Zz Road, L20 3DL")
    #expect(record[.addressLine1] == nil && record[.postcode] == nil, "a parent's address is not the pupil's")
  }

  // MARK: No destination, no sharing answer

  /// Which school the file was made for is no destination, and that none is known is none either.
  @Test(arguments: [("XXX", "XXXX"), ("MMM", "MMMM"), ("888", "4000")])
  func destSchool(_ authority: String, _ number: String) throws {
    let examination = examine(
      [TransferFixture.pupil()], dest: "<DestSchool><LEA>\(authority)</LEA><Estab>\(number)</Estab></DestSchool>")
    let record = try #require(examination.row(1)).record
    for field: Field in [.providerLAESTAB, .providerName, .activity, .intendedDestination, .sharing] {
      #expect(record[field] == nil)
    }
    #expect(examination.codes(row: nil).contains("L622"))
    #expect(!examination.codes(row: nil).contains("L028"), "said once, in words that fit")
  }

  @Test func schoolByItsNumber() throws {
    let bytes = TransferFixture.bytes([TransferFixture.pupil()])
    #expect(schoolOf(bytes, configuration: Fixture.configuration()) == (try LAESTAB(Fixture.laestab)))
  }

  // MARK: What is refused

  @Test func anotherSchoolsFile() {
    let examination = Fixture.examine(TransferFixture.bytes([TransferFixture.pupil()], school: "8884000"))
    #expect(examination.fatal?.code == .otherSchool)
  }

  @Test(arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian, .utf8])
  func encodings(_ encoding: TextEncoding) throws {
    let pupil = TransferFixture.pupil(replacing: ["Zzsurnamea": "Zzöłname"])
    let text = TransferFixture.text([pupil]).replacing("UTF-8", with: encoding == .utf8 ? "UTF-8" : "UTF-16")
    let examination = Fixture.examine(encoding.byteOrderMark + (try encoding.encode(text)))
    #expect(examination.fatal == nil)
    #expect(examination.row(1)?.record[.legalSurname] == "Zzöłname")
  }

  @Test func readAsWhatItIs() {
    let bytes = TransferFixture.bytes([TransferFixture.pupil()])
    for (name, isNoted) in [("a.xml", false), ("a.XML", false), ("a.csv", true), ("a.xlsx", true)] {
      #expect(Fixture.examine(bytes, named: name).codes(row: nil).contains("L085") == isNoted, "\(name)")
    }
    let text = Fixture.export([Fixture.row(0)])
    #expect(Fixture.examine(text, named: "a.xml").codes(row: nil).contains("L085"))
    #expect(PassedOverFile.isReadable("a.xml"))
    // Without the declaration, and with the prefix of a namespace.
    #expect(Fixture.examine(Array("<CTfile></CTfile>".utf8)).fatal?.code == .transferWithoutPupils)
    #expect(Fixture.examine(Array("<c:CTfile xmlns:c=\"urn:c\"/>".utf8)).fatal?.code == .transferNamespace)
  }

  /// The limits, each with a finding of its own, and what comes near and passes.
  @Test func limits() {
    func code(_ change: (inout TransferLimits) -> Void, _ pupils: [String]) -> String? {
      var limits = TransferLimits()
      change(&limits)
      switch TransferScan.open(TransferFixture.bytes(pupils), limits: limits) {
      case .success: return nil
      case .failure(let refused): return refused.remark.code.rawValue
      }
    }
    let pupil = TransferFixture.pupil()
    let size = TransferFixture.bytes([pupil]).count
    #expect(code({ $0.xml.bytes = size - 1 }, [pupil]) == "L607")
    #expect(code({ $0.xml.bytes = size }, [pupil]) == nil)
    #expect(code({ $0.xml.depth = 4 }, [pupil]) == "L608")
    #expect(code({ $0.xml.depth = 5 }, [pupil]) == nil)
    let count = TransferFixture.text([pupil]).split(separator: "<").count { $0.first?.isLetter == true }
    #expect(code({ $0.elements = count - 1 }, [pupil]) == "L609")
    #expect(code({ $0.elements = count }, [pupil]) == nil)
    let large = TransferFixture.pupil(more: "<UCI><a/><b/></UCI>")
    #expect(code({ $0.elementsOfPupil = 11 }, [large]) == "L609")
    #expect(code({ $0.elementsOfPupil = 12 }, [large]) == nil)
    let long = TransferFixture.pupil(more: "<UCI>\(String(repeating: "z", count: 100))</UCI>")
    #expect(code({ $0.xml.textBytes = 99 }, [long]) == "L610")
    #expect(code({ $0.xml.textBytes = 100 }, [long]) == nil)
    let tagged = TransferFixture.pupil(more: "<UCI \((0..<9).map { "a\($0)=''" }.joined(separator: " "))/>")
    #expect(code({ $0.xml.attributes = 8 }, [tagged]) == "L611")
    #expect(code({ $0.xml.attributes = 9 }, [tagged]) == nil)
    let named = TransferFixture.pupil(more: "<UCI xmlns:a='urn:a' xmlns:b='urn:b'/>")
    #expect(code({ $0.xml.namespaces = 1 }, [named]) == "L611")
    #expect(code({ $0.xml.namespaces = 2 }, [named]) == nil)
    let wide = TransferFixture.pupil(more: "<UCI a='\(String(repeating: "z", count: 1 << 17))'/>")
    #expect(code({ $0.xml.markupBytes = 1 << 14 }, [wide]) == "L611")
    #expect(code({ $0.xml.markupBytes = 1 << 18 }, [wide]) == nil)
    #expect(code({ $0.pupils = 1 }, [pupil, TransferFixture.pupil(1)]) == "L612")
    #expect(code({ $0.pupils = 2 }, [pupil, TransferFixture.pupil(1)]) == nil)
  }

  @Test func everyErrorHasAFinding() {
    for code in TransferFindings.codes.values { #expect(FindingsCatalogue.entry(code)?.severity == .fatal) }
    #expect(Set(TransferFindings.codes.values).count == 8)
  }

  @Test func entitiesBringInNothing() {
    let text =
      "<?xml version=\"1.0\"?><!DOCTYPE CTfile [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><CTfile>&x;</CTfile>"
    #expect(Fixture.examine(Array(text.utf8)).fatal?.code == .transferDoctype)
    let unknown = TransferFixture.pupil(replacing: ["Zzsurnamea": "&x;"])
    #expect(examine([unknown]).fatal?.code == .transferMalformed)
  }

  @Test func nothingPrints() {
    let element = TransferElement(name: "Surname")
    for value in ["\(element)", "\(TransferPupil(element, source: nil))", "\(TransferAddress(element))"] {
      #expect(!value.contains("Surname"))
    }
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator).map(String.init)
  }
}
