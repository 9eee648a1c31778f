// A JSON object: keys in the order in which they came, each once. Pure.

/// The members of a JSON object in their order. Two objects are equal when they have the same members in the same order.
package struct JSONObject: Hashable, Sendable {
  /// One member.
  package struct Member: Hashable, Sendable {
    package let key: String
    package var value: JSONValue
  }

  package private(set) var members: [Member] = []
  /// Where each key stands; made once there are enough members for a search through them to be slow.
  private var places: [String: Int]?
  private static let searched = 16

  package init() {}

  /// A later value of the same key takes the earlier one's place.
  package init(_ pairs: some Sequence<(String, JSONValue)>) {
    for (key, value) in pairs { self[key] = value }
  }

  package var count: Int { members.count }
  package var isEmpty: Bool { members.isEmpty }
  package var keys: [String] { members.map(\.key) }

  /// The value of a key. Setting a new key adds it at the end; setting nil removes it.
  package subscript(key: String) -> JSONValue? {
    get { place(of: key).map { members[$0].value } }
    set {
      switch (place(of: key), newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil):
        members.remove(at: place)
        index()
      case (nil, let value?):
        members.append(Member(key: key, value: value))
        if places != nil { places?[key] = members.count - 1 } else { index() }
      case (nil, nil): break
      }
    }
  }

  private func place(of key: String) -> Int? {
    if let places { return places[key] }
    return members.firstIndex { $0.key == key }
  }

  private mutating func index() {
    places =
      members.count < Self.searched
      ? nil : Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.key, $0) })
  }

  package static func == (left: JSONObject, right: JSONObject) -> Bool { left.members == right.members }
  package func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

extension JSONObject: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The number of members only: what they hold may be personal data.
  package var description: String { "JSONObject(\(count) members)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
