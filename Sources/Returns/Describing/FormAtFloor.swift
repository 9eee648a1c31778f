// Which cells may say something where only the floor is told. Pure.

import Leavers
import Profiles

extension CellForm {
  /// Whether it may say something in a floor row under an agreement: what `CellEvaluation` makes of it where whatever is
  /// beyond the floor is kept back.
  func speaks(atFloorUnder agreement: Agreement) -> Bool {
    func isTold(_ field: Field) -> Bool { DisclosureTiers.permits(field.tier, in: .floor, under: agreement) }
    switch source {
    case .field(let field): return isTold(field)
    case .constant, .school: return true
    case .refusal(let refused, let otherwise): return !(refused + otherwise).isEmpty
    case .moved(let moved, let otherwise): return !(moved + otherwise).isEmpty
    // A floor row is about no destination.
    case .destinationKind: return false
    case .firstOf(let parts), .joined(let parts, _): return parts.contains { $0.speaks(atFloorUnder: agreement) }
    case .when(let cases, let otherwise):
      // A case that is chosen by something kept back ends it there.
      for one in cases {
        guard isTold(one.condition.field) else { return false }
        if one.form.speaks(atFloorUnder: agreement) { return true }
      }
      return otherwise?.speaks(atFloorUnder: agreement) == true
    }
  }
}
