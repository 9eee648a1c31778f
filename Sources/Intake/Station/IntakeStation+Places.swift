// Whether the desks and folders of exports are there, and not just the places where their shares ought to be mounted.

package import Leavers
import Ledger
import Profiles

extension IntakeStation {
  struct PlaceKey: Hashable {
    let school: SchoolID
    let role: PlaceRole
  }

  /// The schools whose desk is away: nothing may be made there.
  package func schoolsWithoutDesk() async throws -> Set<SchoolID> {
    var away: Set<SchoolID> = []
    for school in configuration.schools {
      var isThere = false
      try await attempt("school \(school.id)", school, nil) {
        isThere = try await self.place(.desk, of: school) != nil
        return true
      }
      if !isThere { away.insert(school.id) }
    }
    return away
  }

  /// Where a school's folder lies; nil while it is away, which is told and kept once. Looked at anew each time.
  func place(_ role: PlaceRole, of school: School) async throws -> PlaceLook? {
    try await rememberPlaces()
    let path = role == .desk ? school.desk : school.exports
    do {
      let seen = try files.place(of: path)
      if role == .desk, let name = try linkedFolder(of: school) {
        try await noteAway(role, school, "its \(name) is a link, which is not followed; put a folder in its place")
        return nil
      }
      let known = try await known(role, of: school, path: path)
      let traces = role == .desk ? try traces(of: school, mark: known?.mark) : nil
      switch PlaceVerdict.judge(seen, known: known, traces: traces) {
      case .there: break
      case .unmarked:
        if let known { try await adopt(seen, role, school, mark: known.mark) }
      case .adopted(keepsMark: true):
        try await adopt(seen, role, school, mark: known?.mark ?? 0)
      case .adopted(keepsMark: false):
        try await adopt(seen, role, school, mark: try await ledger.places.lastMark(role, of: school.id) + 1)
      case .away(let why):
        try await noteAway(role, school, why)
        return nil
      }
      // A folder of exports is there only when it can be listed, which the caller does.
      if role == .desk { try await noteAway(role, school, nil) }
      return seen
    } catch let problem as FileProblem {
      try await noteAway(role, school, problem.description)
      return nil
    }
  }

  /// Whether the place where a folder was lies on a share, so that it is looked for as often as a share is.
  func wasOnShare(_ role: PlaceRole, of school: School) -> Bool {
    places[PlaceKey(school: school.id, role: role)]
      .map { FileSystemKind(number: $0.place.fileSystem).isShare } ?? false
  }

  /// Tells and keeps that a folder is away and why, or with nil that it is there.
  func noteAway(_ role: PlaceRole, _ school: School, _ why: String?) async throws {
    let key = Self.condition(role, school.id)
    guard conditions.problem(at: key) != why else { return }
    if let why {
      _ = try await ledger.places.away(role, of: school.id, why: why)
    } else {
      _ = try await ledger.places.back(role, of: school.id)
    }
    _ = conditions.note(key, why)
    switch (role, why) {
    case (.desk, let why?): tell(.deskAway(why), school)
    case (.desk, nil): tell(.deskThere, school)
    case (.exports, let why?): tell(.folderUnavailable(why), school)
    case (.exports, nil): tell(.folderBack, school)
    }
  }

  /// Forgets what was noted of places: a new configuration may name others. What the ledger keeps is taken over again.
  func forgetPlaces() {
    for school in configuration.schools {
      for role in PlaceRole.allCases { _ = conditions.note(Self.condition(role, school.id), nil) }
    }
    (hasRememberedPlaces, notedUnmarked, notedLying) = (false, [:], [:])
  }

  private static func condition(_ role: PlaceRole, _ school: SchoolID) -> String {
    "\(role.words) of school \(school)"
  }

  /// Takes over, once a process and configuration, what the ledger keeps: what was told need not be told again.
  private func rememberPlaces() async throws {
    guard !hasRememberedPlaces else { return }
    try await ledger.places.keep(only: Set(configuration.schools.map(\.id)))
    for place in try await ledger.places.away() {
      _ = conditions.note(Self.condition(place.role, place.school), place.why)
    }
    hasRememberedPlaces = true
  }

  private func known(_ role: PlaceRole, of school: School, path: String) async throws -> KnownPlace? {
    let key = PlaceKey(school: school.id, role: role)
    if let cached = places[key], cached.path == path { return cached.place }
    let place = try await ledger.places.known(role, of: school.id, path: path)
    if let place { places[key] = (path, place) }
    return place
  }

  /// Remembers where a folder is. A desk gets our mark; one that takes none is known by its mount alone.
  private func adopt(_ seen: PlaceLook, _ role: PlaceRole, _ school: School, mark: Int) async throws {
    let path = role == .desk ? school.desk : school.exports
    var isMarked = false
    if role == .desk {
      do {
        isMarked = try putMark(mark, on: school)
      } catch is FileProblem { isMarked = false }
    }
    let place = KnownPlace(
      fileSystem: seen.kind.number, mountPoint: seen.mountPoint, mark: mark, isMarked: isMarked)
    try await ledger.places.keep(place, role, of: school.id, path: path)
    places[PlaceKey(school: school.id, role: role)] = (path, place)
  }

  private func putMark(_ number: Int, on school: School) throws -> Bool {
    let mark = DeskMark(school: school.id.rawValue, mark: ledger.places.mark(number, of: school.id))
    // A mark of an older place is ours as well; anything else under the name is a person's.
    let present = try presentMark(of: school)
    let ours = present.map { ContentDigest.sha256($0.bytes) }
    return try DeskWriter(folder: school.desk, access: school.deskAccess, isMade: false)
      .write(mark.bytes, as: DeskMark.name, temporary: DeskMark.temporary, ours: ours, step: { _ in }) == .written
  }

  /// Which of the desk's two folders is a link. Whoever can write to a desk could lead us elsewhere by one: to another
  /// school's exports, or to where something of this one's ought not to lie.
  func linkedFolder(of school: School) throws(FileProblem) -> String? {
    for (name, path) in [("in", school.deskIn), ("out", school.deskOut)] {
      do throws(FileProblem) {
        if try files.look(path).kind == .link { return name }
      } catch {
        // They are made with the desk.
        guard error.kind == .missing else { throw error }
      }
    }
    return nil
  }

  private func traces(of school: School, mark number: Int?) throws(FileProblem) -> PlaceVerdict.Traces {
    var hasOut = false
    do throws(FileProblem) { hasOut = try files.look(school.deskOut).kind == .folder } catch {
      guard error.kind == .missing else { throw error }
    }
    guard let present = try presentMark(of: school) else { return .init(mark: .none, hasOut: hasOut) }
    guard present.school == school.id.rawValue else { return .init(mark: .ofAnotherSchool, hasOut: hasOut) }
    let isOurs = number.map { present.mark == ledger.places.mark($0, of: school.id) } ?? false
    return .init(mark: isOurs ? .ours : .older, hasOut: hasOut)
  }

  /// Nil where none lies there, or a file that is none.
  private func presentMark(of school: School) throws(FileProblem) -> DeskMark? {
    do throws(FileProblem) {
      return DeskMark(try files.open("\(school.desk)/\(DeskMark.name)").read())
    } catch {
      guard error.kind == .missing || error.kind == .notRegular else { throw error }
      return nil
    }
  }
}
