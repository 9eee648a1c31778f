// An address of a Common Transfer File, in lines or in the parts of BS 7666. Pure; does not print.

/// The address of a pupil or a contact.
struct TransferAddress {
  /// At most three.
  let lines: [String]
  let town: String
  let county: String
  let postcode: String

  init(_ element: TransferElement) {
    let given = (1...5).map { element["AddressLines"]?.value("AddressLine\($0)") ?? "" }
    let parts = element["BS7666Address"]
    func part(_ name: String) -> String { parts?.value(name) ?? "" }
    if given.contains(where: { !$0.isEmpty }) {
      lines = AddressParts.threeLines(given)
    } else {
      let whole = AddressParts(
        saon: part("SAON"), paon: part("PAON"), street: part("Street"), locality: part("Locality"))
      lines = whole.lines
    }
    town = part("Town").isEmpty ? part("PostTown") : part("Town")
    county = element.value("County").isEmpty ? part("AdministrativeArea") : element.value("County")
    postcode = element.value("PostCode")
  }

  /// All of it on one line.
  var text: String { (lines + [town, county, postcode]).filter { !$0.isEmpty }.joined(separator: ", ") }
}

extension TransferAddress: CustomStringConvertible, CustomReflectable {
  var description: String { "TransferAddress(redacted)" }
  var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
