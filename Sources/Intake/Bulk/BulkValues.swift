// Cells to what stands for their values, for one thread: it asks the registry once for each. Pure but for that.

package import Tabular

/// What stands for the values of cells. A thread has one of its own, so that it seldom waits for another.
package struct BulkValues: ~Copyable {
  private let registry: BulkRegistry
  private let tables: UnsafeMutablePointer<ValueTable>

  init(_ registry: BulkRegistry) {
    self.registry = registry
    tables = ValueTable.allocate(registry.columns.count)
  }

  package init(_ examination: BulkExamination) { self.init(examination.reading.registry) }

  deinit { ValueTable.deallocate(tables, registry.columns.count) }

  /// What is known of a cell of the column at a place; nil where the file is not for the hot path.
  @inline(__always)
  func entry(_ place: Int, _ cell: CSVBatch.Cell) -> ValueTable.Entry? {
    if !cell.isEscaped, let known = tables[place].find(cell.start, cell.count) { return known }
    guard let entry = registry.entry(place, cell.string) else { return nil }
    if !cell.isEscaped { tables[place].add(cell.start, cell.count, entry) }
    return entry
  }

  /// The number of a cell's value in the table at a place; 0 where it has none. Every value was seen in the first pass.
  package func number(_ place: Int, _ cell: CSVBatch.Cell) -> UInt32 { entry(place, cell)?.value ?? 0 }
}
