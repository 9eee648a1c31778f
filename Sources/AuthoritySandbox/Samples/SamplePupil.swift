// One made-up pupil, before a layout writes it down and dirt falls on it. Pure.

import Leavers

/// One made-up pupil: values as they ought to be. Although nobody, it prints redacted like any leaver, so that a test
/// which leaks it fails in the same way.
struct SamplePupil: Sendable {
  var admissionNumber = ""
  var upn = ""
  var formerUPN = ""
  var uln = ""
  var surname = ""
  var forename = ""
  var middleNames = ""
  var preferredForename = ""
  var dateOfBirth: CalendarDate?
  /// M, F or U.
  var sex = ""
  /// 11, 12 or 13.
  var stage = 11
  var sen = "N"
  var disadvantaged = false
  var additionalLanguage = false
  var lookedAfter = false
  var addressLine1 = ""
  var addressLine2 = ""
  var town = ""
  var postcode = ""
  /// The home authority; nil where the export does not know it.
  var home: SampleWords.Home?
  var phone = ""
  var email = ""
  /// YES, NO, UNS or SNR in some spelling, or empty.
  var sharing = ""
  var leavingDate: CalendarDate?
  var intention = ""
  var guarantee = ""
  var providerUKPRN = ""
  var providerName = ""
  var course = ""
  var startDate: CalendarDate?
  /// NCCIS codes of characteristics with semicolons between them; empty in layouts without them.
  var characteristics = ""
  /// Free text in a column that nobody asked for.
  var note = ""
}

extension SamplePupil: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "SamplePupil(redacted)" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: []) }
}

/// Makes pupils one after the other from a seed. No two have the same UPN, ULN, or name and date of birth.
struct SamplePupilMaker {
  private var random: SplitMix64
  private let request: SampleExport.Request
  /// Where the pupils of the school may live: the authorities that exist, or those that do not, by its own number.
  private let region: [SampleWords.Home]
  private let own: SampleWords.Home
  private let numberBase: Int
  private let writtenColumns: Set<SampleLayout.Column>
  private var made = 0
  private var seen: Set<UInt64> = []
  private var usedTokens: Set<String> = []
  /// What a canary sample must not show up of anywhere else.
  private(set) var tokens: [String] = []

  init(request: SampleExport.Request, random: SplitMix64) {
    self.random = random
    self.request = request
    let isFictional = SampleWords.fictionalHomes.contains { $0.code == request.laestab.prefix(3) }
    region = isFictional ? SampleWords.fictionalHomes : SampleWords.homes
    own = region.first { $0.code == request.laestab.prefix(3) } ?? region[0]
    writtenColumns = Set(request.layout.columns.map(\.column))
    let school = UInt64(request.laestab) ?? 0
    numberBase = Int(SplitMix64.mix(request.seed ^ SplitMix64.mix(school)) % 1_000_000_000)
  }

  /// The next pupil; `dirt` is what will fall on it, so that there is something for it to fall on.
  mutating func next(dirt: SampleDirt?) -> SamplePupil {
    var pupil = SamplePupil()
    pupil.stage = random.pick(weighted: [(11, 94), (12, 2), (13, 4)])
    identity(of: &pupil)
    numbers(of: &pupil, needsULN: dirt == .ulnLostDigit || dirt == .ulnScientific)
    residence(of: &pupil)
    circumstances(of: &pupil)
    destination(of: &pupil)
    if request.canaries { mark(&pupil, dirt: dirt) } else { plainContacts(of: &pupil) }
    made += 1
    return pupil
  }

