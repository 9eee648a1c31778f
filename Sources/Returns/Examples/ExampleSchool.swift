// The invented school of examples and of the page that a tracking team reads. Pure.

import Leavers
import Profiles

/// A school that nobody has, in an authority's area.
enum ExampleSchool {
  static func of(_ authority: AuthorityProfile) -> School {
    School(
      name: "Example High School", controller: ControllerID(unchecked: "example"),
      laestab: LAESTAB(authority: authority.laCode, establishment: 4787), urn: try? URN("104693"),
      ukprn: try? UKPRN("10012345"), desk: "/", exports: "/", mis: "", unlistedSharing: .share)
  }
}
