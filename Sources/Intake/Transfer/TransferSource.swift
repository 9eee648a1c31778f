// What there is to say of a Common Transfer File besides its pupils. A value.

/// The file that the records were read from.
struct TransferSource: Sendable {
  /// What the file says and nobody keeps, by the paths of its elements. They are shown on the desk only: a file need not
  /// call its elements what DfE does.
  let unkept: [String]

  /// What to say of every such file, and of what it says beyond that.
  var findings: [ExportFinding] {
    var findings = [ExportFinding(Remark(.transferWithoutAnswers), row: nil)]
    if !unkept.isEmpty {
      let named = unkept.prefix(TransferScan.namedPaths).map { String($0.prefix(80)) }
      let isCut = unkept.count > named.count
      let count =
        isCut ? "more than \(named.count) elements" : named.count == 1 ? "1 element" : "\(named.count) elements"
      findings.append(
        ExportFinding(
          Remark(.transferNotKept, count), row: nil, value: (named + (isCut ? ["..."] : [])).joined(separator: ", ")))
    }
    findings.append(ExportFinding(Remark(.transferNotEdited), row: nil))
    return findings
  }

  /// What stands for the encoding of a text in the summary of a reading.
  static let encoding = "ctf"
}
