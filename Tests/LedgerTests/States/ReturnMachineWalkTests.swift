// Random walks of a return with a crash at any step, against a far side that carries out requests late, breaks them
// off and takes files away.

import Leavers
import Ledger
import Testing

/// One walk: the machine's committed state, what is remembered only in memory, and the far side.
private struct Walk {
  struct Setting {
    var publication: Publication
    var readBack: ReadBack
    var takesFiles: Bool
    /// The recipient takes files away although it did not say so. (Two steps and desk only: with a plain PUT nobody
    /// could tell.)
    var takesSecretly = false
    var startsForeign = false
    /// The recipient's housekeeping removes temporaries.
    var sweepsTemporaries = false
    var publishesCutPuts = false
    /// A newer return may take its place whenever the machine lets it.
    var isSupersededSometimes = false
    /// The fault that names of one attempt prevent.
    var sharesTemporaryName = false

    var isTaken: Bool { takesFiles || takesSecretly || publication == .desk }
  }

  let setting: Setting
  var numbers: WalkNumbers
  var machine: ReturnMachine
  var actions: [ReturnAction] = []
  var far: FarSide
  /// How it went, for the report of a walk that fails.
  var story: [String] = []
  var troubles: Int
  var wasHandedOver = 0

  init(_ setting: Setting, seed: UInt64) {
    self.setting = setting
    numbers = WalkNumbers(seed: seed)
    machine = ReturnMachine(
      publication: setting.publication, readBack: setting.readBack, takesFiles: setting.takesFiles)
    far = FarSide(final: setting.startsForeign ? .foreign : nil, publishesCutPuts: setting.publishesCutPuts)
    troubles = Int.random(in: 0...12, using: &numbers)
  }

  private var name: String {
    ReturnMachine.temporaryName(
      ledger: "a1b2c3", return: ReturnID(rawValue: 1), attempt: setting.sharesTemporaryName ? 1 : machine.attempt)
  }
  private var names: [String] {
    (1...max(1, machine.attempt)).map {
      ReturnMachine.temporaryName(ledger: "a1b2c3", return: ReturnID(rawValue: 1), attempt: $0)
    }
  }

  private mutating func commit(_ event: ReturnEvent) throws {
    let before = machine.state
    actions = try machine.handle(event)
    story.append("\(event.text) → \(machine.state.name)#\(machine.attempt)")
    if machine.state.hasReached || machine.state == .prepared, !before.hasReached, before != .prepared,
      !far.wasWholeThere
    {
      far.accuse("\(machine.state.name), but it never lay there whole")
    }
  }

  /// True as long as the walk may still go wrong here.
  private mutating func trouble(_ percent: Int) -> Bool {
    guard troubles > 0, numbers.chance(percent) else { return false }
    troubles -= 1
    return true
  }

  private mutating func crash() throws {
    story.append("CRASH")
    actions = []
    try commit(.restarted)
  }

  private mutating func worldMoves() {
    if !far.late.isEmpty, numbers.chance(25) {
      let index = Int.random(in: 0..<far.late.count, using: &numbers)
      story.append("late: \(far.late[index])")
      far.carryOutLate(at: index)
    }
    if setting.sweepsTemporaries, trouble(10) {
      story.append("swept")
      far.remove(names)
    }
    if setting.isTaken, far.final == .whole, numbers.chance(25) {
      story.append("taken")
      far.take()
    }
  }

  /// One step; false once the return rests for good.
  mutating func step() throws -> Bool {
    worldMoves()
    if trouble(8) {
      try crash()
      return true
    }
    if setting.isSupersededSometimes, isBeforeItGoes, trouble(15), (try? commit(.superseded)) != nil {
      while !actions.isEmpty { if actions.removeFirst() == .removeTemporaries { far.remove(names) } }
      return false
    }
    guard let action = actions.first else { return try goOn() }
    actions.removeFirst()
    switch action {
    case .putTemporary, .writePack: try upload()
    case .readBackTemporary:
      try trouble(10) ? commit(.failed(anyFailure())) : commit(.temporaryReadBack(far.lookAtTemporary(name)))
    case .rename: try rename()
    case .readBackFinal:
      try trouble(10) ? commit(.failed(anyFailure())) : commit(.finalReadBack(far.lookAtFinal()))
    case .putFinal: try putFinal()
    case .probeFinal:
      try trouble(10)
        ? commit(.failed(anyFailure())) : commit(.probed(temporary: .missing, final: far.lookAtFinal()))
    case .probeBoth:
      // Two looks, and the world goes on between them. The temporary first: what is renamed between the looks is then
      // seen twice, and not missed.
      if trouble(10) {
        return try {
          try commit(.failed(anyFailure())); return true
        }()
      }
      let temporary = far.lookAtTemporary(name)
      worldMoves()
      try commit(.probed(temporary: temporary, final: far.lookAtFinal()))
    case .removeTemporaries: far.remove(names)
    case .alarm, .scheduleRetry, .notifyWaitingForPerson: break
    }
    return true
  }

