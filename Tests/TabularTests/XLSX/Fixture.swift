// The workbooks that real programs wrote, beside the tests.

import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file of the folder `Fixtures`; `make_fixtures.py` there makes them.
enum Fixture {
  static func bytes(_ name: String, file: String = #filePath) throws -> [UInt8] {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let stream = try #require(fopen("\(folder)/Fixtures/\(name)", "rb"))
    defer { fclose(stream) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { result += buffer[..<count] }
    return result
  }
}
