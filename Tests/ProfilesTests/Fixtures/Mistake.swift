// Configurations with one mistake each, and what must be said of it. Data only.

import Testing

@testable import Profiles

/// A right configuration spoilt in one place; `§` in the new text marks where the mistake is expected.
struct Mistake: Sendable, CustomTestStringConvertible {
  var code: ConfigurationDiagnostic.Code
  var file: String
  var old: String
  var new: String
  /// A piece of the message or the remedy.
  var saying: String
  var severity = ConfigurationDiagnostic.Severity.error

  var testDescription: String { "\(code): \(new.prefix(60))" }

  init(
    _ code: ConfigurationDiagnostic.Code, _ file: String, _ old: String, _ new: String, saying: String,
    severity: ConfigurationDiagnostic.Severity = .error
  ) {
    (self.code, self.file, self.old, self.new) = (code, file, old, new)
    (self.saying, self.severity) = (saying, severity)
  }

  static let top = "leaverlink.yaml"
  static let sefton = "authorities/sefton.yaml"
  static let wirral = "authorities/wirral.yaml"
  static let connect = "recipients/career-connect.yaml"
  static let web = "recipients/wirral.yaml"
  static let sims = "mis/sims.yaml"
}

extension Mistake {
  /// Of form: keys, types, dates, paths.
  static let form: [Mistake] = [
    Mistake(.unknownKey, Mistake.top, "settle: 500ms", "§setle: 500ms", saying: "did you mean \"settle\"?"),
    Mistake(.unknownKey, Mistake.sefton, ", max: 35", ", §maxx: 35", saying: "did you mean \"max\"?"),
    Mistake(.unknownKey, Mistake.sims, "values:", "§vals:", saying: "use one of: mis, columns, address-parts, values"),
    Mistake(.missingKey, Mistake.top, "state: state\n", "", saying: "\"state\" is missing"),
    Mistake(
      .missingKey, Mistake.sefton, "{id: sefton, name: Sefton Council, ", "§{id: sefton, ",
      saying: "\"name\" is missing"),
    Mistake(
      .duplicateKey, Mistake.top, "settle: 500ms", "§settle: 500ms\nsettle: 2s", saying: "\"settle\" stands twice"),
    Mistake(.wrongType, Mistake.sefton, "cohorts: [Y11]", "cohorts: §Y11", saying: "a list is expected"),
    Mistake(.wrongType, Mistake.sefton, "acknowledges: file", "acknowledges: §[file]", saying: "a text is expected"),
    Mistake(.wrongType, Mistake.connect, "removes-files: true", "removes-files: §1", saying: "neither true nor false"),
    Mistake(.wrongType, Mistake.connect, "port: 2222", "port: §ssh", saying: "not a whole number"),
    Mistake(.badValue, Mistake.connect, "port: 2222", "port: §70000", saying: "not between 1 and 65535"),
    Mistake(.empty, Mistake.sefton, "cohorts: [Y11]", "cohorts: §[]", saying: "empty"),
    Mistake(.empty, Mistake.connect, "user: example-high", "user: §\" \"", saying: "blank"),
    Mistake(.badValue, Mistake.connect, "name: Career Connect", "name: §\"Career\\nConnect\"", saying: "line break"),
    Mistake(.syntax, Mistake.connect, "collect-every: 1m", "collect-every: [1m", saying: "began at 8:16"),
    Mistake(.badDuration, Mistake.top, "settle: 500ms", "settle: §2 seconds", saying: "500ms, 2s, 5m, 1h or 1d"),
    Mistake(.badDuration, Mistake.top, "settle: 500ms", "settle: §2", saying: "not a duration"),
    Mistake(.badDuration, Mistake.top, "settle: 500ms", "settle: §1ms", saying: "too short"),
    Mistake(.badDuration, Mistake.connect, "collect-every: 1m", "collect-every: §-5m", saying: "not a duration"),
    Mistake(.badDate, Mistake.sefton, "until: 2027-08-31", "until: §2027-08-32", saying: "not a date of the calendar"),
    Mistake(.badDate, Mistake.top, "on: 2026-05-01", "on: §01/05/2026", saying: "2026-09-30"),
    Mistake(
      .badIdentifier, Mistake.top, "laestab: \"3434787\"", "laestab: §4787", saying: "establishment number alone"),
    Mistake(.badValue, Mistake.sefton, "send-to: inbound/sefton", "send-to: §in'bound", saying: "quotes"),
    Mistake(.missingKey, Mistake.sefton, "collect-from: outbound/sefton\n", "", saying: "add collect-from"),
    Mistake(.badIdentifier, Mistake.top, "urn: \"104693\"", "urn: §10469", saying: "six digits"),
    Mistake(.badIdentifier, Mistake.top, "ukprn: \"10012345\"", "ukprn: §\"20012345\"", saying: "begin with 1"),
    Mistake(
      .badIdentifier, Mistake.top, "controller: example-trust", "controller: §Example Trust", saying: "small letters"),
    Mistake(.badIdentifier, Mistake.sefton, "code: \"343\"", "code: §\"34\"", saying: "three digits"),
    Mistake(.badIdentifier, Mistake.sefton, "gss: E08000014", "gss: §S08000014", saying: "E and eight digits"),
    Mistake(
      .unknownChoice, Mistake.sefton, "routed-by: educated", "routed-by: §educted", saying: "did you mean \"educated\"?"
    ),
    Mistake(.unknownChoice, Mistake.sefton, "from: upn}", "from: §uppn}", saying: "did you mean \"upn\"?"),
    Mistake(
      .unknownChoice, Mistake.sefton, "  intended-destinations:\n", "  §intended-destination:\n",
      saying: "did you mean \"intended-destinations\"?"),
    Mistake(.unknownChoice, Mistake.sefton, "basis: esa-2008-s72", "basis: §gdpr", saying: "use one of: esa-2008-s72"),
    Mistake(.unknownChoice, Mistake.sefton, "cohorts: [Y11]", "cohorts: [§Y10]", saying: "Y11"),
    Mistake(.unknownChoice, Mistake.sefton, "Ref: reference", "Ref: §refrence", saying: "did you mean \"reference\"?"),
    Mistake(.unknownChoice, Mistake.wirral, "evidence: trial", "evidence: §probably", saying: "illustrative, trial"),
    Mistake(.missingKey, Mistake.wirral, "evidence: trial", "evidence: §agreed", saying: "with whom and when"),
    Mistake(.unknownChoice, Mistake.web, "method: PUT", "method: §POST", saying: "PUT"),
    Mistake(.unknownChoice, Mistake.sims, "UPN: upn", "UPN: §pupilNumber", saying: "not known here"),
    Mistake(.badValue, Mistake.sefton, "email: _team@example.org", "email: §team", saying: "e-mail"),
    Mistake(
      .badValue, Mistake.sefton, "send-to: inbound/sefton", "send-to: §../sefton", saying: "below the recipient's top"),
    Mistake(
      .badValue, Mistake.sefton, "send-to: inbound/sefton", "send-to: §/inbound", saying: "below the recipient's top"),
    Mistake(.badValue, Mistake.top, "exports: exports/high", "exports: §~/exports", saying: "~"),
    Mistake(
      .folderMissing, Mistake.top, "desk: desks/high", "desk: §desks/elsewhere", saying: "share is away",
      severity: .warning),
    Mistake(
      .folderMissing, Mistake.top, "exports: exports/high", "exports: §exports/elsewhere", saying: "share is away",
      severity: .warning),
    Mistake(.folderMissing, Mistake.top, "exports: exports/high", "exports: §mis/sims.yaml", saying: "is no folder"),
    Mistake(.folderMissing, Mistake.top, "state: state", "state: §nowhere/state", saying: "does not exist"),
    Mistake(.folderMissing, Mistake.top, "state: state", "state: §mis/sims.yaml", saying: "is no folder"),
    Mistake(
      .fileMissing, Mistake.top, "state: state\n", "state: state\npostcodes: {file: §none.csv}\n",
      saying: "postcode table"),
    Mistake(
      .fileMissing, Mistake.top, "state: state\n", "state: state\nproviders: [§none.csv]\n",
      saying: "list of providers"),
    Mistake(.wrongType, Mistake.top, "state: state\n", "state: state\nproviders: §none.csv\n", saying: "a list"),
    Mistake(
      .fileMissing, Mistake.top, "state: state\n", "state: state\nwords: §none.csv\n", saying: "the vocabulary"),
    Mistake(
      .badValue, Mistake.top, "settle: 500ms", "settle: 500ms\nbrake: {fewer-leavers: §0}",
      saying: "not between 1 and 100"),
    Mistake(
      .unknownKey, Mistake.top, "settle: 500ms", "settle: 500ms\nbrake: {§fewer-pupils: 20}",
      saying: "not known in brake"),
    Mistake(
      .unknownChoice, Mistake.top, "    desk: desks/high\n", "    desk: desks/high\n    exports-are: §complete\n",
      saying: "use one of: partial, full"),
    Mistake(
      .badValue, Mistake.top, "    desk: desks/high\n",
      "    desk: desks/high\n    exports-complete-when: {marker: §.done}\n", saying: "{name}.done"),
    Mistake(
      .unknownChoice, Mistake.top, "desk: desks/high", "desk: {path: desks/high, mode: §777}",
      saying: "did you mean \"770\"?"),
    Mistake(.missingKey, Mistake.top, "desk: desks/high", "desk: §{mode: 750}", saying: "\"path\" is missing"),
    Mistake(
      .badValue, Mistake.top, "desk: desks/high", "desk: {path: desks/high, group: §no-such-group-here}",
      saying: "no group"),
    Mistake(.badDuration, Mistake.top, "desk: desks/high", "desk: {path: desks/high, keep: §1h}", saying: "too short"),
    Mistake(.badDuration, Mistake.top, "settle: 500ms", "settle: 500ms\npoll: §1ms", saying: "too short"),
    Mistake(.badDuration, Mistake.top, "settle: 500ms", "settle: 500ms\nshare-settle: §soon", saying: "not a duration"),
  ]