  private var isBeforeItGoes: Bool {
    switch machine.state {
    case .queued, .waiting: true
    default: false
    }
  }

  private mutating func anyFailure() -> Failure {
    Failure.allCases.randomElement(using: &numbers) ?? .transient
  }

  private mutating func upload() throws {
    let name = name
    if trouble(5) { return try commit(.failed(.notBegun)) }
    if trouble(5) {
      return try commit(.failed([.permanent, .authentication].randomElement(using: &numbers) ?? .permanent))
    }
    far.beginUpload(name)
    worldMoves()
    if trouble(15) {
      // Cut. What had left may open the file anew, late.
      if numbers.chance(50) { far.leaveLate(.rewrite(name)) }
      return try numbers.chance(50) ? crash() : commit(.failed(.transient))
    }
    worldMoves()
    // A full disk of which the server says nothing: only reading back shows it.
    if setting.readBack != .none, trouble(8) { return try commit(.put) }
    far.endUpload(name)
    if trouble(8) { return try numbers.chance(50) ? crash() : commit(.failed(.transient)) }
    try commit(.put)
  }

  private mutating func rename() throws {
    let name = name
    if trouble(5) { return try commit(.failed(.notBegun)) }
    if trouble(5) {
      return try commit(.failed([.permanent, .authentication].randomElement(using: &numbers) ?? .permanent))
    }
    if trouble(20) {
      if numbers.chance(50) { far.leaveLate(.rename(name)) } else { _ = far.rename(name) }
      return try numbers.chance(50) ? crash() : commit(.failed(.transient))
    }
    try commit(.renamed(far.rename(name)))
  }

  private mutating func putFinal() throws {
    if trouble(5) { return try commit(.failed(.notBegun)) }
    if trouble(5) {
      return try commit(.failed([.permanent, .authentication].randomElement(using: &numbers) ?? .permanent))
    }
    if trouble(20) {
      switch Int.random(in: 0..<3, using: &numbers) {
      case 0: far.leaveLate(.putFinal)
      case 1: far.putFinal(cut: false)
      default: far.putFinal(cut: true)
      }
      return try numbers.chance(50) ? crash() : commit(.failed(.transient))
    }
    far.putFinal(cut: false)
    try commit(.put)
  }

  /// Nothing is left to be done at once: what the daemon's clock, a person or the authority does next.
  private mutating func goOn() throws -> Bool {
    switch machine.state {
    case .drafted: try commit(.rendered(numbers.chance(30) ? .waiting(.release) : .queued))
    case .waiting: try commit(.released)
    case .queued: try numbers.chance(10) && troubles > 0 ? hold() : commit(.started)
    case .sending, .publishing: try commit(.restarted)
    case .unknown:
      if troubles > 0, numbers.chance(50) {
        try commit(.restarted)
        if actions.isEmpty { troubles -= 1 }
      } else {
        try askPerson()
      }
    case .prepared:
      wasHandedOver += 1
      try commit(.handedOver)
    case .sent, .delivered, .collected, .accepted, .rejected, .withdrawn, .superseded: return false
    }
    return true
  }

  private mutating func hold() throws {
    troubles -= 1
    try commit(.held(.objection))
  }

  /// A person asks the authority, which tells the truth and clears away what is not ours. Where files are taken away,
  /// hours have gone by, and whatever was on its way has come.
  private mutating func askPerson() throws {
    if setting.isTaken || setting.publication == .direct { far.carryOutAllLate() }
    far.clearForeign()
    try commit(.settledByPerson(far.publications > 0 ? .delivered : .notDelivered))
  }
}

@Suite("ReturnMachine: walks") struct ReturnMachineWalkTests {
  /// Walks with these seeds; gives what went wrong in the first walk that did.
  private func firstFault(_ setting: Walk.Setting, seeds: Range<UInt64>) -> (faults: Int, first: String?) {
    var faults = 0
    var first: String?
    for seed in seeds {
      var walk = Walk(setting, seed: seed)
      var problems: [String] = []
      do {
        var steps = 0
        while try walk.step() {
          steps += 1
          guard steps < 2000 else {
            problems.append("no rest after \(steps) steps")
            break
          }
        }
        walk.far.carryOutAllLate()
        let isSuperseded = setting.isSupersededSometimes && walk.machine.state == .superseded
        if walk.far.publications != (isSuperseded ? 0 : 1) {
          problems.append("published \(walk.far.publications) times")
        }
        if isSuperseded {
          if !walk.far.temporaries.isEmpty { problems.append("superseded, and left a temporary") }
        } else if !walk.machine.state.hasReached {
          problems.append("came to rest as \(walk.machine.state.name)")
        }
        if setting.publication == .desk, walk.wasHandedOver > 1 { problems.append("handed over twice") }
      } catch {
        problems.append("\(error)")
      }
      problems += walk.far.violations
      if !problems.isEmpty {
        faults += 1
        if first == nil {
          first = "seed \(seed): \(problems.joined(separator: "; "))\n" + walk.story.joined(separator: "\n")
        }
      }
    }
    return (faults, first)
  }

