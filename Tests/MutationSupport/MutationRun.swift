// Many changed inputs, one after another: a few of them in the suite, or for as long as FUZZ_SECONDS says.

import Glibc

/// Runs a reader over changed inputs. Each input is made of a seed of its own, so that it can be made again.
///
/// - `FUZZ_SECONDS`: how long a long run goes on; without it there is none.
/// - `FUZZ_SEED`: the one seed that a long run tries, to see again what it found.
/// - `FUZZ_SEED_FILE`: a file that holds the seed of the input under way, for when the process does not survive it.
package struct MutationRun {
  /// How long a long run goes on; 0 where there is none.
  package static let seconds = variable("FUZZ_SECONDS").flatMap { Int($0) } ?? 0

  /// What a single input may take of the processor, however busy the machine is: a thousand times what it should.
  package static let mostSeconds = 20.0
  /// How much more memory may be resident at the end than after warming up.
  package static let mostGrowth = 64 << 20

  /// What a run found by itself; what is wrong with an input, its reader's test says.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
  }

  private let name: String
  private let body: (UInt64) throws -> Void

  /// - Parameters:
  ///   - name: of the reader, for the report.
  ///   - body: makes the input of a seed and reads it.
  package init(_ name: String, _ body: @escaping (UInt64) throws -> Void) {
    self.name = name
    self.body = body
  }

  /// The inputs of the first seeds: the same at each run.
  package func few(_ count: Int) throws {
    for seed in 1...UInt64(count) { try once(seed) }
  }

  /// Inputs of ever new seeds for so many seconds. Says in one line what it came to.
  package func long(_ seconds: Int = seconds) throws {
    if let seed = Self.variable("FUZZ_SEED").flatMap({ UInt64($0) }) {
      try once(seed)
      return
    }
    let file = Self.variable("FUZZ_SEED_FILE").map { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) } ?? -1
    defer { if file >= 0 { close(file) } }
    let clock = ContinuousClock()
    let start = clock.now
    var seed = UInt64(time(nil)) << 20
    var count = 0
    var slowest = (seconds: 0.0, seed: seed)
    var before: Int?
    while true {
      let gone = clock.now - start
      if gone >= .seconds(seconds) { break }
      if before == nil, gone >= .seconds(min(60, seconds / 10)) { before = Self.resident() }
      seed += 1
      if file >= 0 {
        let text = Array("\(seed)".utf8)
        _ = pwrite(file, text, text.count, 0)
      }
      let taken = try once(seed)
      if taken > slowest.seconds { slowest = (taken, seed) }
      count += 1
    }
    let after = Self.resident()
    let first = before ?? after
    print(
      "fuzz \(name): \(count) inputs in \(seconds) s; the slowest took \(Self.thousandths(slowest.seconds)) s (seed "
        + "\(slowest.seed)); resident \(first >> 10) KiB after warming up, \(after >> 10) KiB at the end")
    guard after - first < Self.mostGrowth else { throw Failure("\(name): memory grew by \((after - first) >> 10) KiB") }
  }

  @discardableResult
  private func once(_ seed: UInt64) throws -> Double {
    let start = Self.processorTime()
    try body(seed)
    let taken = Self.processorTime() - start
    guard taken < Self.mostSeconds else {
      throw Failure("\(name): seed \(seed) took \(Self.thousandths(taken)) s")
    }
    return taken
  }

  // MARK: What the system says

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func thousandths(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

  /// Bytes of memory that the process has.
  private static func resident() -> Int {
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = read(file, &buffer, buffer.count)
    let words = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
    guard words.count > 1, let pages = Int(words[1]) else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
