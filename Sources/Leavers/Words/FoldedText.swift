// Letters made plain, so that spellings of one word are one text: case, accents, ligatures. Pure.

/// Folding of free text: Unicode's full case folding, marks taken off Latin letters.
enum FoldedText {
  /// The text in lower case without accents. `ß` becomes `ss`, `ﬁ` becomes `fi`; whether an accent came with its letter or
  /// behind it does not matter. Letters of other scripts keep theirs.
  static func folded(_ text: String) -> String.UnicodeScalarView {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased().unicodeScalars }
    var result = String.UnicodeScalarView()
    // Through capitals, because only that way do ligatures and ß fall apart.
    for scalar in text.uppercased().lowercased().unicodeScalars {
      if scalar.value < 0x80 {
        result.append(scalar)
      } else if let base = bases[scalar] {
        result.append(contentsOf: base.unicodeScalars)
      } else if scalar.properties.generalCategory != .nonspacingMark {
        result.append(scalar)
      }
    }
    return result
  }

  /// The small letters of Latin-1 and Latin Extended-A, and what is left without their marks.
  private static let bases: [Unicode.Scalar: String] = {
    let letters: [(String, String)] = [
      ("àáâãäåāăą", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"),
      ("ìíîïĩīĭįı", "i"), ("ĵ", "j"), ("ķĸ", "k"), ("ĺļľŀł", "l"), ("ñńņňŉŋ", "n"), ("òóôõöøōŏő", "o"), ("ŕŗř", "r"),
      ("śŝşšſ", "s"), ("ţťŧ", "t"), ("ùúûüũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"), ("æ", "ae"),
      ("œ", "oe"), ("þ", "th"), ("ĳ", "ij"),
    ]
    var bases: [Unicode.Scalar: String] = [:]
    for (marked, base) in letters {
      for scalar in marked.unicodeScalars { bases[scalar] = base }
    }
    return bases
  }()
}
