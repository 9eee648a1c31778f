// The files that go back to a school for one export. Pure.

package import Leavers
package import Profiles
import Tabular

/// A file for a desk.
package typealias DeskFile = (name: String, bytes: [UInt8])

extension Examination {
  /// The files for the desk: findings always, the checked export where its bytes are a table. `name` is the file name
  /// of the export; `bytes` are the export's own.
  package func deskFiles(named name: String, export bytes: [UInt8]) -> [DeskFile] {
    deskFiles(named: name, export: bytes, report: RowReport())
  }

  /// All files for the desk, in the words of one school: findings first, then the checked export where there is one, the
  /// summary last.
  ///
  /// - Parameters:
  ///   - taken: when it was taken in, in words.
  ///   - reference: by which a checked workbook is known when it comes back.
  ///   - corrects: what it is a corrected copy of.
  ///   - decisions: nil until it is decided.
  package func deskFiles(
    named name: String, export bytes: [UInt8], school: School, configuration: Configuration, taken: String,
    reference: String? = nil, corrects: Correction? = nil, decisions: ExportDecisions?
  ) -> [DeskFile] {
    let names = Dictionary(configuration.authorities.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let report = RowReport(
      mis: MISProduct(headerMap: school.mis), reference: reference, decisions: decisions, names: names)
    let files = deskFiles(named: name, export: bytes, report: report)
    let summary = SummaryPage(
      of: self, named: name, checked: files.dropFirst().first?.name, school: school, configuration: configuration,
      taken: taken, corrects: corrects, decisions: decisions)
    return files + [summary.file]
  }

  /// Findings and checked file, with what was decided of each row.
  func deskFiles(named name: String, export bytes: [UInt8], report: RowReport) -> [DeskFile] {
    var findings = listed
    var checked: DeskFile?
    switch layout {
    case nil: break
    case .text(let layout):
      checked = CheckedFile.bytes(of: bytes, layout: layout, rows: rows, report: report).map {
        (DeskNames.checked(of: name), $0)
      }
    case .transferFile(let layout):
      checked = CheckedTransferFile.table(of: bytes, layout: layout, rows: rows, report: report).map {
        (DeskNames.checked(of: name), $0)
      }
    case .sheet(let layout):
      do throws(WorkbookError) {
        let edited = try CheckedWorkbook.edited(bytes, layout: layout, rows: rows, report: report)
        checked = (DeskNames.workbook(of: name, isMacroEnabled: edited.isMacroEnabled), edited.bytes)
      } catch {
        // A plain table is better than none. Only the desk needs to know.
        checked = CheckedWorkbook.table(of: bytes, layout: layout, rows: rows, report: report).map {
          (DeskNames.checked(of: name), $0)
        }
        findings.append(ExportFinding(Remark(.checkedAsText), row: nil))
      }
    }
    return [(name: DeskNames.findings(of: name), bytes: FindingsFile.bytes(of: findings, mis: report.mis))]
      + (checked.map { [$0] } ?? [])
  }
}
