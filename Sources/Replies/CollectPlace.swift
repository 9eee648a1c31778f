// The folders in which one recipient's replies appear, and whose file a name there is. Pure.

import Leavers
import Ledger
import Profiles
import Transport

/// A folder at a recipient that holds an authority's replies.
struct CollectPlace: Hashable, Sendable {
  let authority: AuthorityID
  /// The school whose endpoint reaches it; any school's where all share one.
  let school: SchoolID
  /// Whether every school has a folder of its own here: then only that school's files count.
  let isOfOneSchool: Bool
  let folder: RemotePath

  /// A desk's folder appears when somebody first saves a reply; a recipient's that is not there is trouble.
  var mayBeMissing: Bool { isOfOneSchool }

  /// Tells the folder from those of other schools in the ledger.
  var key: String { isOfOneSchool ? "\(school)/\(folder.string)" : folder.string }

  /// Whether a reply was collected here.
  func holds(_ reply: ReplySummary) -> Bool { reply.authority == authority && reply.source.folder == key }

  /// All folders of a recipient that its authorities' profiles name.
  static func all(of recipient: Recipient, configuration: Configuration) -> [CollectPlace] {
    configuration.authorities(of: recipient.id).filter { !$0.replies.isEmpty }.flatMap { profile -> [CollectPlace] in
      if case .handover = recipient.endpoint {
        guard let folder = try? RemotePath("in/\(profile.id)") else { return [] }
        return configuration.schools.map {
          CollectPlace(authority: profile.id, school: $0.id, isOfOneSchool: true, folder: folder)
        }
      }
      // The configuration check has refused any folder that is no remote path.
      guard let folder = try? RemotePath(profile.collectFrom), let school = configuration.schools.first else {
        return []
      }
      return [CollectPlace(authority: profile.id, school: school.id, isOfOneSchool: false, folder: folder)]
    }
  }

  /// Whose file it is and what it is; nil for what belongs to nobody here, which is not fetched.
  func owner(of name: String, in configuration: Configuration) -> (SchoolID, ReplyProfile)? {
    guard let authority = configuration.authority(authority) else { return nil }
    for school in configuration.schools where !isOfOneSchool || school.id == self.school {
      let values = FileNamePattern.Values(
        laestab: school.laestab.rawValue, urn: school.urn?.rawValue, ukprn: school.ukprn?.rawValue,
        authority: authority.id.rawValue)
      for profile in authority.replies where profile.match.matches(name, values) { return (school.id, profile) }
    }
    return nil
  }
}