  /// Of what must fit together.
  static let fit: [Mistake] = [
    Mistake(.repeated, Mistake.top, "laestab: 343/6900", "laestab: §3434787", saying: "another school"),
    Mistake(.repeated, Mistake.wirral, "code: \"344\"", "code: §\"343\"", saying: "sefton.yaml"),
    Mistake(.repeated, Mistake.wirral, "id: wirral", "id: §sefton", saying: "sefton.yaml"),
    Mistake(.repeated, Mistake.wirral, "gss: E08000015", "gss: §E08000014", saying: "sefton.yaml"),
    Mistake(.sharedFolder, Mistake.top, "desk: desks/academy", "desk: §desks/high/in", saying: "folder of its own"),
    Mistake(
      .sharedFolder, Mistake.top, "desk: desks/academy", "desk: desks/academy\n    exports: §exports/high",
      saying: "leaves its exports"),
    Mistake(
      .sharedFolder, Mistake.top, "desk: desks/academy", "desk: desks/academy\n    exports: §desks/high/in",
      saying: "lie on the desk of \"Example High School\""),
    Mistake(
      .sharedFolder, Mistake.top, "exports: exports/high", "exports: desks/academy",
      saying: "lie on the desk of"),
    Mistake(.sharedFolder, Mistake.top, "exports: exports/high", "exports: §desks/high", saying: "its own files"),
    Mistake(
      .undecidedSharing, Mistake.top, "unlisted: share, by: Head of data", "unlisted: §share", saying: "who decided"),
    Mistake(
      .unknownChoice, Mistake.top, "{L202: note, L306: warning}", "{§L200: note}", saying: "holds a record keeps"),
    Mistake(
      .unknownChoice, Mistake.top, "{L202: note, L306: warning}", "{§L320: note}", saying: "\"L320\" cannot be set"),
    Mistake(
      .unknownChoice, Mistake.top, "L306: warning", "L306: §error", saying: "use one of: warning, note"),
    Mistake(.empty, Mistake.top, "{L202: note, L306: warning}", "§{}", saying: "empty"),
    Mistake(
      .unknownHeaderMap, Mistake.top, "desks/academy\n    mis: sims", "desks/academy\n    mis: §simms",
      saying: "did you mean \"sims\"?"),
    Mistake(
      .unknownRecipient, Mistake.sefton, "recipient: career-connect", "recipient: §careers-connect",
      saying: "did you mean \"career-connect\"?"),
    Mistake(
      .acknowledgement, Mistake.wirral, "evidence: trial", "evidence: trial\nacknowledges: §file",
      saying: "by-hand or never"),
    Mistake(
      .acknowledgement, Mistake.sefton, "acknowledges: file\n", "", saying: "acknowledges: file", severity: .warning),
    Mistake(.agreementDates, Mistake.sefton, "until: 2027-08-31", "until: §2026-02-28", saying: "before it begins"),
    Mistake(
      .agreementDates, Mistake.sefton, "acknowledges: file",
      "  - {kinds: [unknown-answers], basis: esa-2008-s14, reference: DSA-9, from: §2027-08-31, until: 2028-08-31}\nacknowledges: file",
      saying: "unknown-answers on the same days"),
    Mistake(
      .noAgreement, Mistake.wirral, "  confirmed-destinations:\n    cohorts: [Y11, Y13]",
      "  §early-leavers:\n    cohorts: [Y11, Y13]", saying: "no agreement covers early-leavers", severity: .warning),
    Mistake(
      .noAnswers, Mistake.sefton, "contact: {email",
      "  §unknown-request: {match: \"U_{laestab}_*.csv\", columns: {UPN: upn}}\ncontact: {email",
      saying: "describe unknown-answers", severity: .warning),
  ]

