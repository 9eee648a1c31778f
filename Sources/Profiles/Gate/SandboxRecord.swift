// What a sandbox wrote down about the recipients that it plays. Reads one file.

import Tabular

/// The file `sandbox.json` of a sandbox's directory: the recipients that are no real place.
package struct SandboxRecord: Sendable, Hashable {
  package static let fileName = "sandbox.json"

  package struct Entry: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable { case sftp, https, handover }
    package var id: String
    package var kind: Kind
    /// Nil for a hand-over.
    package var host: String?
    package var port: Int?

    package init(id: String, kind: Kind, host: String? = nil, port: Int? = nil) {
      self.id = id
      self.kind = kind
      self.host = host
      self.port = port
    }
  }

  /// The sandbox's directory, absolute.
  package var directory: String
  package var recipients: [Entry]

  package init(directory: String, recipients: [Entry]) {
    self.directory = directory
    self.recipients = recipients
  }

  /// Why a record cannot be used.
  package struct Failure: Error, Sendable, CustomStringConvertible {
    package struct Code: RawRepresentable, Sendable, Hashable {
      package let rawValue: String
      package init(rawValue: String) { self.rawValue = rawValue }
      package static let unreadable = Code(rawValue: "unreadable")
      package static let malformed = Code(rawValue: "malformed")
    }
    package let code: Code
    package let message: String
    package var description: String { message }
  }

  /// The record of a sandbox's directory.
  package static func read(directory: String) throws(Failure) -> SandboxRecord {
    let path = directory + "/" + fileName
    let bytes: [UInt8]
    do { bytes = try ConfigurationFiles.read(path, limit: 1 << 20) } catch {
      throw Failure(code: .unreadable, message: "\(path) cannot be read: \(error.why)")
    }
    return try SandboxRecord(bytes, directory: directory)
  }

  /// Reads `{"format":1,"recipients":[{"id","kind","host","port"}]}`.
  package init(_ bytes: [UInt8], directory: String) throws(Failure) {
    func malformed(_ what: String) -> Failure {
      Failure(
        code: .malformed,
        message: "\(directory)/\(Self.fileName) is not a sandbox's record: \(what); start the sandbox again")
    }
    let value: JSONValue
    do { value = try JSONValue.parse(bytes) } catch { throw malformed("\(error)") }
    guard value["format"]?.integer == 1 else { throw malformed("its format is not 1") }
    guard let items = value["recipients"]?.array else { throw malformed("it has no recipients") }
    var entries: [Entry] = []
    for item in items {
      guard let id = item["id"]?.string, let kind = item["kind"]?.string.flatMap(Entry.Kind.init(rawValue:)) else {
        throw malformed("a recipient has no id or kind")
      }
      let port = item["port"]?.integer.flatMap { Int(exactly: $0) }
      entries.append(Entry(id: id, kind: kind, host: item["host"]?.string, port: port))
    }
    self.init(directory: directory, recipients: entries)
  }
}
