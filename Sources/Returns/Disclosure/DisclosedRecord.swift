// A record as one authority may see it: the only way from a record to the cells of a return. Pure.

package import Leavers
package import Profiles

/// A record seen through the disclosure that was decided for it. What may not be told cannot be read from it.
///
/// Made by `DisclosureRule.disclosed` alone, so that nothing is mapped or rendered that was not decided.
package struct DisclosedRecord: Sendable {
  /// What is seen of a field.
  package enum Seen: Sendable, Hashable {
    case text(String)
    case nothing
    /// There may be something, and it is beyond the floor.
    case keptBack
    /// There is something of a tier that the agreement does not cover.
    case withoutBasis
  }

  package let extent: Disclosure
  /// Whether it closes the record of a pupil who moved away.
  package let isClosing: Bool
  /// Whether the pupil or a parent refused, as the record under the register says.
  package let isRefused: Bool
  private let record: LeaverRecord
  /// Fields whose values were taken out of the record, and what is seen in their place.
  private var removed: [Field: Seen] = [:]
  /// Codes that were taken out, by which the profile may say something else.
  private var hidden: [Field: String] = [:]
  /// Whether the pupil has an activity that may not be told, on whatever row: then nothing is told that would tell it.
  private let keepsActivityDetails: Bool
  private let agreement: Agreement
  private let tiers: DisclosureTiers

  /// What a closing record may hold: by what the authority finds its own record, and where the pupil went.
  private static let closing: Set<Field> = [
    .upn, .formerUPN, .uln, .legalSurname, .legalForename, .middleNames, .dateOfBirth, .homeAuthority, .sharing,
  ]

  fileprivate init(
    _ whole: LeaverRecord, extent: Disclosure, agreement: Agreement, tiers: DisclosureTiers, isClosing: Bool
  ) {
    var record = whole
    if isClosing {
      for field in whole.fields where !Self.closing.contains(field) { record[field] = nil }
    }
    self.isClosing = isClosing
    self.record = record
    self.extent = extent
    self.agreement = agreement
    self.tiers = tiers
    isRefused = record[.sharing].flatMap { Sharing(cell: $0) } == .no
    keepsActivityDetails =
      record[.activity].map {
        !DisclosureTiers.permits(tiers.tier(of: .activity, value: $0), in: extent, under: agreement)
      } ?? false
  }

  private init(_ other: DisclosedRecord, _ record: LeaverRecord, removed: [Field: Seen]) {
    self.record = record
    self.removed = removed
    extent = other.extent
    agreement = other.agreement
    tiers = other.tiers
    isRefused = other.isRefused
    isClosing = other.isClosing
    keepsActivityDetails = other.keepsActivityDetails
  }

  package subscript(field: Field) -> Seen {
    if let seen = removed[field] { return seen }
    guard let value = record[field] else {
      // Of a field beyond the floor it is not told either that there is nothing.
      return extent == .floor && !permits(field.tier) ? .keptBack : .nothing
    }
    if isDetailOfSomethingKept(field) { return .keptBack }
    guard permits(tiers.tier(of: field, value: value)) else { return extent == .floor ? .keptBack : .withoutBasis }
    // Kept by intake so that routing sees it and a person reads it; an authority gets codes.
    if field.type == .localAuthority, (try? LACode(value)) == nil { return .nothing }
    return .text(value)
  }

  /// What a profile says instead of a value that may not be told: all that can be learnt of such a value.
  func choice(for field: Field, among texts: [String: String]) -> String? {
    (record[field] ?? hidden[field]).flatMap { texts[$0] }
  }

  /// Where a young person is taught or held tells what the activity would.
  private func isDetailOfSomethingKept(_ field: Field) -> Bool {
    keepsActivityDetails && Field.activityDetails.contains(field)
  }

  /// The same without the values that may not be told: what is made of it cannot tell them, whatever makes it.
  func stripped() -> DisclosedRecord {
    var stripped = record
    var removed: [Field: Seen] = [:]
    var hidden: [Field: String] = [:]
    for field in record.fields {
      switch self[field] {
      case .text: continue
      case .nothing: stripped[field] = nil
      case .keptBack, .withoutBasis:
        stripped[field] = nil
        removed[field] = self[field]
        if case .code = field.type, self[field] == .withoutBasis { hidden[field] = record[field] }
      }
    }
    var result = DisclosedRecord(self, stripped, removed: removed)
    result.hidden = hidden
    return result
  }

  /// The fields that are there and may be told, with the tier of what they hold.
  func told(_ fields: [Field]) -> [(field: Field, tier: DisclosureTier)] {
    fields.compactMap { field in
      guard case .text(let value) = self[field] else { return nil }
      return (field, tiers.tier(of: field, value: value))
    }
  }

  /// Whether a value may be told here, were it one of a field's.
  package func permits(_ field: Field, value: String) -> Bool { permits(tiers.tier(of: field, value: value)) }

  private func permits(_ tier: DisclosureTier) -> Bool { DisclosureTiers.permits(tier, in: extent, under: agreement) }

  /// The records of the rows that a return has of this one. Of the floor there is one row whatever the pupil has: the
  /// number of rows would tell it.
  package func rows(_ shape: RowShape) -> [(destination: Destination?, record: DisclosedRecord)] {
    guard extent == .full, !isClosing else { return [(nil, self)] }
    switch shape {
    case .pupil: return [(nil, self)]
    case .characteristic:
      let codes = (record[.characteristics] ?? "").split(separator: ";").map { String($0).trimmedOfBlanks }
      // How many rows there are tells how many characteristics.
      guard codes.count > 1, codes.allSatisfy({ permits(.characteristics, value: $0) }) else { return [(nil, self)] }
      return codes.map { code in (nil, with([.characteristics: code])) }
    case .destination:
      let intended = record[.intendedDestination] != nil
      let actual = record[.activity] != nil
      var rows: [(destination: Destination?, record: DisclosedRecord)] = []
      if intended { rows.append((.intended, with([.activity: nil, .activityStart: nil, .dateConfirmed: nil]))) }
      if actual { rows.append((.actual, with([.intendedDestination: nil, .guaranteeStatus: nil]))) }
      return rows.isEmpty ? [(nil, self)] : rows
    }
  }

  /// Which destination a row is about.
  package enum Destination: Sendable, Hashable { case intended, actual }

  private func with(_ changes: [Field: String?]) -> DisclosedRecord {
    var changed = record
    for (field, value) in changes { changed[field] = value }
    return DisclosedRecord(self, changed, removed: removed)
  }
}

extension DisclosedRecord: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "DisclosedRecord(\(extent.rawValue), redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension DisclosureRule {
  /// The record at a disclosure that this rule decided; nil without an agreement.
  package func disclosed(
    _ record: LeaverRecord, at extent: Disclosure, tiers: DisclosureTiers, isClosing: Bool = false
  ) -> DisclosedRecord? {
    agreement.map { DisclosedRecord(record, extent: extent, agreement: $0, tiers: tiers, isClosing: isClosing) }
  }
}

extension SelfCheck {
  /// What the rows of a record may say at a disclosure: the proof asks again, of records that hold nothing else.
  func allowed(_ record: LeaverRecord, at extent: Disclosure, isClosing: Bool) -> [(
    destination: DisclosedRecord.Destination?, record: DisclosedRecord
  )] {
    DisclosedRecord(record, extent: extent, agreement: agreement, tiers: tiers, isClosing: isClosing)
      .rows(profile.rows).map { ($0.destination, $0.record.stripped()) }
  }
}
