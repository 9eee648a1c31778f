// A school's desk in leaverlink.yaml, and whether its folders are as they must be. Looks at folders, changes nothing.

import Glibc

/// Reads the key `desk` of a school: a path, or a mapping with one.
struct DeskReader {
  struct Desk {
    var path: String
    var access = DeskAccess.standard
    var keep: Duration?
  }

  let context: LoadContext

  func read(_ node: ConfigNode) -> Desk? {
    guard node.isMapping else {
      let desk = context.path(node).map { Desk(path: $0) }
      if let desk { inspect(desk, at: node.place) }
      return desk
    }
    guard let mapping = node.mapping(KeyLevels.desk) else { return nil }
    var access = DeskAccess.standard
    if let mode = mapping["mode"]?.word(among: DeskAccess.modes), let bits = UInt32(mode, radix: 8) {
      access.folderMode = bits
    }
    let keep = mapping["keep"]?.duration(atLeast: .seconds(86_400))
    let path = mapping["path"].flatMap { context.path($0) }
    access.group = mapping["group"].flatMap { group($0, desk: path) }
    guard let path else { return nil }
    let desk = Desk(path: path, access: access, keep: keep)
    inspect(desk, at: mapping.place(of: "path"))
    return desk
  }

  private func group(_ node: ConfigNode, desk: String?) -> UInt32? {
    guard let name = node.text(), context.needsEverything else { return nil }
    guard let number = SystemGroups.number(of: name) else {
      node.error(
        .badValue, "this machine knows no group \(quoted(name))", remedy: "make it (groupadd) or correct the name")
      return nil
    }
    // Where it is inherited nothing needs to be given; else no file could be put on the desk.
    let isInherited = desk.map { SystemGroups.isInherited(number, in: $0) } ?? true
    if !isInherited, !SystemGroups.isMember(of: number) {
      node.error(
        .badValue, "this user is no member of the group \(quoted(name)), so that nothing can be given to it",
        remedy: "usermod --append --groups \(name) with the user of the service, and start the service anew")
    }
    return number
  }

  /// Whether the desk is as it must be. Nothing of it is a mistake: it may be mended while the service runs.
  private func inspect(_ desk: Desk, at place: FilePlace) {
    guard context.needsEverything, let facts = context.expectFolder(desk.path, at: place, what: "the desk") else {
      return
    }
    tellOthers(facts, desk.path, at: place)
    let isOurs = access(desk.path, W_OK | X_OK) == 0
    for (name, right, verb) in [("in", R_OK | X_OK, "read"), ("out", W_OK | X_OK, "written to")] {
      let path = desk.path + "/" + name
      if ConfigurationFiles.isLink(path) {
        context.log.warning(
          .folderMissing, at: place, "the desk's folder \(path) is a link, and what is beyond it is not looked at",
          remedy: "put a folder in its place; exports that lie elsewhere are named by the key exports")
        continue
      }
      switch ConfigurationFiles.look(path) {
      case .folder(let facts):
        tellOthers(facts, path, at: place)
        if access(path, right) != 0 {
          context.log.warning(
            .fileUnreadable, at: place, "the desk's folder \(path) cannot be \(verb) by this user",
            remedy: "give the user of the service that right")
        }
      case .missing where isOurs: continue
      case .missing:
        context.log.warning(
          .folderMissing, at: place, "the desk's folder \(path) does not exist and this user may not make it",
          remedy: "make it, and give the user of the service the right to use it")
      case .file, .other, .unreadable:
        context.log.warning(
          .folderMissing, at: place, "the desk's folder \(path) is no folder that can be used",
          remedy: "put a folder in its place")
      }
    }
  }

  private func tellOthers(_ facts: ConfigurationFiles.Facts, _ path: String, at place: FilePlace) {
    guard facts.mode & 0o007 != 0 else { return }
    context.log.warning(
      .deskExposed, at: place, "every user of this machine can reach \(path), where personal data lies in clear",
      remedy: "chmod o= \(path); on a share, the mount's own options say it (file_mode and dir_mode of CIFS)")
  }
}

/// The groups of this machine.
enum SystemGroups {
  static func number(of name: String) -> gid_t? {
    var capacity = 1 << 12
    while capacity <= 1 << 22 {
      var entry = Glibc.group()
      var found: UnsafeMutablePointer<Glibc.group>?
      let result = withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
        guard let start = buffer.baseAddress else { return ENOMEM }
        return getgrnam_r(name, &entry, start, buffer.count, &found)
      }
      guard result == ERANGE else { return found == nil ? nil : entry.gr_gid }
      capacity *= 4
    }
    return nil
  }

  /// Whether what is made in a desk's `out` has the group by itself.
  static func isInherited(_ group: gid_t, in desk: String) -> Bool {
    var status = stat()
    guard stat(desk + "/out", &status) == 0 || stat(desk, &status) == 0 else { return false }
    return status.st_gid == group && status.st_mode & S_ISGID != 0
  }

  static func isMember(of group: gid_t) -> Bool {
    if geteuid() == 0 || getegid() == group { return true }
    let count = getgroups(0, nil)
    guard count > 0 else { return false }
    var groups = [gid_t](repeating: 0, count: Int(count))
    return getgroups(count, &groups) > 0 && groups.contains(group)
  }
}
