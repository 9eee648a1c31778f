// Mapped rows to the bytes of a return; the same rows, profile and setting give the same bytes. Pure but for the temporary
// files of a workbook.

import Leavers
package import Profiles
import Tabular

/// Writes the file of one return.
package struct ReturnRenderer: Sendable {
  package let profile: ReturnProfile

  package init(profile: ReturnProfile) { self.profile = profile }

  package var header: [String] { profile.columns.map(\.name) }

  /// The whole file. Fails, in words without personal data, on what the format cannot hold.
  package func bytes(of rows: [MappedRow], _ setting: RenderSetting) throws(ReturnsError) -> [UInt8] {
    let rows = ReturnRows(rows, profile: profile)
    switch profile.format {
    case .csv(let form): return try csv(form, rows, setting)
    case .workbook(let form): return try WorkbookRendering(profile: profile, form: form).bytes(rows, setting)
    case .template(let form): return try TemplateRendering(profile: profile, form: form).bytes(rows, setting)
    case .xml(let form): return try XMLRendering(profile: profile, form: form).bytes(rows, setting)
    }
  }

  /// What tells a row from what was sent before: header and row as they stand in the file, so that a changed format is
  /// a changed row.
  package func identity(of row: MappedRow) throws(ReturnsError) -> [UInt8] {
    let dialect = profile.format.csvDialect ?? .standard
    do throws(CSVError) {
      let bytes = try CSVWriter.bytes(of: [header] + row.lines, in: dialect)
      return Array(profile.layout.utf8) + bytes
    } catch {
      throw Self.unwritable(profile, "row \(row.rowNumber): \(error.message)")
    }
  }

  private func csv(_ form: CSVForm, _ rows: ReturnRows, _ setting: RenderSetting) throws(ReturnsError) -> [UInt8] {
    var writer = CSVWriter(form.dialect)
    do throws(CSVError) {
      for line in form.head { try writer.write(line.map { setting.text($0, of: rows) }) }
      if form.hasColumnNames { try writer.write(header) }
      for line in rows.lines { try writer.write(line.cells) }
      for line in form.tail { try writer.write(line.map { setting.text($0, of: rows) }) }
    } catch {
      throw Self.unwritable(profile, error.message)
    }
    return writer.bytes
  }

  static func unwritable(_ profile: ReturnProfile, _ why: String) -> ReturnsError {
    ReturnsError(.unwritable, message: "the return \(profile.kind.rawValue) cannot be written: \(why)")
  }
}
