// A small complete configuration in a real temporary directory, to be spoilt in one place at a time.

import Foundation
import Leavers
import Testing

@testable import Profiles

/// A configuration of two schools, two authorities and one recipient each way. The mark `§` in a text says where a
/// mistake is expected; it is taken out before the file is written.
struct Fixture {
  var files: [String: String] = [
    "leaverlink.yaml": Self.top, "authorities/sefton.yaml": Self.sefton, "authorities/wirral.yaml": Self.wirral,
    "recipients/career-connect.yaml": Self.careerConnect, "recipients/wirral.yaml": Self.wirralRecipient,
    "mis/sims.yaml": Self.sims,
    "codes/nccis-intended.csv":
      "code,label,from,until,status\n111,Same school,,,current\n411,Other,,,current\n410,Undecided,,,legacy\n",
    "codes/nccis-activity.csv": "code,label,from,until,status\n210,School sixth form,,,current\n",
    "codes/nccis-guarantee.csv": "code,label\n110,Offer made\n",
    "codes/nccis-ethnicity.csv": "code,label\nWBRI,White British\n",
    "codes/census-gender.csv": "code,label\nF,Female\n",
    "codes/census-sen-provision.csv": "code,label\nN,None\nK,Support\n",
    "codes/nccis-level-of-need.csv": "code,label\n1,Intensive\n",
    "credentials/leaverlink-master-key": "0123456789abcdef0123456789abcdef",
    "credentials/career-connect-key": "a key", "credentials/wirral-certificate": Self.pem,
    "desks/high/in/.keep": "", "desks/academy/in/.keep": "", "exports/high/.keep": "", "state/.keep": "",
  ]
  var environment: [String: String] = [:]
  var inspection = KeyInspection.usable("ed25519")
  /// Permissions of files that are not 0600.
  var modes: [String: Int] = [:]
  /// Symbolic links: name and where each leads.
  var links: [String: String] = [:]

  struct Mark: Hashable {
    var file: String
    var line: Int
    var column: Int
  }

  struct Outcome {
    var directory: String
    var configuration: LoadedConfiguration?
    /// Errors and warnings.
    var diagnostics: [ConfigurationDiagnostic]
    var marks: [Mark]
    /// What could be read in spite of errors.
    var readable: ReadableParts?

    /// The diagnostics' places, relative to the configuration's directory.
    func place(_ diagnostic: ConfigurationDiagnostic) -> Mark {
      let file =
        diagnostic.file.hasPrefix(directory + "/")
        ? String(diagnostic.file.dropFirst(directory.count + 1)) : diagnostic.file
      return Mark(file: file, line: diagnostic.line, column: diagnostic.column)
    }
  }

  /// Changes a piece of a file, which must be there exactly once.
  mutating func replace(_ old: String, with new: String, in file: String) {
    let text = files[file] ?? ""
    #expect(text.components(separatedBy: old).count == 2, "\(old.debugDescription) must stand once in \(file)")
    files[file] = text.replacingOccurrences(of: old, with: new)
  }

  func load(_ need: ConfigurationLoader.Need = .everything) throws -> Outcome {
    let directory = try write()
    defer { try? FileManager.default.removeItem(atPath: directory.path) }
    let inspection = inspection
    let loader = ConfigurationLoader(
      environment: environment.mapValues { $0.replacingOccurrences(of: "DIR", with: directory.path) },
      inspectKey: { _ in inspection })
    do {
      let loaded = try loader.load(directory.path + "/leaverlink.yaml", requiring: need)
      return Outcome(
        directory: directory.path, configuration: loaded, diagnostics: loaded.warnings, marks: directory.marks)
    } catch {
      return Outcome(
        directory: directory.path, configuration: nil, diagnostics: error.diagnostics, marks: directory.marks,
        readable: error.readable)
    }
  }

