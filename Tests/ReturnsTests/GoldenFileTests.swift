// The returns that the six example profiles make of one synthetic cohort, byte by byte.
//
// A change of a profile or of the rendering shows here as a changed file. Where it is meant:
//   UPDATE_GOLDEN=1 swift test --filter GoldenFileTests

import Glibc
import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Returns

struct GoldenFileTests {
  private static let here = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/")
  private static let golden = here + "/Golden"
  private static let config = here + "/../../config/leaverlink.yaml"

  private static func rows() -> [LeaverRow] {
    let common: [Field: String?] = [
      .uln: "1000000043", .addressLine2: "Sample Park", .county: "Merseyside", .preferredForename: "Pat",
      .middleNames: "Robin", .providerUKPRN: "10012345", .course: "Bricklaying, Level 2", .startDate: "2026-09-07",
      .leavingDate: "2026-06-26", .admissionNumber: "000123", .registrationGroup: "11A", .dateConfirmed: "2026-09-20",
      .activityStart: "2026-09-07", .expectedEnd: "2028-07-31", .level: "2",
    ]
    func row(_ number: Int, _ changes: [Field: String?], cohort: Cohort? = Synthetic.y11, verdict: RowVerdict = .clear)
      -> LeaverRow
    {
      Synthetic.row(number, common.merging(changes) { $1 }, cohort: cohort, verdict: verdict)
    }
    return [
      row(2, [:]),
      row(3, [.legalSurname: "O’Example", .legalForename: "Zoë", .homeAuthority: "343"]),
      row(4, [.sharing: "NO"]),
      row(5, [.sharing: "UNS", .homeAuthority: "340"]),
      row(6, [.sharing: "SNR", .course: "Say \"hair & beauty\"; part-time", .homeAuthority: "340"]),
      row(7, [.sharing: nil]),
      row(8, [.legalSurname: "Łukowski-Example", .homeAuthority: "340"]),
      row(9, [.intendedDestination: "511", .guaranteeStatus: "140", .providerName: nil, .homeAuthority: "342"]),
      row(10, [.intendedDestination: "411", .homeAuthority: "876"]),
      row(11, [.addressLine1: "Flat 1\nSample Court", .homeAuthority: "344"]),
      row(12, [.protectedAddress: "Y"]),
      row(13, [.homeAuthority: nil, .postcode: "ZZ99 9ZZ"]),
      row(14, [.homeAuthority: "888"]),
      row(15, [:], cohort: Synthetic.y13),
      row(16, [:], verdict: .merged(into: 2)),
      row(17, [.legalSurname: nil, .legalForename: nil], verdict: .held(.noName)),
      row(18, [.upn: nil, .uln: nil]),
      row(19, [.activity: nil, .activityStart: nil]),
    ]
  }

  private static func configuration() throws -> Configuration {
    try ConfigurationLoader(environment: [:], inspectKey: { _ in .usable("ssh-ed25519") })
      .load(config, requiring: .forPreparing).configuration
  }

  @Test func theReturnsAreAsTheyWere() throws {
    let configuration = try Self.configuration()
    let updating = getenv("UPDATE_GOLDEN").map { String(cString: $0) } == "1"
    var expected: Set<String> = []
    var authorities: Set<AuthorityID> = []
    for authority in configuration.authorities {
      // The school of each authority's own area, where an authority takes those educated there.
      let text = authority.laCode.rawValue + "4787"
      let school = Synthetic.school(laestab: text)
      var own = configuration
      own.schools = [school]
      let prepared = try Preparation.prepare(rows: Self.rows(), school: school, configuration: own, day: Synthetic.day)
      #expect(prepared.refused == [])
      #expect(prepared.lines.allSatisfy { $0.isConserved })
      for file in prepared.files where file.authority == authority.id {
        authorities.insert(authority.id)
        // Another version of libxlsxwriter may write another archive; what workbooks say is the self-check's.
        if file.fileName.hasSuffix(".xlsx") { continue }
        let name = "\(file.authority)-\(file.kind.rawValue)-\(file.cohort).csv"
        expected.insert(name)
        if updating {
          try TemporaryFolder.makeFolder(Self.golden)
          try TemporaryFolder.write(Self.golden + "/" + name, file.bytes)
        }
        let golden = try TemporaryFolder.read(Self.golden + "/" + name)
        let isSame = golden == file.bytes
        #expect(isSame, "\(name) is not what it was; see the head of this file")
      }
    }
    #expect(authorities.count == 6)
    #expect(TemporaryFolder.names(Self.golden) == expected.sorted())
  }
}
