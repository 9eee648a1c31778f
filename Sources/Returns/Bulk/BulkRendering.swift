// Files of a large dry run that are more than lines: workbooks, XML, head and tail lines, other encodings. Rendered of the
// lines that the rows were written as. Pure but for the temporary files of workbooks.

package import Leavers
import Profiles
import Tabular

extension BulkScopes {
  /// The file of a return with these lines, read back and compared with them. What may be told was proved of each cell
  /// when its line was written.
  ///
  /// Fails where the file cannot be written, or does not read back as it was meant: the general path says why.
  package func rendered(_ scope: Int, _ cohort: Cohort, lines: [UInt8]) throws(ReturnsError) -> [UInt8] {
    let (profile, setting) = (scopes[scope].profile, scopes[scope].setting.of(cohort))
    var rows: [MappedRow] = []
    do {
      try CSVReader.forEachRow(of: lines, format: CSVFormat(scopes[scope].dialect)) { row in
        // In the order of the export. By whom a row is told of, and how far, is of no matter any more.
        rows.append(
          MappedRow(
            rowNumber: rows.count, pupil: nil, disclosure: .full, route: .educatedHere, cells: row.strings))
      }
    } catch {
      throw ReturnRenderer.unwritable(profile, "its lines cannot be read: \(error)")
    }
    let bytes = try ReturnRenderer(profile: profile).bytes(of: rows, setting)
    guard let check = scopes[scope].check, check.differences(bytes, rows: rows, setting).isEmpty else {
      throw ReturnRenderer.unwritable(profile, "it does not read back as it was meant")
    }
    return bytes
  }
}
