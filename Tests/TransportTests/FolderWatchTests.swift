// Changes in watched folders, as the kernel reports them.

import Foundation
import Synchronization
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct FolderWatchTests {
  private struct Watched {
    let watch: FolderWatch
    let events: AsyncStream<FolderEvent>
  }

  private func start() throws -> Watched {
    let (events, sink) = AsyncStream.makeStream(of: FolderEvent.self)
    return Watched(watch: try FolderWatch { sink.yield($0) }, events: events)
  }

  private func write(_ path: String) throws { try Data([1]).write(to: URL(fileURLWithPath: path)) }

  @Test("writing, renaming and removing are told with folder and name")
  func changes() async throws {
    let watched = try start()
    let one = try scratch()
    let two = try scratch()
    try watched.watch.add(one)
    try watched.watch.add(two)
    var events = watched.events.makeAsyncIterator()
    func next(_ expected: FolderEvent) async {
      while let event = await events.next() { if event == expected { return } }
    }
    try write(one + "/a.csv")
    await next(.changed(folder: one, name: "a.csv"))
    rename(one + "/a.csv", two + "/b.csv")
    await next(.changed(folder: two, name: "b.csv"))
    unlink(two + "/b.csv")
    await next(.changed(folder: two, name: "b.csv"))
    watched.watch.stop()
  }

  @Test("a removed folder is told as lost, once, and the others go on")
  func lost() async throws {
    let watched = try start()
    let one = try scratch()
    let two = try scratch()
    try watched.watch.add(one)
    try watched.watch.add(two)
    rmdir(one)
    try write(two + "/end")
    var seen: [FolderEvent] = []
    for await event in watched.events {
      seen.append(event)
      if event == .changed(folder: two, name: "end") { break }
    }
    #expect(seen.filter { $0 == .lost(folder: one) }.count == 1)
    watched.watch.stop()
  }

  @Test("a folder that was moved away is lost: its path no longer leads there")
  func moved() async throws {
    let watched = try start()
    let one = try scratch()
    try watched.watch.add(one)
    rename(one, one + "-elsewhere")
    for await event in watched.events {
      #expect(event == .lost(folder: one))
      break
    }
    // It can be watched again once it is back.
    rename(one + "-elsewhere", one)
    try watched.watch.add(one)
    try write(one + "/a")
    for await event in watched.events where event == .changed(folder: one, name: "a") { break }
    watched.watch.stop()
  }

  @Test("a folder that is no longer watched is silent, and nobody calls it lost")
  func removed() async throws {
    let watched = try start()
    let one = try scratch()
    let two = try scratch()
    try watched.watch.add(one)
    try watched.watch.add(two)
    watched.watch.remove(one)
    watched.watch.remove("/never/added")
    try write(one + "/a")
    try write(two + "/end")
    for await event in watched.events {
      guard case .changed(let folder, let name) = event else {
        Issue.record("\(event)")
        break
      }
      #expect(folder == two)
      if name == "end" { break }
    }
    watched.watch.stop()
  }

  @Test("more events than the kernel keeps are told as an overflow")
  func overflow() async throws {
    let blocked = DispatchSemaphore(value: 0)
    let isFirst = Mutex(true)
    let (events, sink) = AsyncStream.makeStream(of: FolderEvent.self)
    let watch = try FolderWatch { event in
      let wait = isFirst.withLock { first in
        defer { first = false }
        return first
      }
      if wait { blocked.wait() }
      if event == .overflow { sink.yield(event) }
    }
    let folder = try scratch()
    try watch.add(folder)
    let text = try String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
    let limit = try requireValue(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    // Each creation and removal is an event; neighbours that are equal are merged by the kernel, these are not.
    for number in 0...(limit / 2 + 2000) {
      close(open("\(folder)/\(number % 2)", O_CREAT | O_WRONLY | O_CLOEXEC, 0o600))
      unlink("\(folder)/\(number % 2)")
    }
    blocked.signal()
    for await event in events {
      #expect(event == .overflow)
      break
    }
    watch.stop()
  }

  @Test("what cannot be watched is refused in words")
  func refused() throws {
    let watched = try start()
    let folder = try scratch()
    try write(folder + "/file")
    for path in [folder + "/missing", folder + "/file"] {
      #expect {
        try watched.watch.add(path)
      } throws: {
        ($0 as? TransportError)?.code == .notFound
      }
    }
    watched.watch.stop()
    watched.watch.stop()
  }
}
