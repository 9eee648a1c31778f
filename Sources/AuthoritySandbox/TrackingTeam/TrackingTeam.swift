// The tracking team of the sandbox: sees every file that arrives, journals it, loads it, answers. Works on its own queue.

import Dispatch
package import Leavers
import Synchronization
import Transport

/// Watches where returns arrive and answers as a tracking team would, by specifications of its own.
///
/// All its work is done one event after the other, so that the journal tells the order in which things were seen. A team
/// that starts on folders with history goes on from its journal.
package final class TrackingTeam: Sendable {
  /// Where one authority's returns arrive and where its answers go.
  package struct Place: Sendable, Hashable {
    package let authority: String
    package let recipient: String
    /// Absolute paths.
    package let inbound: String
    package let outbound: String
    /// The seven digits of the school whose desk it is; nil for a recipient's own folder.
    package let desk: String?

    package init(authority: String, recipient: String, inbound: String, outbound: String, desk: String? = nil) {
      self.authority = authority
      self.recipient = recipient
      self.inbound = inbound
      self.outbound = outbound
      self.desk = desk
    }
  }

  /// How a team behaves.
  package struct Manner: Sendable {
    /// The share of a return's pupils, 0 to 1, that a survey tells of; 0 for no survey.
    package var survey: Double
    /// The share of a return's pupils, 0 to 1, whose destination is asked for; 0 for no request.
    package var chase: Double

    package init(survey: Double = 0, chase: Double = 0) {
      self.survey = survey
      self.chase = chase
    }
  }

  /// Nil once stopped, which lets go of the journal.
  private let desk: Mutex<TeamDesk?>
  private let lastProblems = Mutex<[String]>([])
  /// Loading and syncing take their time, which the watch's thread has not.
  private let queue = DispatchQueue(label: "leaverlink.sandbox.team")
  private let watch: Mutex<FolderWatch?>

  /// Begins to watch, looks through what is already there, and answers what is unanswered.
  package init(
    places: [Place], specifications: [TeamSpecification] = TeamSpecification.all, journal: String, manner: Manner,
    now: @escaping @Sendable () -> Timestamp
  ) throws {
    for place in places {
      try makeFolder(place.inbound)
      try makeFolder(place.outbound)
    }
    desk = Mutex(
      try TeamDesk(places: places, specifications: specifications, journal: journal, manner: manner, now: now))
    watch = Mutex(nil)
    let folderWatch = try FolderWatch { [weak self] event in self?.handle(event) }
    watch.withLock { $0 = folderWatch }
    // Watched first and looked through afterwards: what comes in between is seen twice rather than never.
    for place in places { try folderWatch.add(place.inbound) }
    desk.withLock { $0?.lookThrough() }
  }

  /// What went wrong so far, in words without personal data: a disk that is full, a folder that is gone.
  package var problems: [String] {
    desk.withLock { $0?.problems } ?? lastProblems.withLock { $0 }
  }

  /// Stops watching, waits until the work in hand is done, and lets go of the journal.
  package func stop() async {
    let folderWatch = watch.withLock { watch in
      defer { watch = nil }
      return watch
    }
    folderWatch?.stop()
    await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
    desk.withLock { desk in
      lastProblems.withLock { $0 = desk?.problems ?? $0 }
      desk = nil
    }
  }

  private func handle(_ event: FolderEvent) { queue.async { self.work(on: event) } }

  private func work(on event: FolderEvent) {
    desk.withLock { desk in
      switch event {
      case .changed(let folder, let name): desk?.look(folder: folder, name: name)
      case .overflow: desk?.lookThrough()
      case .lost(let folder): desk?.problems.append("the folder \(folder) is no longer there to be watched")
      }
    }
  }
}
