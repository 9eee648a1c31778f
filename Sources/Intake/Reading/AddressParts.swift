// The parts of an address in the form of BS 7666, made into lines. Pure; does not print.

import Leavers

/// What stands in an address before the town. Local authorities and transfer files have parts where reports have lines,
/// some both in one file.
struct AddressParts {
  /// Within the building: `Flat 2`.
  var saon = ""
  /// The building: a number such as `14` or `14-16a`, or a name.
  var paon = ""
  var street = ""
  var locality = ""

  /// At most three lines: a number goes with the street, a name has a line of its own.
  var lines: [String] {
    let isNumber = paon.first?.isNumber == true && !paon.contains(" ")
    let withStreet = isNumber ? [paon, street].filter { !$0.isEmpty }.joined(separator: " ") : street
    var lines = [saon, isNumber ? "" : paon, withStreet, locality].filter { !$0.isEmpty }
    if lines.count > 3 { lines.replaceSubrange(0...1, with: ["\(lines[0]), \(lines[1])"]) }
    return lines
  }

  /// At most three lines, without blank ones: whatever comes after the third stands on it as well.
  static func threeLines(_ lines: [String]) -> [String] {
    let filled = lines.filter { !$0.isEmpty }
    guard filled.count > 3 else { return filled }
    return filled.prefix(2) + [filled.dropFirst(2).joined(separator: ", ")]
  }
}

extension AddressParts: CustomStringConvertible, CustomReflectable {
  var description: String { "AddressParts(redacted)" }
  var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