  /// Of returns, replies and header maps.
  static let columns: [Mistake] = [
    Mistake(.exactlyOne, Mistake.sefton, "{name: UPN, from: upn}", "§{name: UPN}", saying: "none of"),
    Mistake(.exactlyOne, Mistake.sefton, "from: upn}", "from: upn, constant: §X}", saying: "more than one of"),
    Mistake(.repeated, Mistake.sefton, "{name: DOB", "{name: §Surname", saying: "two columns"),
    Mistake(.badDatePattern, Mistake.sefton, "as: dd/MM/yyyy", "as: §dd/mm/yyyy", saying: "dd/MM/yyyy"),
    Mistake(.notApplicable, Mistake.sefton, "from: upn}", "from: upn, as: §dd/MM/yyyy}", saying: "as is for dates"),
    Mistake(
      .unknownCodeSet, Mistake.sefton, "codes: nccis-intended", "codes: §nccis-intend",
      saying: "did you mean \"nccis-intended\"?"),
    Mistake(
      .notApplicable, Mistake.sefton, "codes: nccis-intended", "codes: §nccis-activity", saying: "not the code set of"),
    Mistake(
      .notApplicable, Mistake.sefton, "from: upn}", "from: upn, codes: §nccis-activity}", saying: "holds no codes"),
    Mistake(
      .notApplicable, Mistake.sefton, "constant: INT", "constant: INT, codes: §nccis-activity",
      saying: "codes is for fields"),
    Mistake(
      .notApplicable, Mistake.sefton, "constant: INT", "constant: INT, map: §{A: B}", saying: "map is for fields"),
    Mistake(
      .unknownCode, Mistake.sefton, "\"411\": B", "\"411\": B, §\"412\": C",
      saying: "no value that this column can have"),
    Mistake(
      .unmappedCode, Mistake.sefton, "map: {\"111\": A, \"411\": B}", "map: §{\"111\": A}", saying: "411",
      severity: .warning),
    Mistake(.specialWithoutAgreement, Mistake.sefton, "from: upn}", "from: §senProvision}", saying: "special: true"),
    Mistake(.notInEncoding, Mistake.sefton, "constant: INT", "constant: §Łódź", saying: "windows-1252"),
    Mistake(.notInEncoding, Mistake.sefton, "name: Kind", "name: §Rodź", saying: "windows-1252"),
    Mistake(.notApplicable, Mistake.sefton, "formulas: neutralised", "bom: §true", saying: "no byte order mark"),
    Mistake(
      .unknownChoice, Mistake.sefton, "delimiter: bar", "delimiter: §\";\"", saying: "comma, semicolon, tab, bar"),
    Mistake(
      .missingKey, Mistake.sefton, "send: {on-dates: [2026-09-30, 2026-06-30]}", "send: on-dates",
      saying: "column send of the calendar"),
    Mistake(
      .badFileName, Mistake.sefton, "file: \"{laestab}_{cohort}_{sequence}.csv\"", "file: §\"{laestab}_{cohort}.csv\"",
      saying: "{sequence}"),
    Mistake(
      .badFileName, Mistake.sefton, "file: \"{laestab}_{cohort}_{sequence}.csv\"", "file: §\"{cohort}_{sequence}.csv\"",
      saying: "{laestab}"),
    Mistake(
      .badFileName, Mistake.sefton, "file: \"{laestab}_{cohort}_{sequence}.csv\"",
      "file: §\"{laestab}_*_{sequence}.csv\"", saying: "cannot have a *"),
    Mistake(
      .badFileName, Mistake.sefton, "file: \"{laestab}_{cohort}_{sequence}.csv\"",
      "file: §\"in/{laestab}_{sequence}.csv\"", saying: "no folders"),
    Mistake(
      .badFileName, Mistake.sefton, "file: \"{laestab}_{cohort}_{sequence}.csv\"",
      "file: §\"{laestab}_{sequense}.csv\"", saying: "did you mean \"sequence\"?"),
    Mistake(
      .badFileName, Mistake.sefton, "match: \"AS_{laestab}_*.csv\"", "match: §\"AS_*.csv\"",
      saying: "{laestab} or {urn}"),
    Mistake(
      .badFileName, Mistake.sefton, "match: \"AS_{laestab}_*.csv\"", "match: §\"AS_{laestab}*.csv\"", saying: "no digit"
    ),
    Mistake(
      .badFileName, Mistake.sefton, "match: \"AS_{laestab}_*.csv\"", "match: §\"AS1{laestab}_*.csv\"",
      saying: "no digit"),
    Mistake(
      .missingKey, Mistake.sefton, "{File: returnFile, Result: verdict}", "§{File: returnFile}", saying: "holds verdict"
    ),
    Mistake(
      .missingKey, Mistake.sefton, "{UPN: upn, Activity: activity, Ref: reference}", "§{UPN: upn}",
      saying: "holds activity"),
    Mistake(
      .missingKey, Mistake.sefton, "{UPN: upn, Activity: activity, Ref: reference}", "§{Activity: activity}",
      saying: "upn or uln"),
    Mistake(
      .notApplicable, Mistake.sefton, "    level: pupil\n", "    level: pupil\n    accepted: §[yes]\n",
      saying: "for acknowledgements"),
    Mistake(
      .notApplicable, Mistake.sefton, "    accepted: [Fine]\n", "    level: §aggregate\n", saying: "activity survey"),
    Mistake(.repeated, Mistake.sefton, "Ref: reference", "Ref: §activity", saying: "two columns hold"),
    Mistake(.repeated, Mistake.sefton, "Ref: reference", "§upn.: reference", saying: "stands twice"),
    Mistake(
      .collision, Mistake.sefton, "match: \"AS_{laestab}_*.csv\"", "match: §\"ack_{laestab}_*.csv\"",
      saying: "another kind of reply"),
    Mistake(
      .repeated, Mistake.sims, "  SEN Status: senProvision",
      "  SEN Status: senProvision\naddress-parts:\n  §surname.: street",
      saying: "legalSurname already"),
    Mistake(
      .unknownChoice, Mistake.sims, "  SEN Status: senProvision",
      "  SEN Status: senProvision\naddress-parts: {PAON: §poan}",
      saying: "paon"),
    Mistake(
      .repeated, Mistake.sims, "  SEN Status: senProvision",
      "  §sur-name: preferredSurname\n  SEN Status: senProvision", saying: "already"),
    Mistake(
      .badValue, Mistake.sims, "  SEN Status: senProvision", "  §\"--\": upn\n  SEN Status: senProvision",
      saying: "neither letter nor digit"),
    Mistake(.unknownCode, Mistake.sims, "{N - No SEN: N}", "{N - No SEN: §X}", saying: "not a value of senProvision"),
    Mistake(.unknownCode, Mistake.sims, "{NO: \"NO\"}", "{NO: §nope}", saying: "YES, NO, UNS, SNR"),
  ]

