// What each current-activity code means for NEET figures and for the duty to participate; from the table. Pure.

/// The two verdicts on an activity, which are independent of one another: NEET or not, and the duty met or not.
///
/// Both are columns of the activity table (`group`, `rpa`), so that a changed code needs no release. A code that the
/// table does not know has no verdict: nil, and the row waits for a person.
package struct Participation: Sendable {
  private struct Verdict: Hashable, Sendable {
    let neet: NEETStatus
    let duty: ParticipationDuty
  }

  private let verdicts: [String: Verdict]

  /// Reads the verdicts off the activity table (`nccis-activity`), or says which rows lack one.
  package init(_ activities: CodeSet) throws(Flaws) {
    var verdicts: [String: Verdict] = [:]
    var flawed: [String] = []
    for entry in activities.entries {
      guard let neet = entry.attributes["group"].flatMap(NEETStatus.init(group:)),
        let duty = entry.attributes["rpa"].flatMap(ParticipationDuty.init(rpa:))
      else {
        flawed.append(entry.code)
        continue
      }
      let verdict = Verdict(neet: neet, duty: duty)
      // A code that stands more than once, with other dates, must mean the same for the figures.
      if let other = verdicts.updateValue(verdict, forKey: entry.code), other != verdict { flawed.append(entry.code) }
    }
    guard flawed.isEmpty else { throw Flaws(set: activities.id, codes: flawed) }
    self.verdicts = verdicts
  }

  /// How an activity counts; nil for an unknown code.
  package func neetStatus(of code: String) -> NEETStatus? { verdicts[code.trimmedOfBlanks]?.neet }

  /// Whether a young person with this activity meets the duty; nil for an unknown code, whatever the age.
  ///
  /// The duty ends at 18 and with a level 3 qualification (ESA 2008 s.1). `age` in whole years on the day in question.
  package func meetsRPA(_ code: String, age: Int, hasLevel3: Bool) -> ParticipationDuty? {
    guard let verdict = verdicts[code.trimmedOfBlanks] else { return nil }
    return age >= 18 || hasLevel3 ? .notApplicable : verdict.duty
  }

  /// Rows of the activity table whose `group` or `rpa` is blank, unknown, or differs between rows of one code.
  package struct Flaws: Error, Hashable, Sendable, CustomStringConvertible {
    /// The id of the table.
    package let set: String
    package let codes: [String]

    package var description: String {
      "code table \(set): columns group and rpa must say how to count the codes \(codes.joined(separator: ", "))"
    }
  }
}
