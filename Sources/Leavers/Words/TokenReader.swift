// Folded text to the pieces of a school's word. Pure.

/// Cuts folded text into tokens and says what stands between them.
struct TokenReader {
  private(set) var tokens: [SchoolWord.Token] = []
  private(set) var isDoubted = false

  private var current = ""
  private var pending = SchoolWord.Break.stop
  /// Whether a full stop stands right behind the current letters: `u.` of `u.t.c.`
  private var afterPoint = false
  /// Whether the current token is made of initials so far.
  private var isInitials = false

  private enum Sort { case letter, nothing, point, dash, slash, and, question, stop, blank }

  mutating func read(_ text: String.UnicodeScalarView) {
    let scalars = text.filter { Self.sort($0) != .nothing }
    let sorts = scalars.map(Self.sort)
    func sort(_ index: Int) -> Sort { index < sorts.count ? sorts[index] : .blank }
    var index = 0
    for scalar in scalars {
      defer { index += 1 }
      let next = sort(index + 1)
      switch sorts[index] {
      case .letter: take(scalar)
      case .nothing: break
      case .point: point(before: next)
      case .dash: end(with: !current.isEmpty && next == .letter ? .hyphen : .stop)
      case .slash: slash(beforeInitial: next == .letter && sort(index + 2) != .letter)
      case .and: and(before: next)
      case .question:
        isDoubted = true
        end(with: .stop)
      case .stop: end(with: .stop)
      case .blank: end(with: .space)
      }
    }
    close()
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    if afterPoint, !isInitials { end(with: .stop) }
    afterPoint = false
    current.unicodeScalars.append(scalar)
  }

  private mutating func point(before next: Sort) {
    if next == .letter, current.unicodeScalars.count == 1 || isInitials {
      // Initials: the point belongs to the word.
      isInitials = true
      afterPoint = true
    } else {
      // After a short word it shortens it, after a long one it ends what was said.
      end(with: isInitials || current.unicodeScalars.count <= 4 ? .space : .stop)
    }
  }

  /// `16+` is no 16 and.
  private mutating func and(before next: Sort) {
    if current.isEmpty || next == .letter {
      end(with: .space)
      current = "and"
    }
    end(with: .space)
  }

  /// `w/` is with, `w/o` without, `n/a` one word; any other slash divides.
  private mutating func slash(beforeInitial: Bool) {
    if current.unicodeScalars.count == 1, beforeInitial {
      isInitials = true
    } else if current == "w" {
      current = "with"
      end(with: .space)
    } else {
      end(with: .slash)
    }
  }

  private mutating func end(with divider: SchoolWord.Break) {
    close()
    // The strongest of several decides: ` - ` is a dash, though blanks stand around it.
    pending = max(pending, divider)
  }

  private mutating func close() {
    let wasInitials = isInitials
    afterPoint = false
    isInitials = false
    guard !current.isEmpty else { return }
    let text = current == "wo" && wasInitials ? "without" : current
    tokens.append(SchoolWord.Token(text: text, before: tokens.isEmpty ? .stop : pending))
    current = ""
    pending = .space
  }

  private static func sort(_ scalar: Unicode.Scalar) -> Sort {
    switch scalar.value {
    case 0x30...0x39, 0x61...0x7A: return .letter
    case 0x0A, 0x0D, 0x2028, 0x2029: return .stop
    // Apostrophes, and what cannot be seen.
    case 0xAD, 0x200B...0x200F, 0x2060...0x2064, 0xFEFF, 0x27, 0x60, 0xB4, 0x2018...0x201B, 0x2BC, 0x2032, 0xFF07:
      return .nothing
    case 0x2E, 0x2024, 0xFF0E: return .point
    case 0x2D, 0x2010...0x2015, 0x2043, 0x2212, 0xFE58, 0xFE63, 0xFF0D: return .dash
    case 0x2F, 0x5C, 0x7C, 0x2044, 0x2215, 0xFF0F, 0xFF3C: return .slash
    case 0x26, 0x2B, 0xFF06, 0xFF0B: return .and
    case 0x3F, 0xFF1F, 0x37E: return .question
    case 0x21, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3E, 0x5B, 0x5D, 0x7B, 0x7D, 0xB7, 0x2022, 0x2026, 0x2190...0x21FF:
      return .stop
    default:
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { return .letter }
      return .blank
    }
  }
}
