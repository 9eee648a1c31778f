// The dry run of a large export: two passes over its bytes on all processors, without a string a cell. Reads and writes
// files.

import Dispatch
import Foundation
import Intake
package import Leavers
package import Profiles
import Returns
import Synchronization
import Tabular

/// Prepares a large CSV export of the usual form, and writes the same files as the rules one row at a time would.
package enum BulkPreparation {
  /// A smaller file is read as a whole: it takes no time, and it may be of any form.
  package static let fewestBytes = 1 << 22

  /// Nil where the file is to be read as a whole; then nothing was written.
  ///
  /// - Parameter scratch: an existing directory for the temporary files of workbooks.
  package static func run(
    export: String, out: String, school: School, configuration: Configuration, day: CalendarDate, taken: String,
    scratch: String,
    workers: Int = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount)), batchBytes: Int = ExportBatches.size
  ) throws -> PreparationReport? {
    guard let scopes = BulkScopes(school: school, configuration: configuration, day: day, scratch: scratch),
      var batches = ExportBatches(path: export)
    else { return nil }
    defer { batches.close() }
    guard batches.length <= BulkReading.mostBytes else { return nil }
    let name = URL(fileURLWithPath: export).lastPathComponent
    let demands = BulkDemands(longest: scopes.longest, changed: scopes.changed) { scopes.isAlwaysWritten($0, $1) }
    guard let head = batches.head(BulkReading.headBytes),
      let reading = BulkReading(
        head: head, named: name, school: school, configuration: configuration, day: day, demands: demands),
      batches.cut(from: reading.start, batchBytes)
    else { return nil }
    let first = BulkFirstPass(batches, reading)
    guard let (rows, places) = first.run(workers: workers), let examination = reading.examined(rows) else { return nil }
    let templates = BulkTemplates(
      examination, scopes, configuration: configuration, school: school, day: day, out: out)
    let second: BulkSecondPass
    do {
      guard let checkedHead = examination.checkedHead else { return nil }
      second = try BulkSecondPass(
        batches, templates, places: places, checked: PartFile("\(out)/\(BulkExamination.checkedName(of: name))"),
        head: checkedHead)
    } catch {
      templates.drop()
      throw error
    }
    do {
      guard try second.run(workers: workers), batches.isUnchanged else {
        second.drop()
        return nil
      }
      try templates.render(workers: workers)
      return try second.finish(named: name, configuration: configuration, taken: taken, out: out)
    } catch is ReturnsError {
      // The general path says the same, in its own words.
      second.drop()
      return nil
    } catch {
      second.drop()
      throw error
    }
  }
}

/// Runs the same work on several threads; each gets its number.
func onThreads(_ count: Int, _ work: @Sendable (Int) -> Void) {
  DispatchQueue.concurrentPerform(iterations: count, execute: work)
}

/// The first pass: every row to its class.
struct BulkFirstPass: Sendable {
  private let batches: ExportBatches
  private let reading: BulkReading

  init(_ batches: ExportBatches, _ reading: BulkReading) {
    self.batches = batches
    self.reading = reading
  }

  /// What is kept of the rows, and the place of the first row of each batch.
  func run(workers: Int) -> (rows: BulkRows, places: [Int])? {
    let next = Atomic(0)
    let isUsual = Atomic(true)
    let found = Mutex<[BulkRows?]>(Array(repeating: nil, count: batches.starts.count))
    onThreads(workers) { _ in
      var worker = reading.worker()
      var batch = CSVBatch(width: reading.width, delimiter: reading.delimiter)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: batches.bufferSize, alignment: 16)
      defer { buffer.deallocate() }
      while isUsual.load(ordering: .relaxed) {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < batches.starts.count else { return }
        var rows = BulkRows()
        guard let bytes = batches.read(number, into: buffer), batch.scan(bytes),
          worker.survey(batch, into: &rows)
        else {
          isUsual.store(false, ordering: .relaxed)
          return
        }
        let done = rows
        found.withLock { $0[number] = done }
      }
    }
    guard isUsual.load(ordering: .relaxed) else { return nil }
    return found.withLock { found in
      var rows = BulkRows()
      rows.reserve(found.reduce(0) { $0 + ($1?.count ?? 0) })
      var places: [Int] = []
      for index in found.indices {
        places.append(rows.count)
        if let part = found[index] { rows.append(part) }
        found[index] = nil
      }
      return (rows, places)
    }
  }
}