  private static let settings: [Walk.Setting] = {
    var list: [Walk.Setting] = []
    for publication in Publication.allCases {
      for readBack in ReadBack.allCases {
        for takes in [false, true] {
          list.append(Walk.Setting(publication: publication, readBack: readBack, takesFiles: takes))
        }
        if publication == .twoStep {
          list.append(
            Walk.Setting(publication: publication, readBack: readBack, takesFiles: false, takesSecretly: true))
        }
      }
      list.append(Walk.Setting(publication: publication, readBack: .content, takesFiles: false, startsForeign: true))
      list.append(Walk.Setting(publication: publication, readBack: .content, takesFiles: true, startsForeign: true))
    }
    list.append(Walk.Setting(publication: .twoStep, readBack: .none, takesFiles: false, startsForeign: true))
    for readBack in ReadBack.allCases {
      list.append(
        Walk.Setting(publication: .twoStep, readBack: readBack, takesFiles: false, sweepsTemporaries: true))
    }
    list.append(Walk.Setting(publication: .direct, readBack: .content, takesFiles: false, publishesCutPuts: true))
    list.append(Walk.Setting(publication: .direct, readBack: .content, takesFiles: true, publishesCutPuts: true))
    return list
  }()

  @Test(arguments: settings.indices) func neverTwiceNeverNotAtAll(index: Int) {
    let setting = Self.settings[index]
    let result = firstFault(setting, seeds: 0..<3000)
    #expect(result.faults == 0, "\(setting)\n\(result.first ?? "")")
  }

  /// What a newer return takes the place of is not there and never comes there, however late what was on its way comes.
  @Test(arguments: Publication.allCases) func whatIsSupersededNeverGetsThere(publication: Publication) {
    for readBack in ReadBack.allCases {
      for takes in [false, true] {
        let setting = Walk.Setting(
          publication: publication, readBack: readBack, takesFiles: takes, isSupersededSometimes: true)
        let result = firstFault(setting, seeds: 0..<2000)
        #expect(result.faults == 0, "\(setting)\n\(result.first ?? "")")
        // Also after an attempt, or the walks would prove little.
        let wasTried = (UInt64(0)..<2000).contains { seed in
          var walk = Walk(setting, seed: seed)
          var steps = 0
          while (try? walk.step()) == true, steps < 2000 { steps += 1 }
          return walk.machine.state == .superseded && walk.machine.attempt > 0
        }
        #expect(wasTried, "\(setting)")
      }
    }
  }

  /// The walks would see it: were a temporary name used by two attempts, what an earlier one left under way would
  /// spoil or publish the later one's half-uploaded file.
  @Test func walksFindTheFaultThatNamesOfOneAttemptPrevent() {
    let setting = Walk.Setting(
      publication: .twoStep, readBack: .content, takesFiles: false, sharesTemporaryName: true)
    #expect(firstFault(setting, seeds: 0..<3000).faults > 0)
  }

  /// Each state that an attempt can leave open is come to by some walk, or the walks would prove little.
  @Test func walksComeEverywhere() {
    var texts = Set<String>()
    for setting in Self.settings {
      for seed in UInt64(0)..<300 {
        var walk = Walk(setting, seed: seed)
        var steps = 0
        while (try? walk.step()) == true, steps < 2000 { steps += 1 }
        for line in walk.story { texts.insert(line.split(separator: "#")[0].description) }
      }
    }
    for state in ["sending", "publishing", "prepared", "sent", "delivered", "unknown", "queued", "waiting"] {
      #expect(texts.contains { $0.hasSuffix("→ \(state)") }, "\(state)")
    }
    #expect(texts.contains("CRASH") && texts.contains("taken"))
    #expect(texts.contains("rename: target-exists → publishing") && texts.contains("taken up again → publishing"))
    #expect(texts.contains("looked: temporary missing, final missing → delivered"))
    #expect(texts.contains("looked: temporary missing, final missing → unknown"))
  }
}
