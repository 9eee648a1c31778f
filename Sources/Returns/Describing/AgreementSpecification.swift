// One agreement as the specification of a feed tells it, and what becomes under it of a pupil who refused. Pure.

import Leavers
import Profiles

/// One agreement that covers a kind of return.
struct AgreementSpecification: Sendable {
  enum Standing: String, Sendable, Hashable, CaseIterable {
    case over
    case inForce = "in-force"
    case toCome = "to-come"
  }

  /// What becomes of a pupil who refused sharing, or whom nobody asked yet.
  enum Refused: Sendable, Hashable {
    /// The basis knows no objection.
    case inFull
    /// That the pupil is in the file at all would tell what may not be told.
    case notInFile
    /// These columns may say something.
    case floor([String])

    var word: String {
      switch self {
      case .inFull: "in-full"
      case .notInFile: "not-in-file"
      case .floor: "floor"
      }
    }

    var words: String {
      switch self {
      case .inFull:
        "It makes no difference: the law knows no objection to this notice, and the pupil is in the file in full."
      case .notInFile: "The pupil is not in the file. That somebody is in it would tell what may not be told."
      case .floor(let columns):
        columns.isEmpty ? "Every cell is blank." : "Only \(columns.joined(separator: ", ")); every other cell is blank."
      }
    }
  }

  let agreement: Agreement
  let standing: Standing
  let refused: Refused
  /// Who is not in the file under it, and what more it allows.
  let terms: [String]

  init(_ agreement: Agreement, of profile: ReturnProfile, codes: CodeTables, on day: CalendarDate) {
    self.agreement = agreement
    standing = agreement.until < day ? .over : day < agreement.from ? .toCome : .inForce
    if !agreement.basis.knowsObjection {
      refused = .inFull
    } else if KindSelection.keepsOutFloor(profile, under: agreement) {
      refused = .notInFile
    } else {
      refused = .floor(profile.columns.filter { $0.form.speaks(atFloorUnder: agreement) }.map(\.name))
    }
    terms = Self.terms(agreement, profile, DisclosureTiers(codes: codes), codes)
  }

  /// `DSA-2026-017, 2026-03-01 to 2027-08-31`.
  var name: String { "\(agreement.reference), \(agreement.from) to \(agreement.until)" }

  // MARK: Terms

  private static func terms(
    _ agreement: Agreement, _ profile: ReturnProfile, _ tiers: DisclosureTiers, _ codes: CodeTables
  ) -> [String] {
    var terms: [String] = []
    if agreement.consent == .tracking {
      terms.append("only pupils of whom the school holds a consent to being tracked")
    }
    if profile.kind == .riskOfNEET {
      terms.append(agreement.underThirteen.map { "pupils under 13 as well, by \($0)" } ?? "nobody under 13")
    }
    for (tier, what) in [(DisclosureTier.special, "special category data"), (.criminalOffence, "data about offences")] {
      if DisclosureTiers.permits(tier, in: .full, under: agreement) {
        terms.append("\(what) may be told")
        continue
      }
      let columns = profile.columns.filter { $0.form.fields.contains { tiers.reaches(tier, $0, codes) } }
      terms += columns.map { column in
        let stands = column.form.all.contains { $0.substitute != nil }
        return "no \(what): where \(column.name) would tell it, "
          + (stands ? "the word for it stands there or the pupil is not in the file" : "the pupil is not in the file")
      }
      terms += KindSelection.telling(profile).filter { tiers.reaches(tier, $0.field, codes) }.map {
        "no \(what): nobody of whom a condition would tell it (\(FormWords.name($0.field)))"
      }
    }
    let tellsParents = profile.fields.contains { $0.tier == .parentFloor }
    if agreement.parentInFloor, agreement.basis.knowsObjection, tellsParents {
      terms.append(
        "a parent's name and address are told although sharing was refused: the school's data protection officer signed "
          + "that off")
    }
    return terms
  }
}

extension DisclosureTiers {
  /// Whether a field can hold something of a tier.
  fileprivate func reaches(_ tier: DisclosureTier, _ field: Field, _ codes: CodeTables) -> Bool {
    if field.tier == tier { return true }
    let own: String? = if case .code(let set) = field.type { set } else { nil }
    let set = field == .characteristics ? "nccis-characteristics" : own
    return set.flatMap { codes[$0]?.entries }?.contains { self.tier(of: field, value: $0.code) == tier } ?? false
  }
}
