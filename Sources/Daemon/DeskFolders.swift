// The folders of each school's desk, made when they are missing. Touches the desk and nothing else.

import Glibc
import Intake
import Leavers
import Profiles

/// Makes the desk of each school complete: `in`, `out`, and for each authority that is reached by hand a folder in both.
enum DeskFolders {
  /// Gives what could not be made, in words.
  ///
  /// - Parameter away: schools whose desk is away. Nothing is made there: it would lie in the mount point of the share.
  static func make(for configuration: Configuration, besides away: Set<SchoolID>) -> [String] {
    configuration.schools.filter { !away.contains($0.id) }.flatMap { make(for: $0, in: configuration) }
  }

  static func make(for school: School, in configuration: Configuration) -> [String] {
    var folders = [school.deskIn, school.deskOut]
    for authority in configuration.authorities {
      guard let recipient = configuration.recipient(authority.recipient), case .handover = recipient.endpoint else {
        continue
      }
      folders += ["\(school.deskIn)/\(authority.id)", "\(school.deskOut)/\(authority.id)"]
    }
    return folders.compactMap { folder in
      do throws(FileProblem) {
        guard mkdir(folder, school.deskAccess.folderMode) == 0 else {
          return errno == EEXIST ? nil : "\(folder) cannot be made: \(String(cString: strerror(errno)))"
        }
        try DeskRights.give(school.deskAccess.folderMode, school.deskAccess.group, to: folder)
        return nil
      } catch {
        return "\(folder) cannot be given its rights: \(error)"
      }
    }
  }
}
