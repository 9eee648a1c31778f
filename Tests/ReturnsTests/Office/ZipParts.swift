// The parts of an archive by Python's own zipfile, so that what we wrote is not read by what wrote it.

import Foundation

enum ZipParts {
  static func read(_ bytes: [UInt8]) throws -> [String: String] {
    let file = NSTemporaryDirectory() + "/parts-" + UUID().uuidString
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let script =
      "import sys,zipfile,hashlib,json; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; "
      + "print(json.dumps({n: hashlib.sha256(z.read(n)).hexdigest() for n in z.namelist()}))"
    let result = OfficeTools.run("/usr/bin/python3", ["-c", script, file])
    guard let parts = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: String] else {
      throw OfficeTools.Failure(message: result.output)
    }
    return parts
  }
}
