// Numbers as an authority wants them written, digit by digit: no arithmetic changes them. Pure.

import Profiles

enum NumberWriting {
  /// A number such as `007`, `-3` or `12.50` in a form; nil where it is none, or has more decimals than the form takes.
  static func text(_ value: String, _ form: CellForm.NumberForm) -> String? {
    let isNegative = value.hasPrefix("-")
    let parts = (isNegative ? value.dropFirst() : Substring(value)).split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty, whole.utf8.allSatisfy(isDigit) else { return nil }
    var decimals = parts.count == 2 ? String(parts[1]) : ""
    guard parts.count == 1 || !decimals.isEmpty, decimals.utf8.allSatisfy(isDigit) else { return nil }
    while decimals.hasSuffix("0") { decimals.removeLast() }
    guard decimals.utf8.count <= form.decimals else { return nil }
    decimals += String(repeating: "0", count: form.decimals - decimals.utf8.count)
    var digits = String(whole.drop { $0 == "0" })
    digits = String(repeating: "0", count: max(0, form.digits - digits.utf8.count)) + digits
    return (isNegative ? "-" : "") + digits + (form.decimals > 0 ? form.mark + decimals : "")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