  /// Of endpoints and secrets.
  static let endpoints: [Mistake] = [
    Mistake(.exactlyOne, Mistake.connect, "collect-every: 1m", "handover: §{by: post}", saying: "more than one of"),
    Mistake(
      .noHostKey, Mistake.connect, "  host: sftp.careers.example.uk", "  §host: sftp.careers.example.uk",
      saying: "ssh-keyscan -p 2222 sftp.careers.example.uk"),
    Mistake(
      .badHostKey, Mistake.connect, "\"SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ\"", "§\"SHA256:abc\"",
      saying: "43 characters"),
    Mistake(
      .badHostKey, Mistake.connect, "\"SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ\"",
      "§\"MD5:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff\"", saying: "MD5 fingerprints are not safe"),
    Mistake(
      .badHostKey, Mistake.connect, "\"SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ\"",
      "§ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexample", saying: "known-hosts"),
    Mistake(
      .placeholder, Mistake.connect, "host: sftp.careers.example.uk", "host: §sftp.example.org", saying: "nobody's"),
    Mistake(.placeholder, Mistake.connect, "user: example-high", "user: §REPLACE-ME", saying: "placeholder"),
    Mistake(
      .placeholder, Mistake.web, "https://returns.wirral.example.uk/in", "§https://wirral.example.net/",
      saying: "nobody's"),
    Mistake(
      .badHost, Mistake.connect, "host: sftp.careers.example.uk", "host: §sftp://careers.uk",
      saying: "without user, port or folder"),
    Mistake(.badHost, Mistake.connect, "host: sftp.careers.example.uk", "host: §me@careers.uk", saying: "without user"),
    Mistake(
      .badURL, Mistake.web, "https://returns.wirral.example.uk/in", "§http://returns.wirral.example.uk/in",
      saying: "https://"),
    Mistake(
      .badURL, Mistake.web, "https://returns.wirral.example.uk/in", "§https://user:secret@wirral.uk/in",
      saying: "user name or password"),
    Mistake(
      .badURL, Mistake.web, "https://returns.wirral.example.uk/in", "§https://wirral.uk/in?token=x", saying: "? or #"),
    Mistake(
      .badURL, Mistake.web, "https://returns.wirral.example.uk/in", "§returns.wirral.uk", saying: "not an address"),
    Mistake(
      .fileMissing, Mistake.web, "webdav: true", "webdav: true\n  ca: §none.pem", saying: "certification authority"),
    Mistake(
      .secretUnusable, Mistake.web, "webdav: true", "webdav: true\n  ca: §../leaverlink.yaml",
      saying: "no PEM certificate"),
    Mistake(
      .secretMissing, Mistake.connect, "{credential: career-connect-key}", "{credential: §none}",
      saying: "ssh-keygen -t ed25519"),
    Mistake(
      .secretMissing, Mistake.connect, "{credential: career-connect-key}", "{file: §../mis}", saying: "is no file"),
    Mistake(
      .badValue, Mistake.connect, "{credential: career-connect-key}", "{credential: §../key}",
      saying: "name of a credential"),
    Mistake(
      .exactlyOne, Mistake.connect, "{credential: career-connect-key}", "{credential: a, file: §b}",
      saying: "more than one of"),
    Mistake(
      .secretMissing, Mistake.top, "state: state\n", "state: state\nmaster-key: {credential: §none}\n",
      saying: "safe place"),
    Mistake(.fileMissing, Mistake.connect, "collect-every: 1m", "sandbox: §nowhere", saying: "sandbox.json"),
    Mistake(.unknownChoice, Mistake.connect, "{move: taken}", "§burn", saying: "leave, remove"),
    Mistake(.badValue, Mistake.connect, "{move: taken}", "{move: §/taken}", saying: "below the recipient's top"),
  ]
}
