// Common Transfer Files for tests; all pupils are made up.

import Leavers

@testable import Intake

/// Makes Common Transfer Files.
enum TransferFixture {
  static let dest = "<DestSchool><LEA>XXX</LEA><Estab>XXXX</Estab></DestSchool>"

  /// A file of pupils, each the content of its element.
  static func text(_ pupils: [String], school: String = Fixture.laestab, dest: String = dest) -> String {
    let numbers = "<LEA>\(school.prefix(3))</LEA><Estab>\(school.dropFirst(3))</Estab>"
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <CTfile>
        <Header>
          <DocumentName>Common Transfer File</DocumentName><CTFversion>19.0</CTFversion>
          <DateTime>2026-06-10T09:00:00</DateTime><DocumentQualifier>full</DocumentQualifier>
          <SourceSchool>\(numbers)<SchoolName>Example High School</SchoolName></SourceSchool>
          \(dest)
        </Header>
        <CTFpupilData>\(pupils.map { "<Pupil>\($0)</Pupil>" }.joined(separator: "\n"))</CTFpupilData>
      </CTfile>
      """
  }

  static func bytes(_ pupils: [String], school: String = Fixture.laestab, dest: String = dest) -> [UInt8] {
    Array(text(pupils, school: school, dest: dest).utf8)
  }

  /// A good pupil, with more elements of its own, more basic details, and elements replaced by others.
  static func pupil(
    _ number: Int = 0, more: String = "", details: String = "", replacing changes: [String: String] = [:]
  ) -> String {
    let row = Fixture.row(number)
    var text =
      "<UPN>\(Fixture.upns[number])</UPN>"
      + (Fixture.ulns.indices.contains(number)
        ? "<UniqueLearnerNumber>\(Fixture.ulns[number])</UniqueLearnerNumber>" : "")
      + "<Surname>\(row["Legal Surname"] ?? "")</Surname><Forename>\(row["Legal Forename"] ?? "")</Forename>"
      + "<DOB>2010-03-0\(number % 9 + 1)</DOB><Sex>F</Sex>"
      + "<BasicDetails><NCyearActual>11</NCyearActual><EnrolStatus>C</EnrolStatus>\(details)</BasicDetails>\(more)"
    for (old, new) in changes { text = text.replacing(old, with: new) }
    return text
  }

  /// Everything that is kept, and much that is not.
  static let full = pupil(
    more: """
      <UCI>123</UCI>
      <LookedAfter><InCare>true</InCare><CareAuthority>343</CareAuthority></LookedAfter>
      <FSMhistory><FSMinstance><FSMstartDate>2022-09-01</FSMstartDate></FSMinstance></FSMhistory>
      <SENhistory>
        <SEN><StartDate>2021-09-01</StartDate><SENprovision>K</SENprovision></SEN>
        <SEN><StartDate>2024-01-08</StartDate><SENprovision>E</SENprovision></SEN>
        <SENneeds><SENneed><SENtype>SLCN</SENtype></SENneed></SENneeds>
      </SENhistory>
      <Address>
        <BS7666Address><SAON>Flat 2</SAON><PAON>14</PAON><Street>Zz Street</Street><Locality>Zzside</Locality>
          <Town>Bootle</Town><AdministrativeArea>Merseyside</AdministrativeArea></BS7666Address>
        <PostCode>L20 3DL</PostCode>
      </Address>
      <Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900123</PhoneNo></Phone></Phones>
      <Email>zz@example.org</Email>
      <Contacts>
        <Contact><Order>2</Order><Surname>Zzsecond</Surname><Forename>Qq</Forename>
          <Responsibility>true</Responsibility></Contact>
        <Contact><Order>1</Order><Surname>Zzfirst</Surname><Forename>Qq</Forename>
          <Responsibility>true</Responsibility><AddressAsPupil>true</AddressAsPupil></Contact>
        <Contact><Order>0</Order><Surname>Zzneighbour</Surname><Forename>Qq</Forename>
          <Responsibility>false</Responsibility></Contact>
      </Contacts>
      <Attendance><YearData><Year>2026</Year></YearData></Attendance>
      <SchoolHistory>
        <School><LEA>343</LEA><Estab>2000</Estab><EntryDate>2014-09-01</EntryDate>
          <LeavingDate>2021-07-20</LeavingDate></School>
        <School><LEA>341</LEA><Estab>4787</Estab><EntryDate>2021-09-02</EntryDate>
          <LeavingDate>2026-06-26</LeavingDate><LeavingReason>End of Year 11</LeavingReason></School>
      </SchoolHistory>
      """,
    details: """
      <FormerUPN>N876499920000</FormerUPN><PreferredSurname>Zzpreferred</PreferredSurname>
      <PreferredForename>Qqpreferred</PreferredForename><FormerSurname>Zzformer</FormerSurname>
      <MiddleNames>Qqmiddle</MiddleNames><Ethnicity>WBRI</Ethnicity><EthnicitySource>C</EthnicitySource>
      <Languages><Type><Language>ENG</Language></Type></Languages><Disabilities/>
      """)
}
