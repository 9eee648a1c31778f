// Rule for e-mail addresses: the common form, no more. Pure.

import Leavers

/// The e-mail address.
enum EmailRule {
  static func check(_ text: String) -> CellOutcome {
    let address = CellText.plain(text)
    if address.isEmpty { return .blank }
    if CellText.beginsLikeFormula(address) { return .leftOut(.formulaText) }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, address.utf8.count <= 254, isDomain(parts[1]),
      parts[0].unicodeScalars.allSatisfy({ isLocal($0) })
    else { return .leftOut(.emailWrong) }
    return .kept(address)
  }

  private static func isDomain(_ text: Substring) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2
      && labels.allSatisfy { label in
        !label.isEmpty && label.utf8.first != UInt8(ascii: "-")
          && label.unicodeScalars.allSatisfy { $0 == "-" || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
      }
  }

  private static func isLocal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "(", ")", "<", ">", ",", ";", ":", "\\", "[", "]", "\"": false
    default: scalar.value > 0x20
    }
  }
}
