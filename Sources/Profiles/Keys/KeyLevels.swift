// Every key of every configuration file: the one list that the loader, the schemas and the manual agree on. Pure data.

import Leavers
import Tabular

/// The levels of the four kinds of configuration file.
package enum KeyLevels {
  /// The kinds of file, by the name of their schema, and the level at their top.
  package static let files: [(schema: String, top: KeyLevel)] = [
    ("leaverlink", configuration), ("authority", authorityFile), ("recipient", recipientFile), ("mis", headerMapFile),
  ]

  /// Every level.
  package static let all: [KeyLevel] = [
    configuration, school, desk, completion, sharing, brake, risk, riskWeight, postcodes, secret, authorityFile,
    authority, evidence,
    agreed, agreement,
    contact,
    returnProfile, sendDates, format, templateCell, element, column, part, when, condition, yesNo, number, slice, pad,
    refusal, moved, destination,
    lookup, mapPeriod, example, reply, recipientFile, recipient, sftp, https, handover, moveFolder,
    headerMapFile, headerMap,
  ]

  /// The level with a name.
  package static func level(_ name: String) -> KeyLevel? { all.first { $0.name == name } }

  // MARK: leaverlink.yaml

  static let configuration = KeyLevel(
    name: "configuration", summary: "The top of leaverlink.yaml.",
    keys: [
      .needed("schools", .list(.level("school")), "The schools whose leavers are sent."),
      .needed("state", .path, "The folder of the ledger and the sealed objects; only the service may read it."),
      .optional(
        "master-key", .level("secret"), "The key that seals everything in the state folder.",
        fallback: "{credential: leaverlink-master-key}"),
      .optional("authorities", .path, "The folder with one file an authority.", fallback: "authorities"),
      .optional("recipients", .path, "The folder with one file a recipient.", fallback: "recipients"),
      .optional("codes", .path, "The folder of the code tables.", fallback: "codes"),
      .optional("calendar", .path, "When returns open, are due and close, CSV.", fallback: "calendar.csv"),
      .optional(
        "lookups", .path, "The folder of the authorities' own tables, which `map` and `lookup` name.",
        fallback: "lookups"),
      .optional("mis", .path, "The folder of the header maps.", fallback: "mis"),
      .optional("postcodes", .level("postcodes"), "The table that routes a postcode to an authority."),
      .optional(
        "providers", .list(.path),
        "The lists of providers, CSV: our own layout, the establishment fields of GIAS, or UKRLP; the first goes before."
      ),
      .optional(
        "words", .path, "The vocabulary of words that are written instead of codes, CSV.",
        fallback: "words/vocabulary.csv"),
      .optional(
        "settle", .duration, "An export is read once nothing has touched it for so long.", fallback: "2s"),
      .optional(
        "poll", .duration,
        "How often a folder on a share (SMB, NFS, sshfs and the like) is looked through: writers elsewhere raise no event.",
        fallback: "5s"),
      .optional(
        "share-settle", .duration, "As `settle`, on a share: a copy over a slow link pauses.", fallback: "10s"),
      .optional(
        "rescan", .duration, "How often watched folders are looked through although no event came.", fallback: "1m"),
      .optional(
        "brake", .level("brake"), "How far an export may be from the last one before its returns wait for a person."),
    ])

  static let school = KeyLevel(
    name: "school", summary: "One school.",
    keys: [
      .needed("name", .text, "The school's name, as authorities know it."),
      .needed("controller", .slug, "The data controller it belongs to: its own name or its trust's."),
      .needed("laestab", .text, "Its DfE number: seven digits, in quotes."),
      .optional("urn", .text, "Its unique reference number: six digits, in quotes."),
      .optional("ukprn", .text, "Its UK provider reference number: eight digits that begin with 1, in quotes."),
      .needed(
        "desk", .either([.path, .level("desk")]),
        "The folder that the school's people reach, with `in` and `out` in it; or a mapping with that folder and more."),
      .optional(
        "exports", .path, "The folder that exports are left in; the service changes nothing there.",
        fallback: "the desk's in"),
      .optional(
        "exports-complete-when", .level("completion"),
        "How its system says that an export is complete; an export without that sign waits."),
      .needed("mis", .slug, "The header map that its exports follow."),
      .optional(
        "sharing", .level("sharing"), "What stands for a sharing answer that the export does not give.",
        fallback: "{unlisted: hold}"),
      .optional(
        "findings",
        .keyed(
          AdjustableFindings.codes.map(\.rawValue), .choice(AdjustableFindings.severities.map(\.rawValue))),
        "How grave findings are for this school, by code: `{L202: note}`. Only findings that hold no record can be set; "
          + "docs/findings.md lists all."),
      .optional(
        "exports-are", .choice(ExportExtent.allCases.map(\.rawValue)),
        "`full` says that each export holds all leavers: a person is asked about whoever is missing from one.",
        fallback: "partial"),
      .optional("brake", .level("brake"), "Limits of its own; one that is not given is that of the top."),
      .optional(
        "risk", .level("risk"),
        "How it reckons the risk of NEET: advice for the person who confirms each pupil, and the band that is then told."
      ),
    ])

  static let risk = KeyLevel(
    name: "risk", summary: "The school's own weights for the risk of NEET.",
    keys: [
      .needed("weights", .list(.level("risk-weight")), "What counts, and how much."),
      .needed("bands", .table(.integer(0...1000)), "The name of each band and the least sum that falls into it."),
      .optional(
        "suggest-from", .text,
        "The lowest band that somebody wants to look at: its pupils and those above stand in the sheet of risk.",
        fallback: "the lowest band"),
    ])

  static let riskWeight = KeyLevel(
    name: "risk-weight", summary: "One thing that counts.",
    keys: conditionKeys + [
      .needed("score", .integer(1...100), "How much."),
      .needed("indicator", .text, "What it is called, such as `EHC plan`."),
    ])

  static let desk = KeyLevel(
    name: "desk", summary: "A school's desk: its folder, who may reach what lies there, and how long it lies there.",
    keys: [
      .needed("path", .path, "The folder that the school's people reach; `in` and `out` are in it."),
      .optional(
        "mode", .choice(DeskAccess.modes),
        "The permissions of folders that the service makes there; files have the same without the right to enter.",
        fallback: "770"),
      .optional(
        "group", .text, "The group that they are given to; the service must be a member, or the desk hand it down.",
        fallback: "that of the folder"),
      .optional(
        "keep", .duration,
        "How long files lie in `out`, the newest export's and what is kept as things stand excepted; without it nothing is removed."
      ),
    ])

  static let completion = KeyLevel(
    name: "completion", summary: "The sign by which a system says that an export is complete.",
    keys: [
      .needed(
        "marker", .text,
        "The name of the file that it writes when it is done: `{name}` stands for the export's name, `{base}` for that "
          + "name without its ending, as in `{name}.done` or `{base}.ctl`. Not one that exports have, as `{base}.csv`.")
    ])

  /// The defaults stand in `BrakePolicy`; a test compares.
  static let brake = KeyLevel(
    name: "brake", summary: "From which difference to the last accepted export on a return waits for a person.",
    keys: [
      .optional("fewer-leavers", .integer(1...100), "So many per cent fewer leavers.", fallback: "20"),
      .optional("more-leavers", .integer(1...10_000), "So many per cent more leavers.", fallback: "30"),
      .optional(
        "at-least", .integer(1...10_000), "Fewer pupils than this stop nothing, however great a share they are.",
        fallback: "5"),
      .optional(
        "more-unknown", .integer(1...100), "So many percentage points more leavers without a known destination.",
        fallback: "15"),
      .optional(
        "more-errors", .integer(1...100), "So many percentage points more rows that are held or have errors.",
        fallback: "10"),
    ])

  static let sharing = KeyLevel(
    name: "sharing", summary: "What the school decided about pupils whose sharing answer (YSSA) is not given.",
    keys: [
      .needed(
        "unlisted", .choice(UnlistedSharing.allCases.map(\.rawValue)),
        "`hold` keeps them back, `floor` sends name, address and date of birth only, `share` sends all."),
      .optional("by", .text, "Who decided; required for `floor` and `share`."),
      .optional("on", .date, "When it was decided; required for `floor` and `share`."),
    ])

  static let postcodes = KeyLevel(
    name: "postcodes", summary: "The table from a postcode to an authority.",
    keys: [
      .needed(
        "file", .path,
        "CSV with the columns `postcode` (or `pcds`) and `authority` (DfE's three digits) or `gss` (or `oslaua`).")
    ])

  static let secret = KeyLevel(
    name: "secret", summary: "Where a secret is; exactly one of the two.",
    keys: [
      .optional(
        "credential", .text, "`$CREDENTIALS_DIRECTORY/NAME`, else `credentials/NAME` beside leaverlink.yaml."),
      .optional("file", .path, "A file that only the service can read."),
    ])

  // MARK: authorities/*.yaml

  static let authorityFile = KeyLevel(
    name: "authority-file", summary: "The top of an authority's file.",
    keys: [
      .needed("authority", .level("authority"), "Which authority it is."),
      .needed("recipient", .slug, "The recipient that runs its tracking."),
      .needed(
        "evidence", .either([.choice(["illustrative", "trial"]), .level("evidence")]),
        "How sure its format is. Only `agreed` sends real pupils."),
      .needed("agreements", .list(.level("agreement")), "What a disclosure rests on; without one nothing goes."),
      .optional(
        "acknowledges", .choice(Acknowledging.allCases.map(\.rawValue)), "How it says that a return was loaded.",
        fallback: "never"),
      .optional("send-to", .text, "The folder at the recipient that returns go to.", fallback: "the recipient's top"),
      .optional(
        "collect-from", .text,
        "The folder at the recipient that replies come from; required where there are replies, but for a hand-over."),
      .needed(
        "returns", .keyed(ReturnKind.allCases.map(\.rawValue), .level("return")), "What it wants, by kind of return."),
      .optional(
        "replies", .keyed(ReplyKind.allCases.map(\.rawValue), .level("reply")), "What it sends back, by kind of reply."),
      .optional("contact", .level("contact"), "Whom to ask, as somebody once listed it; used by nothing."),
    ])

  static let authority = KeyLevel(
    name: "authority", summary: "Which authority it is.",
    keys: [
      .needed("id", .slug, "Its short name: small letters, digits and hyphens."),
      .needed("name", .text, "Its name in full."),
      .needed("code", .text, "DfE's three digits, in quotes."),
      .needed("gss", .text, "The ONS code: E and eight digits."),
    ])

  static let evidence = KeyLevel(
    name: "evidence", summary: "A format that the authority agreed to.",
    keys: [.needed("agreed", .level("agreed"), "With whom and when.")])

  static let agreed = KeyLevel(
    name: "agreed", summary: "With whom a format was agreed, and when.",
    keys: [
      .needed("with", .text, "The person or team of the authority."),
      .needed("on", .date, "The day on which they agreed."),
    ])

  static let agreement = KeyLevel(
    name: "agreement", summary: "A sharing agreement or request that a disclosure rests on.",
    keys: [
      .needed("kinds", .list(.choice(ReturnKind.allCases.map(\.rawValue))), "The kinds of return that it covers."),
      .needed("basis", .choice(Basis.allCases.map(\.rawValue)), "The provision."),
      .needed("reference", .text, "The agreement's reference. One that begins EXAMPLE sends nobody's data."),
      .needed("from", .date, "Its first day."),
      .needed("until", .date, "Its last day."),
      .optional(
        "special", .boolean, "Whether it covers special category data (UK GDPR Article 9).", fallback: "false"),
      .optional(
        "criminal-offence", .boolean, "Whether it covers data about offences and custody (UK GDPR Article 10).",
        fallback: "false"),
      .optional(
        "under-13", .text,
        "Of risk-of-neet: by what pupils under 13 may be named; without it they are withheld.",
        fallback: "nothing"),
      .optional(
        "parent-in-floor", .boolean,
        "Whether the school's data protection officer signed off a parent's name and address in the floor.",
        fallback: "false"),
      .optional(
        "consent", .choice(ConsentDemand.allCases.map(\.rawValue)),
        "A consent that the school's register must hold for a pupil, else nothing of that pupil goes under it.",
        fallback: "none is demanded"),
    ])

  static let contact = KeyLevel(
    name: "contact", summary: "Whom to ask, as somebody once listed it.",
    keys: [
      .needed("email", .text, "The address."),
      .needed("as-of", .date, "When it was listed."),
      .optional("note", .text, "What to know of it.", fallback: "confirm before use"),
    ])

  static let reply = KeyLevel(
    name: "reply", summary: "One kind of file that the authority sends back.",
    keys: [
      .needed(
        "match", .fileName, "The file's name; `{laestab}` or `{urn}` must be in it, `*` is any run of characters."),
      .optional(
        "level", .choice(ReplyProfile.Level.allCases.map(\.rawValue)),
        "What it is about: pupils, totals, or a document.",
        fallback: "pupil"),
      .optional(
        "columns", .table(.choice(ReplyColumnNames.all)), "The file's header to what the column holds."),
      .optional(
        "accepted", .list(.text), "Of an acknowledgement: the words that mean accepted; any other means rejected.",
        fallback: "[accepted, loaded, ok]"),
    ])

  // MARK: recipients/*.yaml

  static let recipientFile = KeyLevel(
    name: "recipient-file", summary: "The top of a recipient's file; exactly one of `sftp`, `https` and `handover`.",
    keys: [
      .needed("recipient", .level("recipient"), "Which organisation it is."),
      .optional("sftp", .level("sftp"), "Reached over SFTP."),
      .optional("https", .level("https"), "Reached over HTTPS."),
      .optional("handover", .level("handover"), "A person hands the packs over."),
      .optional("collect-every", .duration, "How often replies are looked for.", fallback: "5m"),
      .optional(
        "retry-after", .duration, "How long to wait after a failed attempt; doubled with each further one, up to 4h.",
        fallback: "1m"),
      .optional(
        "after-collect", .either([.choice(["leave", "remove"]), .level("after-collect")]),
        "What becomes of a reply at the far side once it is safe here.", fallback: "leave"),
      .optional(
        "read-back", .choice(ReadBack.allCases.map(\.rawValue)), "How a delivered file is seen again.",
        fallback: "content"),
      .optional(
        "removes-files", .boolean, "Whether it takes files away from where they were put.", fallback: "false"),
      .optional("sandbox", .path, "The directory of the sandbox that wrote this file."),
    ])

  static let recipient = KeyLevel(
    name: "recipient", summary: "Which organisation it is.",
    keys: [
      .needed("id", .slug, "Its short name: small letters, digits and hyphens."),
      .needed("name", .text, "Its name in full."),
    ])

  static let sftp = KeyLevel(
    name: "sftp", summary: "An SFTP server; exactly one of `host-key` and `known-hosts`.",
    keys: [
      .needed("host", .text, "Its name or address."),
      .optional("port", .integer(1...65_535), "Its port.", fallback: "22"),
      .needed("user", .text, "The user name that it gave the school."),
      .needed("key", .level("secret"), "The private key: ed25519 or ECDSA, without passphrase."),
      .optional("host-key", .text, "The fingerprint of its host key: `SHA256:` and 43 characters."),
      .optional("known-hosts", .path, "A known_hosts file with its host key."),
    ])

  static let https = KeyLevel(
    name: "https", summary: "An HTTPS server.",
    keys: [
      .needed("url", .text, "The folder's address; it begins with https:// and has neither user nor password in it."),
      .optional("method", .choice(["PUT"]), "How a file is sent.", fallback: "PUT"),
      .optional(
        "webdav", .boolean, "Whether a return is put under a temporary name and then moved.", fallback: "false"),
      .optional("ca", .path, "The certification authority, PEM.", fallback: "the system's own"),
      .optional("certificate", .level("secret"), "Client certificate and its private key, PEM, in one file."),
    ])

  static let handover = KeyLevel(
    name: "handover", summary: "A person hands the packs over.",
    keys: [.needed("by", .text, "By what means, such as a secure mail portal.")])

  static let moveFolder = KeyLevel(
    name: "after-collect", summary: "A collected reply is moved at the far side.",
    keys: [.needed("move", .text, "The folder at the recipient that it is moved to.")])

  // MARK: mis/*.yaml

  static let headerMapFile = KeyLevel(
    name: "mis-file", summary: "The top of a header map.",
    keys: [
      .needed("mis", .level("mis"), "Which management information system, or layout, it is."),
      .needed(
        "columns", .table(.choice(Field.allCases.map(\.rawValue))),
        "The export's header to the field; case, spaces and punctuation do not matter."),
      .optional(
        "address-parts", .table(.choice(AddressPart.allCases.map(\.rawValue))),
        "The export's header to a part of the address: BS 7666 parts, of which lines are made where no line is filled, and "
          + "lines beyond the third."),
      .optional(
        "values", .keyed(Field.allCases.map(\.rawValue), .table(.text)),
        "By field: the export's word to the value, where it is no code as it stands."),
    ])

  static let headerMap = KeyLevel(
    name: "mis", summary: "Which management information system, or layout, it is.",
    keys: [
      .needed("id", .slug, "Its short name: small letters, digits and hyphens."),
      .needed("name", .text, "Its name in full."),
    ])
}
