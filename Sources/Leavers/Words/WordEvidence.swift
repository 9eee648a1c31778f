// From the pieces of a text to codes, each with what speaks for it. Pure.

/// Weighs the pieces of one text.
struct WordEvidence {
  /// What speaks for one code of one field, at one provider.
  struct Case {
    var field: Field
    var code: String?
    var provider: WordProvider?
    var strength: WordStrength
    var reasons: [String]
    /// The pieces that speak for it.
    var pieces: Set<Int>
    /// Which of several things that the text leaves open it is.
    var alternative = 0
  }

  private let scan: WordScan
  private let index: VocabularyIndex
  private let school: OwnSchool
  private let isUsable: (Field, String) -> Bool

  private(set) var cases: [Case] = []
  /// Where the text says that somebody goes.
  private var places: Set<VocabularyEntry.Place> = []

  init(
    _ scan: WordScan, index: VocabularyIndex, school: OwnSchool, fields: [Field],
    isUsable: @escaping (Field, String) -> Bool
  ) {
    self.scan = scan
    self.index = index
    self.school = school
    self.isUsable = isUsable
    findPlaces()
    for alternative in Set(scan.pieces.map(\.alternative)).sorted() {
      for field in fields { weigh(field, in: alternative) }
    }
  }

  private func isOwn(_ piece: WordScan.Piece) -> Bool {
    if case .ownSchool = piece.what { return true }
    return scan.marks(piece).contains(.ownSchool)
  }

  private mutating func findPlaces() {
    for piece in scan.pieces {
      if isOwn(piece) {
        // `6th form but not here` is one elsewhere.
        places.insert(piece.isNegated ? .other : .own)
      } else if !piece.isNegated {
        if scan.marks(piece).contains(.elsewhere) { places.insert(.other) }
        if case .provider(let providers, _) = piece.what, providers.contains(where: { $0.kind != .employer }) {
          places.insert(.other)
        }
      }
    }
    if places.isEmpty { places = [.unnamed] }
  }

  // MARK: One field of one alternative

  private mutating func weigh(_ field: Field, in alternative: Int) {
    guard case .code(let set) = field.type else { return }
    let pieces = scan.pieces.indices.filter { scan.pieces[$0].alternative == alternative && !scan.pieces[$0].isNegated }
    let named = self.named(pieces)
    var found = spoken(field, set, pieces, named)
    if field != .guaranteeStatus {
      for place in named where !(field == .activity && scan.pieces[place.piece].isSought) {
        follow(from: place, field, into: &found)
      }
    }
    for var one in found {
      one.alternative = alternative
      keep(one)
    }
  }

  /// A place that is named, with the provider where one is meant.
  private struct Named {
    var piece: Int
    var providers: [Provider]
    var basis: ProviderMatch.Basis?
  }

  private func named(_ pieces: [Int]) -> [Named] {
    pieces.compactMap { index in
      let piece = scan.pieces[index]
      if isOwn(piece) { return Named(piece: index, providers: [], basis: nil) }
      guard case .provider(let providers, let basis) = piece.what else { return nil }
      // Of many places with one name, those of the school's own authority are likelier.
      let near = providers.filter { $0.laestab?.authority == school.laestab.authority }
      return Named(piece: index, providers: providers.count > 1 && !near.isEmpty ? near : providers, basis: basis)
    }
  }

  /// The codes that phrases of the vocabulary stand for.
  private func spoken(_ field: Field, _ set: String, _ pieces: [Int], _ named: [Named]) -> [Case] {
    var found: [Case] = []
    let place = named.count == 1 ? named.first : nil
    for index in pieces {
      let piece = scan.pieces[index]
      guard let number = piece.phrase else { continue }
      let phrase = self.index.phrases[number]
      // What is sought somebody does not do yet, nor has it been offered.
      if piece.isSought, field != .intendedDestination { continue }
      for (rowSet, code, where_, strength) in phrase.codes where rowSet == set {
        guard where_ == .any || places.contains(where_), isUsable(field, code) else { continue }
        var one = Case(
          field: field, code: code, provider: nil, strength: piece.typos > 0 ? strength.lowered : strength,
          reasons: ["\"\(phrase.words)\" is written for it"], pieces: [index])
        if piece.typos > 0 { one.reasons.append("spelt almost so") }
        if let position = found.firstIndex(where: { $0.code == code }) {
          found[position].strength = max(found[position].strength, one.strength).raised
          found[position].reasons += one.reasons
          found[position].pieces.insert(index)
        } else {
          found.append(one)
        }
      }
    }
    if let place, field != .guaranteeStatus { for index in found.indices { attach(place, to: &found[index]) } }
    return found
  }

