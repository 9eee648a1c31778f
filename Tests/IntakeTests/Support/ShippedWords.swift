// The vocabulary, the providers and the header maps that are shipped, for tests of a school's own words.

import Leavers
import Profiles

@testable import Intake

enum ShippedWords {
  /// A configuration with them, for a school that is made up.
  static func configuration(schools: [School] = [Fixture.school()]) throws -> Configuration {
    var configuration = Fixture.configuration(schools: schools)
    try add(to: &configuration)
    return configuration
  }

  static func add(to configuration: inout Configuration) throws {
    let shipped = try ConfigurationLoader(environment: [:], inspectKey: { _ in .notAKey })
      .load(Fixture.root + "/config/leaverlink.yaml", requiring: .forPreparing).configuration
    configuration.providers = shipped.providers
    configuration.vocabulary = shipped.vocabulary
    configuration.headerMaps = shipped.headerMaps
  }

  static let at = Timestamp(date: Fixture.day, secondsOfDay: 36_000)

  static func decided(_ text: String, _ decision: WordDecision, number: Int64 = 1) throws -> SchoolWords {
    try decided(text, .intendedDestination, decision, number: number)
  }

  /// A decision about a word.
  static func decided(
    _ text: String, _ field: Field, _ decision: WordDecision, number: Int64 = 1
  ) throws -> SchoolWords {
    guard let word = SchoolWord(text) else { return Fixture.must("the word \(text)") }
    return SchoolWords([
      field: [word.key: WordConfirmation(number: number, decision: decision, by: "zz.lead", at: at)]
    ])
  }
}
