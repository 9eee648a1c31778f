// Loads the configuration as `run` and `check` need it: every file, the keys looked at, the evidence gate closed.

package import Profiles
import Transport

/// Where the configuration comes from and how it is checked.
package struct ConfigurationSource: Sendable {
  package let path: String
  private let environment: [String: String]

  package init(path: String, environment: [String: String]) {
    self.path = path
    self.environment = environment
  }

  /// Loads all files; throws every mistake at once.
  package func load(
    _ requirement: ConfigurationLoader.Need = .everything
  ) throws(ConfigurationErrors) -> LoadedConfiguration {
    let loader = ConfigurationLoader(environment: environment, inspectKey: Self.inspect)
    return try loader.load(path, requiring: requirement)
  }

  /// As `load`, and refuses what may not run: formats that nobody confirmed, to anything but a sandbox.
  package func loadToRun() throws(ConfigurationErrors) -> LoadedConfiguration {
    let loaded = try load()
    let refusals = EvidenceGate.refusals(in: loaded.configuration)
    guard refusals.isEmpty else { throw ConfigurationErrors(refusals) }
    return loaded
  }

  private static let inspect: @Sendable (String) -> KeyInspection = { path in
    switch PrivateKeyKind.detect(file: path) {
    case .ed25519: .usable("ed25519")
    case .ecdsa: .usable("ecdsa")
    case .rsa: .rsa
    case .encrypted: .encrypted
    case .unreadable(let why): .unreadable(why)
    case .dsa, .notAKey: .notAKey
    }
  }
}
