// A person's decisions on returns and recipients: recorded with who and why, acted on by the service at once.

import ArgumentParser
import Leavers
import Ledger
import Profiles

/// The returns that a decision is about, and why.
struct DecisionArguments: ParsableArguments {
  @Argument(help: "One or more returns, such as R12.")
  var returns: [ReturnID]
  @Option(name: .long, help: "Why; kept with the decision. No personal data.")
  var why: String?
}

struct ReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Let returns go that wait for a person.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var decision: DecisionArguments

  func run() async throws {
    try await options.decide(on: decision.returns) { id, ledger, person throws(LedgerError) in
      let overridden = try await ledger.returns.release(id, by: person, why: decision.why)
      Console.print("\(id) released by \(person.name)")
      for note in overridden { Console.print("  although: \(note.words)") }
    }
  }
}

struct WithdrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Take returns back that have not gone yet.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var decision: DecisionArguments

  func run() async throws {
    try await options.decide(on: decision.returns) { id, ledger, person throws(LedgerError) in
      let words = try await ledger.returns.withdraw(id, by: person, why: decision.why)
      Console.print("\(id) withdrawn by \(person.name)\n  \(words)")
    }
  }
}

struct ResendCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resend", abstract: "Send the same bytes once more, because the authority asks for it.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var decision: DecisionArguments

  func run() async throws {
    try await options.decide(on: decision.returns) { id, ledger, person throws(LedgerError) in
      try await ledger.returns.resend(id, by: person, why: decision.why)
      Console.print("\(id) goes once more, by \(person.name)")
    }
  }
}

struct HandedOverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handed-over", abstract: "Say that a hand-over pack is with the authority.")
  @OptionGroup var options: ConfigurationOption
  @Argument(help: "One or more returns, such as R12.")
  var returns: [ReturnID]
  @Option(name: .long, help: "How it was handed over, such as the portal's reference. No personal data.")
  var evidence: String?
  @Flag(
    name: .long,
    help: "It went before sharing was refused, or the register said otherwise, for somebody in it; tell the authority.")
  var beforeObjection = false

  func run() async throws {
    try await options.decide(on: returns) { id, ledger, person throws(LedgerError) in
      let toTell = try await ledger.returns.handedOver(
        id, by: person, evidence: evidence, beforeObjection: beforeObjection)
      Console.print("\(id) handed over by \(person.name)")
      if let toTell { Console.print("  \(toTell)") }
    }
  }
}

struct ToldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "told",
    abstract: "Say that an authority got the notice of what it may not use any more of a return that it has.",
    discussion: "The notice lies on the school's desk, in out/notices, and names its number.")
  @OptionGroup var options: ConfigurationOption
  @Argument(help: "A return, such as R12.")
  var id: ReturnID
  @Option(name: .long, help: "The number of the notice that went, six digits.")
  var notice: String
  @Option(name: .long, help: "Why or how; kept with the decision. No personal data.")
  var why: String?

  func run() async throws {
    try await options.decide { ledger, person in
      Console.print(try await ledger.returns.told(id, notice: notice, by: person, why: why))
    }
  }
}

struct SettleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "Say what became of a return that is unknown, or cannot be published, after asking the authority.")
  @OptionGroup var options: ConfigurationOption
  @Argument(help: "A return, such as R12.")
  var id: ReturnID
  @Flag(help: "Whether the authority has it.")
  var outcome: Outcome
  @Option(name: .long, help: "Who said so; kept with the decision. No personal data.")
  var why: String

  enum Outcome: String, EnumerableFlag { case delivered, notDelivered }

  func run() async throws {
    try await options.decide { ledger, person in
      try await ledger.returns.settleUnknown(
        id, as: outcome == .delivered ? .delivered : .notDelivered, by: person, why: why)
      Console.print("\(id) settled by \(person.name)")
    }
  }
}

struct AgainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "again",
    abstract: "Take an export in again, to be gone through by the configuration and the decisions of now.",
    discussion: "It then counts as the school's newest. What its authorities have already does not go to them again.")
  @OptionGroup var options: ConfigurationOption
  @Argument(help: "An export, such as E7.")
  var id: ExportID
  @Option(name: .long, help: "Why; kept with the decision. No personal data.")
  var why: String?

  func run() async throws {
    try await options.decide { ledger, person in
      let new = try await ledger.exports.again(id, by: person, why: why)
      Console.print("\(id) is taken in again as \(new) by \(person.name)")
    }
  }
}

struct PauseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Send nothing to a recipient, and collect nothing, until it is resumed.")
  @OptionGroup var options: ConfigurationOption
  @Argument(help: "A recipient, such as career-connect.")
  var recipient: RecipientID
  @Option(name: .long, help: "Why; kept with the decision. No personal data.")
  var why: String?

  func run() async throws {
    try await options.decide(about: recipient) { ledger, person in
      try await ledger.recipients.pause(recipient, by: person, why: why)
      Console.print("\(recipient) paused by \(person.name)")
    }
  }
}

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a recipient that was paused or stopped, or try again now what failed there.")
  @OptionGroup var options: ConfigurationOption
  @Argument(help: "A recipient, such as career-connect.")
  var recipient: RecipientID
  @Option(name: .long, help: "Why; kept with the decision. No personal data.")
  var why: String?

  func run() async throws {
    try await options.decide(about: recipient) { ledger, person in
      try await ledger.recipients.resume(recipient, by: person, why: why)
      Console.print("\(recipient) resumed by \(person.name)")
    }
  }
}

extension ConfigurationOption {
  /// As `decide`, for a recipient, which must be configured.
  fileprivate func decide(
    about recipient: RecipientID, _ body: @escaping (Ledger, Person) async throws -> Void
  ) async throws {
    let known = try load().recipients.map(\.id)
    guard known.contains(recipient) else {
      throw Failure.usage(
        "no recipient \(recipient) is configured; there are \(known.map(\.rawValue).joined(separator: ", "))")
    }
    try await decide(body)
  }
}

extension ReturnID: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension ExportID: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension RecipientID: ExpressibleByArgument {
  public init?(argument: String) { self.init(rawValue: argument) }
}

extension AuthorityID: ExpressibleByArgument {
  public init?(argument: String) { self.init(rawValue: argument) }
}
