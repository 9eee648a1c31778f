// Codes and providers as a sheet offers them, and back. Pure.

import Leavers
import Profiles

/// The answers of a sheet of words.
struct AnswerWords {
  static let nothing = "nothing (leave blank)"
  static let asWritten = "leave the name as it is written"
  static let beside = "the provider beside"
  static let ask = "a person must ask the pupil"
  /// Answers that are the same whatever the field.
  static let common: Set<String> = [nothing, asWritten, beside, ask]

  private let codes: CodeTables
  private let register: ProviderRegister
  private let school: OwnSchool
  private let day: CalendarDate

  init(_ context: RuleContext) {
    self.init(codes: context.codes, register: context.providers, school: context.school.own, day: context.day)
  }

  init(codes: CodeTables, register: ProviderRegister, school: OwnSchool, day: CalendarDate) {
    self.codes = codes
    self.register = register
    self.school = school
    self.day = day
  }

  // MARK: Codes

  /// `121 - Full-time education or training - other institution`.
  func code(_ code: String, _ field: Field) -> String {
    guard let entry = entries(field).first(where: { $0.code == code }) else { return code }
    return Self.text(entry)
  }

  private static func text(_ entry: CodeEntry) -> String { "\(entry.code) - \(entry.label)" }

  private func entries(_ field: Field) -> [CodeEntry] {
    guard case .code(let id) = field.type, let set = codes[id] else { return [] }
    return set.current(on: day)
  }

  /// What may be answered for words of a field.
  func answers(_ field: Field) -> [String] {
    if field == .providerName { return [Self.beside, Self.asWritten, Self.ask] }
    return entries(field).map(Self.text) + [Self.nothing, Self.ask]
  }

  /// The code that an answer gives: alone, with its label, or by the label; nil where it gives none of today.
  func code(in answer: String, _ field: Field) -> String? {
    guard case .code(let id) = field.type, let set = codes[id],
      case .current(let entry) = CodeRule.lookUp(answer, in: set, on: day)
    else { return nil }
    return entry.code
  }

  // MARK: Providers

  /// The name of a provider, with a number where several have that name.
  func provider(_ provider: WordProvider) -> String {
    switch provider {
    case .ownSchool: school.name
    case .named(let name): name
    case .listed(let id): register[id].map(name) ?? id.rawValue
    }
  }

  private func name(_ provider: Provider) -> String {
    if register.provider(named: provider.name).providers.count < 2 { return provider.name }
    if let ukprn = provider.ukprn { return "\(provider.name) (UKPRN \(ukprn.rawValue))" }
    if let laestab = provider.laestab { return "\(provider.name) (DfE number \(laestab.rawValue))" }
    return "\(provider.name) (\(provider.id.rawValue))"
  }

  /// No list of a spreadsheet is of use with more names than these.
  static let mostProviders = 1_000

  /// The providers that a sheet offers: open ones, and of a national register only those of these authorities.
  func providers(near authorities: Set<LACode>) -> [String] {
    let near = register.providers.filter { provider in
      if provider.isClosed { return false }
      return provider.evidence != .register || provider.laestab.map { authorities.contains($0.authority) } == true
    }
    let names = Set(near.prefix(Self.mostProviders).map(name) + [school.name])
    return names.sorted()
  }

  /// Which provider a text means.
  enum Named: Equatable {
    case one(WordProvider)
    /// So many are called so: a person must say which.
    case several(Int)
  }

  /// The provider that a person named: by name, by a number, or by the name with its number; one that no register has is
  /// taken as it is written.
  func provider(named text: String) -> Named {
    let text = text.trimmedOfBlanks
    if ProviderName.key(text) == ProviderName.key(school.name) { return .one(.ownSchool) }
    if let inside = Self.inBrackets(text) {
      if let found = register.providers.first(where: { name($0) == text }) { return one(found) }
      if let found = numbered(inside) { return one(found) }
    }
    if let found = numbered(text) { return one(found) }
    switch register.provider(named: text) {
    case .one(let provider, _): return one(provider)
    case .several(let providers, _): return .several(providers.count)
    case .none: return .one(.named(text))
    }
  }

  private func one(_ provider: Provider) -> Named {
    let isOwn = provider.laestab == school.laestab || (provider.ukprn != nil && provider.ukprn == school.ukprn)
    return .one(isOwn ? .ownSchool : .listed(provider.id))
  }

  private func numbered(_ text: String) -> Provider? {
    let digits = text.filter { $0.isNumber || $0 == "/" }
    if let ukprn = try? UKPRN(digits), let found = register.provider(ukprn: ukprn).provider { return found }
    if let laestab = try? LAESTAB(digits), let found = register.provider(laestab: laestab).provider { return found }
    return nil
  }

  private static func inBrackets(_ text: String) -> String? {
    guard text.hasSuffix(")"), let start = text.lastIndex(of: "(") else { return nil }
    return String(text[text.index(after: start)..<text.index(before: text.endIndex)])
  }
}
