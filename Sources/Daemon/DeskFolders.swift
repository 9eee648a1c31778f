// The folders of each school's desk, made when they are missing. Touches the desk and nothing else.

import Glibc
import Leavers
import Profiles

/// Makes the desk of each school complete: `in`, `out`, and for each authority that is reached by hand a folder in both.
enum DeskFolders {
  /// Gives what could not be made, in words.
  static func make(for configuration: Configuration) -> [String] {
    var troubles: [String] = []
    for school in configuration.schools {
      var folders = [school.deskIn, school.deskOut]
      for authority in configuration.authorities {
        guard let recipient = configuration.recipient(authority.recipient), case .handover = recipient.endpoint else {
          continue
        }
        folders += ["\(school.deskIn)/\(authority.id)", "\(school.deskOut)/\(authority.id)"]
      }
      for folder in folders {
        // The group is the school's people, who reach the desk over a share; whom it lets in is the share's business.
        guard mkdir(folder, 0o770) != 0, errno != EEXIST else { continue }
        troubles.append("\(folder) cannot be made: \(String(cString: strerror(errno)))")
      }
    }
    return troubles
  }
}
