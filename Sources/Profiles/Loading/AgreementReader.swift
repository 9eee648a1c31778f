// The agreements of an authority's file.

import Leavers

/// Reads agreements; two of one kind may not be in force on the same day.
struct AgreementReader {
  let context: LoadContext

  /// The agreements; `complete` unless one of them cannot be read.
  func read(_ node: ConfigNode) -> (found: [Agreement], complete: Bool) {
    var found: [(agreement: Agreement, place: FilePlace)] = []
    let items = node.list()
    var complete = items != nil
    for item in items ?? [] {
      guard let mapping = item.mapping(KeyLevels.agreement), let agreement = agreement(mapping) else {
        complete = false
        continue
      }
      let place = mapping.place(of: "from")
      for (other, _) in found {
        let common = agreement.kinds.filter { other.kinds.contains($0) }
        guard let kind = common.first, agreement.from <= other.until, other.from <= agreement.until else { continue }
        context.log.error(
          .agreementDates, at: place,
          "two agreements cover \(kind.rawValue) on the same days: \(quoted(other.reference)) and \(quoted(agreement.reference))",
          remedy: "let the first end on the day before the second begins")
      }
      found.append((agreement, place))
    }
    return (found.map(\.agreement), complete)
  }

  private func agreement(_ mapping: ConfigMapping) -> Agreement? {
    let kinds = mapping["kinds"]?.list()?.compactMap { $0.choice(ReturnKind.self) } ?? []
    let basis = mapping["basis"]?.choice(Basis.self)
    let reference = mapping["reference"]?.text()
    if let node = mapping["reference"], let reference { TemplatePlaceholders.check(reference, at: node, context) }
    let from = mapping["from"]?.date()
    let until = mapping["until"]?.date()
    let special = mapping["special"]?.boolean() ?? false
    let offences = mapping["criminal-offence"]?.boolean() ?? false
    let underThirteen = mapping["under-13"]?.text()
    if underThirteen != nil, kinds != [.riskOfNEET] {
      mapping["under-13"]?.error(
        .notApplicable, "under-13 is for risk-of-neet alone", remedy: "give it an agreement of its own")
    }
    let parentInFloor = mapping["parent-in-floor"]?.boolean() ?? false
    let consent = mapping["consent"]?.choice(ConsentDemand.self)
    if let from, let until, until < from {
      context.log.error(
        .agreementDates, at: mapping.place(of: "until"), "the agreement ends on \(until), before it begins on \(from)",
        remedy: "correct the dates")
      return nil
    }
    guard !kinds.isEmpty, let basis, let reference, let from, let until else { return nil }
    for kind in kinds where !kind.bases.contains(basis) {
      context.log.error(
        .badBasis, at: mapping.place(of: "basis"),
        "\(basis.rawValue) is no basis for \(kind.rawValue): \(basis.extent)",
        remedy: "use one of: \(kind.bases.map(\.rawValue).joined(separator: ", "))")
    }
    return Agreement(
      kinds: kinds, basis: basis, reference: reference, from: from, until: until, coversSpecial: special,
      parentInFloor: parentInFloor, consent: consent, coversOffences: offences,
      underThirteen: underThirteen)
  }
}
