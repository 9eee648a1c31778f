// Many numbers of rows as the first runs of them and a count: enough to say which rows, however many there are. Pure.

/// Numbers of rows, added in ascending order.
package struct RowRuns: Sendable, Equatable {
  /// More runs than are ever named are only counted.
  private static let most = RowNumbers.most + 1

  /// The first runs, in order.
  private(set) var runs: [ClosedRange<Int>] = []
  private(set) var count = 0
  private var last = Int.min

  package init() {}

  init(_ rows: some Sequence<Int>) {
    for row in Set(rows).sorted() { add(row) }
  }

  /// Adds a row; the same row once more adds nothing.
  @inline(__always)
  package mutating func add(_ row: Int) {
    if row == last { return }
    count += 1
    if let run = runs.last, run.upperBound == row - 1 {
      runs[runs.count - 1] = run.lowerBound...row
    } else if runs.count < Self.most {
      runs.append(row...row)
    }
    last = row
  }

  /// Adds rows that all come after these.
  package mutating func add(_ other: RowRuns) {
    guard other.count > 0 else { return }
    for run in other.runs {
      if let own = runs.last, own.upperBound == run.lowerBound - 1, last == own.upperBound {
        runs[runs.count - 1] = own.lowerBound...run.upperBound
      } else if runs.count < Self.most {
        runs.append(run)
      }
      last = run.upperBound
    }
    count += other.count
    last = other.last
  }
}