  /// Writes the files into a fresh directory.
  func write() throws -> (path: String, marks: [Mark]) {
    let manager = FileManager.default
    let path = ConfigurationFiles.resolved(
      manager.temporaryDirectory.appendingPathComponent("profiles-\(UUID().uuidString)").path)
    var marks: [Mark] = []
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      let file = path + "/" + name
      try manager.createDirectory(
        atPath: ConfigurationFiles.folder(of: file), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      var plain = ""
      for (index, line) in text.components(separatedBy: "\n").enumerated() {
        let parts = line.components(separatedBy: "§")
        if parts.count > 1 { marks.append(Mark(file: name, line: index + 1, column: parts[0].count + 1)) }
        plain += (index > 0 ? "\n" : "") + parts.joined()
      }
      try Data(plain.utf8).write(to: URL(fileURLWithPath: file))
      try manager.setAttributes([.posixPermissions: modes[name] ?? 0o600], ofItemAtPath: file)
    }
    for (name, target) in links {
      try manager.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: path + "/" + target)
    }
    return (path, marks)
  }

  /// For tests that spoil a file's bytes themselves.
  static func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
  static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  // MARK: The files

  static let top = """
    schools:
      - name: Example High School
        controller: example-trust
        laestab: "3434787"
        urn: "104693"
        ukprn: "10012345"
        desk: desks/high
        exports: exports/high
        mis: sims
        sharing: {unlisted: share, by: Head of data, on: 2026-05-01}
        findings: {L202: note, L306: warning}
      - name: Example Academy
        controller: example-academy
        laestab: 343/6900
        urn: "104955"
        desk: desks/academy
        mis: sims
    state: state
    settle: 500ms
    rescan: 30s

    """

  static let sefton = """
    authority: {id: sefton, name: Sefton Council, code: "343", gss: E08000014}
    recipient: career-connect
    evidence: {agreed: {with: The tracking team, on: 2026-02-01}}
    agreements:
      - kinds: [intended-destinations, unknown-answers]
        basis: esa-2008-s72
        reference: DSA-1
        from: 2026-03-01
        until: 2027-08-31
    acknowledges: file
    send-to: inbound/sefton
    collect-from: outbound/sefton
    returns:
      intended-destinations:
        cohorts: [Y11]
        routed-by: educated
        send: {on-dates: [2026-09-30, 2026-06-30]}
        file: "{laestab}_{cohort}_{sequence}.csv"
        format: {type: csv, encoding: windows-1252, newline: lf, delimiter: bar, quote: always, formulas: neutralised}
        columns:
          - {name: UPN, from: upn}
          - {name: Surname, from: legalSurname, case: upper, max: 35, required: true}
          - {name: DOB, from: dateOfBirth, as: dd/MM/yyyy}
          - {name: Left, from: leavingDate}
          - {name: Intended, from: intendedDestination, codes: nccis-intended}
          - {name: Plan, from: intendedDestination, map: {"111": A, "411": B}}
          - {name: Kind, constant: INT}
          - {name: School, school: laestab}
    replies:
      acknowledgement:
        match: "ACK_{laestab}_*.csv"
        columns: {File: returnFile, Result: verdict}
        accepted: [Fine]
      activity-survey:
        match: "AS_{laestab}_*.csv"
        level: pupil
        columns: {UPN: upn, Activity: activity, Ref: reference}
    contact: {email: _team@example.org, as-of: 2026-03-01, note: confirm before use}

    """

  static let wirral = """
    authority: {id: wirral, name: Wirral Council, code: "344", gss: E08000015}
    recipient: wirral
    evidence: trial
    agreements:
      - {kinds: [confirmed-destinations], basis: public-task, reference: DSA-2, from: 2026-03-01, until: 2027-08-31, consent: tracking}
    returns:
      confirmed-destinations:
        cohorts: [Y11, Y13]
        routed-by: resident
        file: "W_{laestab}_{sequence}.csv"
        columns:
          - {name: Surname, from: legalSurname}

    """

  static let careerConnect = """
    recipient: {id: career-connect, name: Career Connect}
    sftp:
      host: sftp.careers.example.uk
      port: 2222
      user: example-high
      key: {credential: career-connect-key}
      host-key: "SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
    collect-every: 1m
    after-collect: {move: taken}
    read-back: size
    removes-files: true
    retry-after: 5s

    """

  static let wirralRecipient = """
    recipient: {id: wirral, name: Wirral Council}
    https:
      url: https://returns.wirral.example.uk/in
      method: PUT
      webdav: true
      certificate: {credential: wirral-certificate}

    """

  static let sims = """
    mis: {id: sims, name: SIMS}
    columns:
      UPN: upn
      Legal Surname: legalSurname
      Surname: legalSurname
      SEN Status: senProvision
    values:
      senProvision: {N - No SEN: N}
      sharing: {NO: "NO"}

    """

  static let pem = "-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n"
}

/// Folders of the checkout that tests read.
enum Checkout {
  static let root: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(4)
    return "/" + parts.joined(separator: "/")
  }()
  static let config = root + "/config"
  static let manual = root + "/docs/configuration.md"

  static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}
