// What a lane works by, replaced as a whole between two passes. A value.

import Leavers
import Profiles
import Transport

/// The recipient of a lane, the configuration it stands in, and the way there.
struct LaneTerms: Sendable {
  let recipient: Recipient
  let configuration: Configuration
  let endpoints: DeliveryLane.Endpoints

  /// The endpoints of all schools, each once: all but hand-over share one.
  var distinct: [Endpoint] {
    var found: [Endpoint] = []
    for school in configuration.schools {
      guard let endpoint = endpoints(school.id), !found.contains(where: { $0 === endpoint }) else { continue }
      found.append(endpoint)
    }
    return found
  }

  /// Where a school's returns go to now; nil for a school that is not configured.
  func whereabouts(of school: SchoolID) -> String? {
    configuration.school(school).map { recipient.whereabouts(desk: $0.desk) }
  }
}
