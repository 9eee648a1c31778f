// What somebody who can read private keys says of one; the loader only asks. Pure.

/// What a private key file is.
package enum KeyInspection: Sendable, Hashable {
  /// A key that the transport can use, such as `ed25519`.
  case usable(String)
  /// An RSA key: the transport's library signs with ssh-rsa, which current servers refuse.
  case rsa
  /// A key that a passphrase protects.
  case encrypted
  case unreadable(String)
  case notAKey
}
