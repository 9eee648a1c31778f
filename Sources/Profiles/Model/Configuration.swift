// The whole configuration, checked and compiled: what every station reads. A value; loading it is the loader's work.

package import Leavers

/// Everything that the files of a configuration say, after every check.
package struct Configuration: Sendable {
  /// The file it was read from.
  package var file: String
  package var schools: [School]
  package var authorities: [AuthorityProfile]
  package var recipients: [Recipient]
  /// The state directory.
  package var state: String
  /// The file of the master key.
  package var masterKey: SecretSource
  /// An export is read once nothing has touched it for so long.
  package var settle: Duration
  /// How often folders on a share are looked through: writers on other machines raise no event.
  package var poll: Duration
  /// As `settle`, on a share: a copy over a slow link pauses.
  package var shareSettle: Duration
  /// How often folders are looked through although no event came.
  package var rescan: Duration
  package var codes: CodeTables
  package var headerMaps: [String: HeaderMap]
  package var postcodes: PostcodeTable?
  /// Where leavers go: what a provider's name or number means.
  package var providers: ProviderRegister
  /// The words that people write instead of codes.
  package var vocabulary: WordVocabulary
  /// When returns open, are due and close; empty where nothing says it.
  package var calendar: ReturnCalendar

  package init(
    file: String, schools: [School], authorities: [AuthorityProfile], recipients: [Recipient], state: String,
    masterKey: SecretSource, settle: Duration, rescan: Duration, codes: CodeTables, headerMaps: [String: HeaderMap],
    postcodes: PostcodeTable?, providers: ProviderRegister = ProviderRegister(),
    vocabulary: WordVocabulary = WordVocabulary(), poll: Duration = standardPoll,
    shareSettle: Duration = standardShareSettle,
    calendar: ReturnCalendar = ReturnCalendar()
  ) {
    self.file = file
    self.schools = schools
    self.authorities = authorities
    self.recipients = recipients
    self.state = state
    self.masterKey = masterKey
    self.settle = settle
    self.rescan = rescan
    self.codes = codes
    self.headerMaps = headerMaps
    self.postcodes = postcodes
    self.providers = providers
    self.vocabulary = vocabulary
    self.calendar = calendar
    self.poll = poll
    self.shareSettle = shareSettle
  }

  package static let standardPoll = Duration.seconds(5)
  package static let standardShareSettle = Duration.seconds(10)

  package func school(_ id: SchoolID) -> School? { schools.first { $0.id == id } }
  package func authority(_ id: AuthorityID) -> AuthorityProfile? { authorities.first { $0.id == id } }
  package func recipient(_ id: RecipientID) -> Recipient? { recipients.first { $0.id == id } }
  /// The authorities that a recipient serves, in the order of configuration.
  package func authorities(of recipient: RecipientID) -> [AuthorityProfile] {
    authorities.filter { $0.recipient == recipient }
  }
}

/// A school and where its people and its management information system leave files.
package struct School: Sendable {
  package var id: SchoolID
  package var name: String
  package var controller: ControllerID
  package var laestab: LAESTAB
  package var urn: URN?
  package var ukprn: UKPRN?
  /// The folder with `in` and `out`, without a trailing slash.
  package var desk: String
  /// The watched directory; the desk's `in` unless set.
  package var exports: String
  /// The header map that its exports follow.
  package var mis: String
  /// What stands for a sharing answer that the export does not give.
  package var unlistedSharing: UnlistedSharing
  /// Who decided that it shall be `floor` or `share`, and when.
  package var sharingDecision: SharingDecision?
  /// Severities of its findings other than the catalogue's.
  package var findings: [FindingCode: Severity]
  /// Whether its exports hold all leavers.
  package var exportsAre: ExportExtent
  /// How far an export may be from the last one before its returns wait for a person.
  package var brake: BrakePolicy
  /// Who may reach what the service makes on the desk.
  package var deskAccess: DeskAccess
  /// How long the files of an export lie on the desk; nil for ever.
  package var deskKeep: Duration?
  /// The marker without which an export is not complete; nil where the system writes none.
  package var completeWhen: CompletionMarker?
  /// How it reckons the risk of NEET; nil where it does not.
  package var risk: RiskPolicy?

  package init(
    name: String, controller: ControllerID, laestab: LAESTAB, urn: URN?, ukprn: UKPRN?, desk: String, exports: String,
    mis: String, unlistedSharing: UnlistedSharing, sharingDecision: SharingDecision? = nil,
    findings: [FindingCode: Severity] = [:], exportsAre: ExportExtent = .partial, brake: BrakePolicy = .standard,
    deskAccess: DeskAccess = .standard, deskKeep: Duration? = nil, completeWhen: CompletionMarker? = nil,
    risk: RiskPolicy? = nil
  ) {
    self.risk = risk
    self.id = SchoolID(laestab)
    self.name = name
    self.controller = controller
    self.laestab = laestab
    self.urn = urn
    self.ukprn = ukprn
    self.desk = desk
    self.exports = exports
    self.mis = mis
    self.unlistedSharing = unlistedSharing
    self.sharingDecision = sharingDecision
    self.findings = findings
    self.exportsAre = exportsAre
    self.brake = brake
    self.deskAccess = deskAccess
    self.deskKeep = deskKeep
    self.completeWhen = completeWhen
  }

  package var deskIn: String { desk + "/in" }
  package var deskOut: String { desk + "/out" }
}

/// A school's decision about pupils whose sharing answer is not given, as the configuration records it.
package struct SharingDecision: Sendable, Hashable {
  package var by: String
  package var on: CalendarDate

  package init(by: String, on: CalendarDate) {
    self.by = by
    self.on = on
  }
}

/// How the columns of a management information system's report are called, and what its words for values mean.
package struct HeaderMap: Sendable {
  package var id: String
  package var name: String
  /// Header as written in the file of the map → canonical field. Look-up ignores case, spaces, punctuation and BOM.
  package var columns: [(header: String, field: Field)]
  /// Header → part of an address, where a table has parts instead of lines or beside them.
  package var parts: [(header: String, part: AddressPart)]
  /// Field → (the export's word in lower case → canonical value), such as `n - no sen` → `N`.
  package var values: [Field: [String: String]]

  package init(
    id: String, name: String, columns: [(header: String, field: Field)],
    parts: [(header: String, part: AddressPart)] = [], values: [Field: [String: String]]
  ) {
    self.id = id
    self.name = name
    self.columns = columns
    self.parts = parts
    self.values = values
    byKey = Dictionary(columns.map { (Self.key($0.header), $0.field) }, uniquingKeysWith: { first, _ in first })
    partByKey = Dictionary(parts.map { (Self.key($0.header), $0.part) }, uniquingKeysWith: { first, _ in first })
  }

  private let byKey: [String: Field]
  private let partByKey: [String: AddressPart]

  /// The field that a header of an export stands for.
  package func field(for header: String) -> Field? { byKey[Self.key(header)] }

  /// The part of an address that a header of an export stands for.
  package func part(for header: String) -> AddressPart? { partByKey[Self.key(header)] }

  /// A header without case, spaces, punctuation and byte order mark.
  package static func key(_ header: String) -> String {
    String(
      String.UnicodeScalarView(header.unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
    )
    .lowercased()
  }
}

/// Postcode → authority code, from the ONS Postcode Directory: the only certain route from an address.
package struct PostcodeTable: Sendable {
  private let codes: [Postcode: LACode]
  package init(_ codes: [Postcode: LACode]) { self.codes = codes }
  package subscript(postcode: Postcode) -> LACode? { codes[postcode] }
  package var count: Int { codes.count }
}
