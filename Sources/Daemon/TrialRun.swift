// A trial of an authority's format: invented pupils in the final format by the final way, committed before it goes.

package import Delivery
package import Leavers
package import Ledger
package import Profiles
package import Returns
package import Transport

/// Sends trials. Works beside a running service: it puts one file under a name that no return has, and asks for nothing.
package struct TrialRun: Sendable {
  /// Why a trial is not sent, and what to do.
  package struct Refusal: Error, Sendable, CustomStringConvertible {
    package let message: String
    package var description: String { message }

    package init(message: String) { self.message = message }
  }

  package struct Report: Sendable {
    package let trial: TrialSummary
    package let file: TrialFile
    package let outcome: TrialDelivery.Outcome
  }

  private let configuration: Configuration
  private let ledger: Ledger
  private let timekeeper: any Timekeeper
  /// An existing directory for the temporary files of workbooks.
  private let scratch: String

  package init(configuration: Configuration, ledger: Ledger, timekeeper: any Timekeeper, scratch: String) {
    self.configuration = configuration
    self.ledger = ledger
    self.timekeeper = timekeeper
    self.scratch = scratch
  }

  /// The recipient of an authority's trials. Throws `Refusal` where nothing may go to it.
  ///
  /// `evidence: trial` lets them go anywhere; `illustrative` to a recipient that a sandbox wrote. A format that is agreed
  /// has real pupils in the authority's hands, and invented ones must not come among them.
  package func recipient(of authority: AuthorityProfile, school: School) async throws -> Recipient {
    guard let recipient = configuration.recipient(authority.recipient) else {
      throw Refusal(message: "recipient \(authority.recipient) of \(authority.id) is not configured; add its file")
    }
    if case .agreed = authority.evidence {
      throw Refusal(
        message:
          "the format of \(authority.name) is agreed, so that what goes there is taken for real; to try a changed "
          + "one, write evidence: trial in \(authority.file), and nothing real goes until it is agreed again")
    }
    let record = try recipient.sandbox.map { directory in try SandboxRecord.read(directory: directory) }
    let refusal = EvidenceGate.refusal(
      authority: authority, agreement: nil, recipient: recipient, school: school, purpose: .run, sandboxRecord: record)
    if let refusal {
      throw Refusal(
        message: "\(refusal); when its tracking team is ready for a file of invented pupils, write evidence: trial in "
          + authority.file)
    }
    let standing = try await ledger.recipients.state(recipient.id)
    guard standing.isOpen else {
      throw Refusal(message: "\(recipient.name) is paused or stopped; leaverlink resume \(recipient.id) goes on")
    }
    return recipient
  }

  /// Makes a file of one kind of return and sends it.
  ///
  /// Throws `Refusal`, what stands in the way of making the file, and the ledger's errors. Once it is committed that it
  /// goes, whatever happens is in the report; where the ledger does not take it, it says `sending` there.
  package func run(
    _ profile: ReturnProfile, of authority: AuthorityProfile, school: School, endpoint: Endpoint, by person: Person
  ) async throws -> Report {
    let recipient = try await recipient(of: authority, school: school)
    let way = recipient.way(for: authority)
    let head = "\(try await ledger.chainHead())"
    let (trial, file) = try await begin(profile, authority, school, recipient, way, by: person)
    var cover: [UInt8]?
    if way.publication == .desk || profile.coverSheet {
      cover = TrialDelivery.cover(
        of: trial, inFull: file.inFull, floorOnly: file.floorOnly, totals: file.totals, agreement: file.agreement,
        recipient: recipient, configuration: configuration, chainHead: head)
    }
    var outcome: TrialDelivery.Outcome
    do throws(TransportError) {
      let delivery = try TrialDelivery(trial, bytes: file.bytes, way: way, ledger: ledger.name, cover: cover)
      outcome = await delivery.send(over: endpoint)
    } catch {
      outcome = TrialDelivery.Outcome(state: .failed, problem: error.description, readBack: nil)
    }
    do throws(LedgerError) {
      try await ledger.trials.end(trial.id, outcome.state, problem: outcome.problem)
    } catch {
      outcome.problem = [outcome.problem, "the ledger could not note it: \(error.message)"].compactMap(\.self)
        .joined(separator: "; ")
    }
    return Report(trial: trial, file: file, outcome: outcome)
  }

  /// Makes the file under the next number of its series, anew where a return takes that number meanwhile.
  private func begin(
    _ profile: ReturnProfile, _ authority: AuthorityProfile, _ school: School, _ recipient: Recipient,
    _ way: DeliveryWay, by person: Person
  ) async throws -> (TrialSummary, TrialFile) {
    let day = timekeeper.today()
    let series = TrialFile.series(profile, authority: authority, school: school, on: day)
    var attempts = 0
    while true {
      attempts += 1
      let file = try TrialFile.make(
        profile, authority: authority, school: school, configuration: configuration,
        sequence: try await ledger.trials.nextSequence(of: series), day: day, scratch: scratch)
      do throws(LedgerError) {
        let trial = try await ledger.trials.begin(
          TrialDraft(
            series: series, recipient: recipient.id, sequence: file.sequence, folder: way.folder,
            fileName: file.fileName, size: Int64(file.bytes.count), sha256: ContentDigest.sha256(file.bytes),
            rows: file.inFull + file.floorOnly), by: person)
        return (trial, file)
      } catch {
        guard error.code == .conflict, attempts < 3 else { throw error }
      }
    }
  }
}