  private mutating func identity(of pupil: inout SamplePupil) {
    let birthYear = request.leavingYear - pupil.stage - 6
    let firstDay = CalendarDate(year: birthYear, month: 9, day: 1)
    for _ in 0..<100 {
      let beginning = random.below(SampleWords.surnameBeginnings.count)
      let ending = random.below(SampleWords.surnameEndings.count)
      let forename = random.below(SampleWords.forenames.count)
      let day = random.below(365)
      let double = random.happens(perThousand: 50)
      pupil.surname = SampleWords.surnameBeginnings[beginning] + SampleWords.surnameEndings[ending]
      if double { pupil.surname += "-Example" }
      pupil.forename = SampleWords.forenames[forename]
      pupil.dateOfBirth = firstDay?.adding(days: day)
      let key = ((UInt64(beginning) * 20 + UInt64(ending)) * 40 + UInt64(forename)) * 400 + UInt64(day)
      if seen.insert(key * 4 + UInt64(pupil.stage - 11)).inserted { break }
    }
    if random.happens(perThousand: 400) { pupil.middleNames = random.pick(SampleWords.forenames) }
    pupil.preferredForename = random.happens(perThousand: 100) ? random.pick(SampleWords.forenames) : pupil.forename
    pupil.sex = random.pick(weighted: [("F", 49), ("M", 49), ("U", 2)])
  }

  private mutating func numbers(of pupil: inout SamplePupil, needsULN: Bool) {
    let authority = Int(random.pick(SampleWords.homes).code) ?? 341
    let entry = request.leavingYear - 12 - (pupil.stage - 11)
    pupil.upn = SyntheticUPN.make(
      authority: authority, establishment: 1000 + (numberBase + made / 1000) % 8000, year: entry % 100,
      serial: made % 1000, temporary: nil)
    if random.happens(perThousand: 60) {
      // Another establishment block than any UPN of this sample: a former number is nobody's present one.
      pupil.formerUPN = SyntheticUPN.make(
        authority: authority, establishment: 9000 + (numberBase + made / 1000) % 1000, year: (entry - 1) % 100,
        serial: made % 1000)
    }
    if needsULN || random.happens(perThousand: 850) {
      pupil.uln = SyntheticULN.make(from: numberBase % 790_000_000 + made * 7)
    }
    pupil.admissionNumber = "A\(100_000 + made)"
  }

  private mutating func residence(of pupil: inout SamplePupil) {
    let kind = random.pick(weighted: [("own", 40), ("region", 50), ("outside", 6), ("missing", 4)])
    let home: SampleWords.Home
    switch kind {
    case "own": home = own
    case "region": home = region[made % region.count]
    case "outside": home = random.pick(SampleWords.outside)
    default: home = random.pick(region)
    }
    pupil.home = kind == "missing" ? nil : home
    pupil.addressLine1 = "\(1 + random.below(199)) \(random.pick(SampleWords.streets))"
    if random.happens(perThousand: 150) {
      pupil.addressLine2 = "Flat \(1 + random.below(40)), \(random.pick(SampleWords.courts))"
    }
    pupil.town = home.town
    pupil.postcode =
      "\(random.pick(home.outward)) \(1 + random.below(9))\(random.pick(SampleWords.inwardLetters))"
  }

  private mutating func circumstances(of pupil: inout SamplePupil) {
    pupil.sen = random.pick(weighted: [("N", 78), ("K", 15), ("E", 7)])
    pupil.disadvantaged = random.happens(perThousand: 300)
    pupil.additionalLanguage = random.happens(perThousand: 120)
    pupil.lookedAfter = random.happens(perThousand: 15)
    pupil.sharing = random.pick(weighted: [
      ("YES", 50), ("Yes", 14), ("yes", 4), ("Y", 2), ("NO", 6), ("no", 2), ("UNS", 6), ("uns", 1), ("SNR", 12),
      ("Snr", 3),
    ])
    pupil.leavingDate = CalendarDate.lastFridayInJune(request.leavingYear)
    guard request.layout == .madeUp else { return }
    pupil.characteristics = random.pick(weighted: SampleWords.characteristics)
    // The sixth form leaves early here, so that there are early leavers to tell of.
    if pupil.stage > 11 { pupil.leavingDate = CalendarDate(year: request.leavingYear - 1, month: 9, day: 18) }
  }

