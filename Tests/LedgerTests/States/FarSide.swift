// A pretended far side for the walks: files, and requests that are carried out late, although nobody waits for them.

import Ledger

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct WalkNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
  /// True in so many of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// What a recipient's server does, with the rules that must hold checked at each change.
struct FarSide {
  enum Content: Equatable {
    case whole
    /// A part of ours, as a broken upload leaves it.
    case cut
    /// Somebody else's.
    case foreign
  }

  /// A request that left, whose client is gone.
  enum Late {
    case rename(String)
    case putFinal
    /// Opens the temporary anew and writes what had left: a cut file.
    case rewrite(String)
  }

  /// The server publishes a broken PUT as it is, which a bad server does.
  let publishesCutPuts: Bool
  private(set) var temporaries: [String: Content] = [:]
  private(set) var final: Content?
  private(set) var late: [Late] = []
  /// How often something of ours got under the final name.
  private(set) var publications = 0
  private(set) var wasWholeThere = false
  private(set) var violations: [String] = []

  init(final: Content?, publishesCutPuts: Bool) {
    self.final = final
    self.publishesCutPuts = publishesCutPuts
  }

  mutating func accuse(_ what: String) { violations.append(what) }

  private mutating func publish(_ content: Content) {
    if content == .whole {
      publications += 1
      wasWholeThere = true
      if publications > 1 { accuse("published twice") }
    } else if !publishesCutPuts {
      accuse("published what is not whole")
    }
    final = content
  }

  // MARK: What clients ask for

  mutating func beginUpload(_ name: String) { temporaries[name] = .cut }
  mutating func endUpload(_ name: String) {
    if temporaries[name] != nil { temporaries[name] = .whole }
  }

  mutating func rename(_ name: String) -> RenameResult {
    guard let content = temporaries[name] else { return .sourceMissing }
    guard final == nil else { return .targetExists }
    temporaries[name] = nil
    publish(content)
    return .done
  }

  mutating func putFinal(cut: Bool) {
    if let final, final != .whole { accuse("overwrote what is not ours") }
    if cut {
      if publishesCutPuts, final == nil { final = .cut }
    } else if final == nil {
      publish(.whole)
    }
  }

  func look(_ content: Content?) -> Presence {
    switch content {
    case nil: .missing
    case .whole?: .equal
    default: .different
    }
  }
  func lookAtTemporary(_ name: String) -> Presence { look(temporaries[name]) }
  func lookAtFinal() -> Presence { look(final) }

  mutating func remove(_ names: [String]) {
    for name in names { temporaries[name] = nil }
  }

  // MARK: What happens by itself

  mutating func leaveLate(_ request: Late) { late.append(request) }

  mutating func carryOutLate(at index: Int) {
    switch late.remove(at: index) {
    case .rename(let name): _ = rename(name)
    case .putFinal:
      // A late PUT may come after another's: ours over ours changes nothing.
      if final == nil || final == .whole { putFinal(cut: false) }
    case .rewrite(let name):
      if temporaries[name] != nil { temporaries[name] = .cut }
    }
  }

  mutating func carryOutAllLate() {
    while !late.isEmpty { carryOutLate(at: 0) }
  }

  /// The recipient's own people take a file that is ours.
  mutating func take() {
    if final == .whole { final = nil }
  }

  /// A person at the recipient clears away what is not ours, when asked.
  mutating func clearForeign() {
    if final != .whole { final = nil }
  }
}
