// Where a secret is, and whether its file will do; the secret itself is not read here.

import Leavers

/// Reads `{credential: NAME}` and `{file: PATH}`.
struct SecretReader {
  /// What a secret is for, which decides how it is looked at.
  enum Purpose {
    case masterKey, privateKey, certificate

    var what: String {
      switch self {
      case .masterKey: "the master key"
      case .privateKey: "the private key"
      case .certificate: "the client certificate"
      }
    }
    var howToMake: String {
      switch self {
      case .masterKey: "make it with: (umask 077; head -c 32 /dev/urandom > FILE), and keep a copy in a safe place"
      case .privateKey: "make it with: ssh-keygen -t ed25519 -N '' -f FILE, and give the recipient FILE.pub"
      case .certificate: "put the PEM certificate and its private key into one file there"
      }
    }
  }

  let context: LoadContext

  func read(_ node: ConfigNode, for purpose: Purpose) -> SecretSource? {
    guard let mapping = node.mapping(KeyLevels.secret), let one = mapping.exactlyOne(of: ["credential", "file"]) else {
      return nil
    }
    if one.key == "file" {
      guard let path = context.path(one.value) else { return nil }
      check(path, fromUnit: false, at: one.value.place, for: purpose)
      return SecretSource(kind: .file(path), path: path)
    }
    guard let name = one.value.text() else { return nil }
    guard name != "..", name.allSatisfy({ FileNamePattern.isAllowed($0) && $0 != " " }), !name.hasPrefix(".") else {
      one.value.error(
        .badValue, "\(quoted(name)) is not the name of a credential",
        remedy: "use letters, digits, hyphens, underscores and full stops; for a path write file: PATH")
      return nil
    }
    return credential(name, at: one.value.place, for: purpose)
  }

  /// A credential by its name: the unit's own where there is one, else `credentials/NAME` beside leaverlink.yaml.
  func credential(_ name: String, at place: FilePlace, for purpose: Purpose) -> SecretSource {
    if let folder = context.credentials {
      let path = folder + "/" + name
      if case .missing = ConfigurationFiles.look(path) {
      } else {
        check(path, fromUnit: true, at: place, for: purpose)
        return SecretSource(kind: .credential(name), path: path)
      }
    }
    let path = context.root + "/credentials/" + name
    check(path, fromUnit: false, at: place, for: purpose)
    return SecretSource(kind: .credential(name), path: path)
  }

  private func check(_ path: String, fromUnit: Bool, at place: FilePlace, for purpose: Purpose) {
    guard context.needsEverything else { return }
    let log = context.log
    switch ConfigurationFiles.look(path) {
    case .missing:
      log.error(.secretMissing, at: place, "\(purpose.what) \(path) does not exist", remedy: purpose.howToMake)
      return
    case .folder, .other:
      log.error(.secretMissing, at: place, "\(purpose.what) \(path) is no file", remedy: purpose.howToMake)
      return
    case .unreadable(let why):
      log.error(
        .fileUnreadable, at: place, "\(purpose.what) \(path) cannot be looked at: \(why)",
        remedy: "let the user of the service read it")
      return
    case .file(let facts):
      // systemd gives a credential to the unit's user by an access list, which shows as a group permission.
      let others: UInt32 = fromUnit ? 0o007 : 0o077
      if facts.mode & others != 0 {
        log.error(
          .secretExposed, at: place, "other users can read or change \(purpose.what) \(path)",
          remedy: "chmod 600 \(path); where others may have read it, make a new one")
        return
      }
      guard facts.isReadable else {
        log.error(
          .fileUnreadable, at: place, "\(purpose.what) \(path) cannot be read by this user",
          remedy: "let the user of the service own it, with mode 600")
        return
      }
    }
    switch purpose {
    case .masterKey: break
    case .privateKey: checkPrivateKey(path, at: place)
    case .certificate: checkCertificate(path, at: place)
    }
  }

  private func checkPrivateKey(_ path: String, at place: FilePlace) {
    let log = context.log
    let remake = "make a new key with: ssh-keygen -t ed25519 -N '' -f \(path), and give the recipient \(path).pub"
    switch context.inspectKey(path) {
    case .usable: break
    case .rsa:
      log.error(
        .secretUnusable, at: place,
        "the private key \(path) is an RSA key, which does not work: libssh2 1.10 of Debian 12 signs with ssh-rsa, which "
          + "OpenSSH 8.8 and later refuses", remedy: remake)
    case .encrypted:
      log.error(
        .secretUnusable, at: place,
        "a passphrase protects the private key \(path), and the service can ask nobody for it",
        remedy: "take it off with: ssh-keygen -p -N '' -f \(path), or make a key for the service alone")
    case .unreadable(let why):
      log.error(
        .secretUnusable, at: place, "the private key \(path) cannot be read: \(why)",
        remedy: "let the user of the service own it, with mode 600")
    case .notAKey:
      log.error(.secretUnusable, at: place, "\(path) is not a private key", remedy: remake)
    }
  }

  private func checkCertificate(_ path: String, at place: FilePlace) {
    guard let bytes = context.read(path, at: place, what: "the client certificate", limit: 1 << 20) else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    if !text.contains("-----BEGIN CERTIFICATE-----") {
      context.log.error(
        .secretUnusable, at: place, "there is no PEM certificate in \(path)",
        remedy: "put the certificate and its private key, both PEM, into one file")
    }
    if !text.contains("PRIVATE KEY-----") {
      context.log.error(
        .secretUnusable, at: place, "there is no PEM private key in \(path)",
        remedy: "put the certificate and its private key, both PEM, into one file")
    }
  }
}
