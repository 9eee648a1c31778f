// Authorities and files for the tests of recipes; all made up.

import Leavers
import Profiles
import Tabular

@testable import Intake

enum Recipes {
  static func authority(
    _ id: String, _ name: String, _ code: Int, kind: ReturnKind = .intendedDestinations,
    cohorts: [Cohort.Stage] = [.y11], routedBy: RoutingRule = .educated, required: [Field] = [], asked: [Field] = []
  ) -> AuthorityProfile {
    let columns =
      required.map { ReturnColumn(name: $0.rawValue, source: .field($0), required: true) }
      + asked.map { ReturnColumn(name: $0.rawValue, source: .field($0)) }
      + [ReturnColumn(name: "Type", source: .constant("X"), required: true)]
    return AuthorityProfile(
      id: AuthorityID(unchecked: id), name: name, laCode: (try? LACode("\(code)")) ?? Fixture.must("LA code"), gss: "",
      recipient: RecipientID(unchecked: id), evidence: .illustrative, agreements: [], acknowledges: .never, sendTo: "",
      collectFrom: "",
      returns: [
        ReturnProfile(
          kind: kind, cohorts: cohorts, routedBy: routedBy, send: .onRelease, fileName: pattern, dialect: .standard,
          columns: columns, digest: "")
      ], replies: [], contact: nil, file: "test")
  }

  private static let pattern = FileNamePattern(pieces: [.placeholder(.laestab)], source: "{laestab}")

  static func configuration(
    _ authorities: [AuthorityProfile], map: HeaderMap = Fixture.map, school: String = Fixture.laestab
  ) -> Configuration {
    var configuration = Fixture.configuration(schools: [Fixture.school(laestab: school)])
    configuration.authorities = authorities
    configuration.headerMaps = [map.id: map]
    return configuration
  }
}
