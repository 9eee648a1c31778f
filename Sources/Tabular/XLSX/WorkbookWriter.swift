// Drafts of workbooks to bytes, by libxlsxwriter.

import CSpreadsheet
import Glibc
import Synchronization

/// Writes workbooks (`.xlsx`) that Excel and LibreOffice open without a question.
///
/// The same draft and instant give the same bytes. The workbook itself is made in memory; libxlsxwriter keeps its parts
/// in files that have no name, in the directory that is handed in: it should be one that only the service can read.
package struct WorkbookWriter: Sendable {
  private let directory: String

  /// - Parameter directory: an existing directory for temporary files.
  package init(temporaryFilesIn directory: String) { self.directory = directory }

  /// One at a time: the library asks the C library for the time in a way that two threads must not do at once.
  private static let turn = Mutex(())

  /// The workbook's bytes.
  ///
  /// - Parameter created: seconds since 1970, in the properties of the file; what lies before counts as second 1.
  package func bytes(of draft: WorkbookDraft, created: Int) throws(WorkbookWritingError) -> [UInt8] {
    try DraftCheck.run(draft)
    // The library would go on to /tmp by itself where it cannot open a file in the directory.
    guard access(directory, W_OK | X_OK) == 0 else {
      throw WorkbookWritingError(
        .noDirectory,
        message: "the directory for temporary files cannot be written to (\(String(cString: strerror(errno))))")
    }
    let result = Self.turn.withLock { _ in
      Result { () throws(WorkbookWritingError) in try make(draft, created) }
    }
    return try result.get()
  }

  private func make(_ draft: WorkbookDraft, _ created: Int) throws(WorkbookWritingError) -> [UInt8] {
    let file = memfd_create("workbook", 1)
    guard file >= 0 else { throw Self.refusal(String(cString: strerror(errno))) }
    defer { close(file) }
    var options = lxw_workbook_options()
    let workbook = directory.withCString { path in
      options.tmpdir = UnsafeMutablePointer(mutating: path)
      return workbook_new_opt("/proc/self/fd/\(file)", &options)
    }
    guard let workbook else { throw Self.refusal("no memory") }
    var formats = WorkbookFormats(workbook)
    do throws(WorkbookWritingError) {
      try setProperties(draft.properties, created, of: workbook)
      let lists = draft.longLists
      var isFirst = true
      for sheet in draft.allSheets {
        guard let worksheet = workbook_add_worksheet(workbook, sheet.name) else {
          throw Self.refusal("a sheet could not be begun")
        }
        try SheetWriting(sheet, lists: lists).write(to: worksheet, &formats)
        if sheet.isHidden {
          worksheet_hide(worksheet)
        } else if isFirst {
          worksheet_activate(worksheet)
          worksheet_set_first_sheet(worksheet)
          isFirst = false
        }
      }
    } catch {
      lxw_workbook_free(workbook)
      throw error
    }
    // Frees the workbook, whatever it returns.
    try Self.check(workbook_close(workbook))
    return try Self.contents(of: file)
  }

  private func setProperties(
    _ properties: WorkbookDraft.Properties, _ created: Int, of workbook: UnsafeMutablePointer<lxw_workbook>
  ) throws(WorkbookWritingError) {
    let texts = [properties.title, properties.subject, properties.author, properties.comments].map {
      strdup(SpreadsheetText.cleaned($0))
    }
    defer { texts.forEach { free($0) } }
    var values = lxw_doc_properties()
    (values.title, values.subject, values.author, values.comments) = (texts[0], texts[1], texts[2], texts[3])
    // Zero would be the time of now.
    values.created = time_t(max(created, 1))
    try Self.check(workbook_set_properties(workbook, &values))
  }

  private static func contents(of file: CInt) throws(WorkbookWritingError) -> [UInt8] {
    var status = stat()
    guard fstat(file, &status) == 0, status.st_size > 0 else { throw refusal("the workbook came out empty") }
    let size = Int(status.st_size)
    var bytes = [UInt8](repeating: 0, count: size)
    var done = 0
    while done < size {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(file, buffer.baseAddress.map { $0 + done }, size - done, off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw refusal(String(cString: strerror(errno))) }
      done += count
    }
    return bytes
  }

  /// - Parameter code: what a call of the library returned.
  static func check(_ code: lxw_error) throws(WorkbookWritingError) {
    if code == LXW_NO_ERROR { return }
    throw refusal(lxw_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)")
  }

  private static func refusal(_ why: String) -> WorkbookWritingError {
    WorkbookWritingError(
      .writing, message: "the workbook could not be written (\(why)); see that there is space and memory")
  }
}
