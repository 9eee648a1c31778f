// The vocabulary arranged for look-up by the words of a text. Pure.

/// A vocabulary as a tree of words.
struct VocabularyIndex: Sendable {
  /// What one run of words stands for: the rows that share it.
  struct Phrase: Sendable {
    var words: String
    var codes: [(set: String, code: String, place: VocabularyEntry.Place, strength: WordStrength)] = []
    var marks: Set<WordMark> = []
  }

  private struct Node: Sendable {
    var next: [String: Int] = [:]
    /// Beginnings of words and the node behind each, longest first.
    var beginnings: [(stem: String, node: Int)] = []
    var phrase: Int?
  }

  private var nodes = [Node()]
  private(set) var phrases: [Phrase] = []
  /// Every word of the vocabulary; beginnings without their star.
  private(set) var words: Set<String> = []
  private var stems: [String] = []
  /// Those that a mistyped word may be taken for: not the small words, which too many others are near to.
  private(set) var correctable: Set<String> = []

  init(_ vocabulary: WordVocabulary) {
    for entry in vocabulary.entries {
      let phrase = phrase(for: entry.words)
      if Self.isCorrectable(entry.sense) {
        correctable.formUnion(entry.words.map { $0.hasSuffix("*") ? String($0.dropLast()) : $0 })
      }
      switch entry.sense {
      case .code(let set, let code, let place, let strength):
        phrases[phrase].codes.append((set, code, place, strength))
      case .mark(let mark): phrases[phrase].marks.insert(mark)
      }
    }
  }

  private static func isCorrectable(_ sense: VocabularyEntry.Sense) -> Bool {
    switch sense {
    case .code, .mark(.negation), .mark(.undone), .mark(.doubt), .mark(.seeking), .mark(.ownSchool): true
    case .mark: false
    }
  }

  private mutating func phrase(for words: [String]) -> Int {
    var node = 0
    for word in words {
      let found: Int?
      if word.hasSuffix("*") {
        let stem = String(word.dropLast())
        self.words.insert(stem)
        if !stems.contains(stem) { stems.append(stem) }
        found = nodes[node].beginnings.first { $0.stem == stem }?.node
        if found == nil {
          nodes[node].beginnings.append((stem, nodes.count))
          nodes[node].beginnings.sort { $0.stem.utf8.count > $1.stem.utf8.count }
        }
      } else {
        self.words.insert(word)
        found = nodes[node].next[word]
        if found == nil { nodes[node].next[word] = nodes.count }
      }
      if found == nil { nodes.append(Node()) }
      node = found ?? nodes.count - 1
    }
    if let phrase = nodes[node].phrase { return phrase }
    phrases.append(Phrase(words: words.joined(separator: " ")))
    nodes[node].phrase = phrases.count - 1
    return phrases.count - 1
  }

  /// Whether a word is in the vocabulary, or begins like one that stands for all that begin so.
  func knows(_ word: String) -> Bool {
    words.contains(word) || stems.contains { word.hasPrefix($0) }
  }

  /// The longest phrase that begins at a token; `forms` are the spellings in which each may be read, the first as written.
  /// `typos` counts the words that were read as others than they are.
  func longest(_ forms: [[String]], from start: Int, until end: Int) -> (phrase: Int, length: Int, typos: Int)? {
    var best: (phrase: Int, length: Int, typos: Int)?
    var open: [(node: Int, typos: Int)] = [(0, 0)]
    var position = start
    while position < end, !open.isEmpty {
      var following: [(node: Int, typos: Int)] = []
      for (node, typos) in open {
        for (index, form) in forms[position].enumerated() {
          let count = typos + (index > 0 ? 1 : 0)
          if let next = nodes[node].next[form] { following.append((next, count)) }
          for (stem, next) in nodes[node].beginnings where form.hasPrefix(stem) { following.append((next, count)) }
        }
      }
      position += 1
      for (node, typos) in following {
        guard let phrase = nodes[node].phrase else { continue }
        let length = position - start
        if best.map({ length > $0.length || typos < $0.typos }) ?? true { best = (phrase, length, typos) }
      }
      open = following
    }
    return best
  }
}
