// Bytes as a database value, and columns read with an error instead of a trap. May touch GRDB's rows only.

import FoundationEssentials
import GRDB
import Leavers

/// Bytes as a database value.
struct Blob: DatabaseValueConvertible {
  let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }
  var databaseValue: DatabaseValue { Data(bytes).databaseValue }
  static func fromDatabaseValue(_ value: DatabaseValue) -> Blob? {
    Data.fromDatabaseValue(value).map { Blob(Array($0)) }
  }
}

extension Row {
  /// A BLOB column that is NOT NULL.
  func bytes(_ column: String) -> [UInt8] { (self[column] as Blob).bytes }
  func optionalBytes(_ column: String) -> [UInt8]? { (self[column] as Blob?)?.bytes }

  /// An instant from a column that is NOT NULL.
  func instant(_ column: String) -> Timestamp { Timestamp(milliseconds: self[column]) }
  func optionalInstant(_ column: String) -> Timestamp? {
    (self[column] as Int64?).map { Timestamp(milliseconds: $0) }
  }

  /// A value of a closed set from a text column. Throws `corrupt` for a text that is not of the set.
  func value<Value: RawRepresentable>(_ column: String, _ type: Value.Type = Value.self) throws(LedgerError) -> Value
  where Value.RawValue == String {
    guard let value = try optionalValue(column, type) else {
      throw LedgerError(.corrupt, "column \(column) is empty where it may not be; run audit")
    }
    return value
  }

  /// The same where the column may be NULL.
  func optionalValue<Value: RawRepresentable>(_ column: String, _ type: Value.Type = Value.self) throws(LedgerError)
    -> Value? where Value.RawValue == String
  {
    guard let text = self[column] as String? else { return nil }
    guard let value = Value(rawValue: text) else {
      throw LedgerError(.corrupt, "column \(column) holds “\(text)”, which this version does not know; run audit")
    }
    return value
  }
}
