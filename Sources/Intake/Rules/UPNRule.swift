// Rule for the UPN: left out when it fails its check, never the pupil. Pure.

import Leavers

/// The UPN of the row.
enum UPNRule {
  /// Authority numbers that have given UPNs, as ranges: English ones, Welsh ones (660–681), pseudo codes (001–005,
  /// 701–708). Only a note is made of others: the list of authorities changes and no full one is at hand.
  private static let knownAuthorities: [ClosedRange<String>] = [
    "001"..."005", "201"..."213", "301"..."320", "330"..."336", "340"..."344", "350"..."359", "370"..."373",
    "380"..."384", "390"..."394", "420"..."420", "660"..."681", "701"..."708", "800"..."899", "901"..."943",
  ]

  /// Whether UPNs of this authority's number, three digits, are known.
  static func isKnown(authority number: Int) -> Bool {
    let authority = number < 10 ? "00\(number)" : number < 100 ? "0\(number)" : "\(number)"
    return knownAuthorities.contains { $0.contains(authority) }
  }

  private static func proposal(_ text: String) -> Proposal? {
    LookalikeCharacters.upn(text).map { Proposal(value: $0.rawValue, note: .upnRepaired, proof: .upn) }
  }

  static func check(_ text: String) -> CellOutcome {
    do throws(UPN.Flaw) {
      let upn = try UPN(text)
      var outcome = CellOutcome.kept(upn.rawValue)
      if upn.kind == .temporary { outcome.remarks.append(Remark(.upnTemporary)) }
      let authority = upn.localAuthorityPart.rawValue
      if !knownAuthorities.contains(where: { $0.contains(authority) }) { outcome.remarks.append(Remark(.upnAuthority)) }
      return outcome
    } catch {
      switch error {
      case .missing: return .blank
      case .noUPN: return .leftOut(.upnReason)
      case .wrongCheckLetter: return .leftOut(.upnCheckLetter).proposing(proposal(text))
      default:
        return .leftOut(.upnForm, LookalikeCharacters.cause(text) ?? error.description).proposing(proposal(text))
      }
    }
  }
}