  private mutating func destination(of pupil: inout SamplePupil) {
    pupil.intention = random.pick(weighted: SampleWords.intentions)
    let place = ["111", "121", "211", "311"].contains(pupil.intention)
    pupil.guarantee = random.pick(weighted: place ? SampleWords.offers : SampleWords.noOffers)
    guard place else { return }
    let provider: (name: String, ukprn: String, courses: [String])
    switch pupil.intention {
    case "111": provider = SampleWords.providers[2]
    case "211", "311": provider = SampleWords.providers[3]
    default: provider = SampleWords.providers[random.below(2)]
    }
    pupil.providerName = provider.name
    pupil.providerUKPRN = provider.ukprn
    pupil.course = random.pick(provider.courses)
    pupil.startDate = CalendarDate(year: request.leavingYear, month: 9, day: 1 + random.below(10))
  }

  private func phoneNumber(_ index: Int) -> String {
    // Ofcom's numbers for drama: two blocks of a thousand.
    let last = String(1000 + index % 1000).suffix(3)
    return (index / 1000) % 2 == 0 ? "07700 900\(last)" : "0151 496 0\(last)"
  }

  private mutating func plainContacts(of pupil: inout SamplePupil) {
    if random.happens(perThousand: 900) { pupil.phone = phoneNumber(made) }
    if random.happens(perThousand: 800) { pupil.email = "pupil\(made + 1)@example.org" }
    if random.happens(perThousand: 300) { pupil.note = "locker \(1 + random.below(400))" }
  }

  // MARK: canaries

  /// Puts a token into every personal text value, and lists the tokens of what the layout writes.
  private mutating func mark(_ pupil: inout SamplePupil, dirt: SampleDirt?) {
    func capitalised(_ token: String) -> String { token.prefix(1).uppercased() + token.dropFirst() }
    pupil.surname = capitalised(token(.surname))
    pupil.forename = capitalised(token(.forename))
    pupil.middleNames = capitalised(token(.middleNames))
    pupil.preferredForename = capitalised(token(.preferredForename))
    pupil.addressLine1 = "\(1 + random.below(199)) \(capitalised(token(.addressLine1))) Street"
    pupil.addressLine2 = "\(capitalised(token(.addressLine2))) Court"
    pupil.town = capitalised(token(.town))
    pupil.email = "\(token(.email))@example.org"
    pupil.admissionNumber = token(.admissionNumber).uppercased()
    pupil.note = "see \(token(.note))"
    if !pupil.providerName.isEmpty {
      pupil.providerName = "\(capitalised(token(.providerName))) College"
      pupil.course = "\(capitalised(token(.course))) studies"
    }
    pupil.phone = phoneNumber(made)
    note(dirt == .wrongCheckLetter ? SyntheticUPN.spoiled(pupil.upn) : pupil.upn, in: .upn)
    note(pupil.formerUPN, in: .formerUPN)
    switch dirt {
    case .ulnScientific: break
    case .ulnLostDigit: note(String(pupil.uln.dropLast()), in: .uln)
    default: note(pupil.uln, in: .uln)
    }
    note(pupil.phone, in: .phone)
    note(pupil.phone.filter { $0 != " " }, in: .phone)
  }

  private mutating func note(_ token: String, in column: SampleLayout.Column) {
    guard !token.isEmpty, writtenColumns.contains(column) else { return }
    if usedTokens.insert(token).inserted { tokens.append(token) }
  }

  /// Eleven small letters in an order that no language has.
  private mutating func token(_ column: SampleLayout.Column) -> String {
    let letters = Array("bcdfghjklmnpqrtvwxz")
    var token = ""
    repeat {
      token = "zq"
      for _ in 0..<9 { token.append(letters[random.below(letters.count)]) }
    } while usedTokens.contains(token)
    note(token, in: column)
    usedTokens.insert(token)
    return token
  }
}