  /// Says of a code that the text names a place as well, and whether the two go together.
  private func attach(_ place: Named, to one: inout Case) {
    guard let code = one.code, ProviderKind.concerns(one.field, code) else { return }
    if place.basis == nil {
      one.provider = .ownSchool
      let kind = ProviderKind.school
      if one.field == .activity ? !kind.fits(activity: code) : code != "111" && !kind.fits(intendedDestination: code) {
        one.strength = one.strength.lowered
        one.reasons.append("the school itself seldom goes with this code")
      }
    } else if place.providers.count == 1, let provider = place.providers.first {
      one.provider = .listed(provider.id)
      one.pieces.insert(place.piece)
      let fits =
        one.field == .activity ? provider.kind.fits(activity: code) : provider.kind.fits(intendedDestination: code)
      if !fits {
        one.strength = one.strength.lowered
        one.reasons.append("\(provider.name) is \(provider.kind.words), which seldom goes with this code")
      }
      if provider.isClosed { one.reasons.append("\(provider.name) is closed in the register") }
    }
  }

  /// The code that follows from a place, where no phrase says otherwise; where one says the same, both count.
  private func follow(from place: Named, _ field: Field, into found: inout [Case]) {
    if place.basis == nil {
      let code = field == .activity ? ProviderKind.school.usualActivity : "111"
      add(code, .ownSchool, place, .strong, ["it is the school itself"], field, &found)
      return
    }
    guard place.providers.count <= 3 else {
      if found.isEmpty {
        found.append(
          Case(
            field: field, code: nil, provider: nil, strength: .weak,
            reasons: ["\(place.providers.count) providers are called so"], pieces: [place.piece]))
      }
      return
    }
    for provider in place.providers {
      let code = field == .activity ? provider.kind.usualActivity : provider.kind.usualIntendedDestination
      var strength: WordStrength = place.basis == .shortName ? .fair : .strong
      var reasons = ["\(provider.name) is \(provider.kind.words)"]
      if place.basis == .shortName { reasons.append("its name is shortened") }
      if scan.pieces[place.piece].typos > 0 {
        strength = strength.lowered
        reasons.append("spelt almost so")
      }
      if place.providers.count > 1 {
        strength = .weak
        reasons.append("\(place.providers.count) providers are called so")
      }
      if provider.isClosed {
        strength = strength.lowered
        reasons.append("it is closed in the register")
      }
      add(code, .listed(provider.id), place, strength, reasons, field, &found)
    }
  }

  private func add(
    _ code: String?, _ provider: WordProvider, _ place: Named, _ strength: WordStrength, _ reasons: [String],
    _ field: Field, _ found: inout [Case]
  ) {
    let usable = code.flatMap { isUsable(field, $0) ? $0 : nil }
    if let usable, let same = found.firstIndex(where: { $0.code == usable && ($0.provider ?? provider) == provider }) {
      found[same].strength = max(found[same].strength, strength).raised
      found[same].provider = provider
      found[same].reasons += reasons
      found[same].pieces.insert(place.piece)
      return
    }
    // What is said in so many words goes before what a place is known for.
    let isSaid = found.contains { one in
      one.pieces.contains { scan.pieces[$0].phrase != nil && !isOwn(scan.pieces[$0]) }
        && one.code.map { ProviderKind.concerns(field, $0) } == true
    }
    if isSaid { return }
    found.append(
      Case(
        field: field, code: usable, provider: provider, strength: usable == nil ? .weak : strength, reasons: reasons,
        pieces: [place.piece]))
  }

  /// Of two alternatives that speak for one thing the stronger counts.
  private mutating func keep(_ one: Case) {
    if let same = cases.firstIndex(where: {
      $0.field == one.field && $0.code == one.code && $0.provider == one.provider
    }) {
      if one.strength > cases[same].strength {
        (cases[same].strength, cases[same].pieces) = (one.strength, one.pieces)
        cases[same].alternative = one.alternative
      }
      for reason in one.reasons where !cases[same].reasons.contains(reason) { cases[same].reasons.append(reason) }
    } else {
      cases.append(one)
    }
  }
}
