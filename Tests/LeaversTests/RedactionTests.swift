// What holds personal data must not print it, by whatever way it is printed.

import Testing

@testable import Leavers

@Suite struct RedactionTests {
  private struct Holder { let upn: UPN, uln: ULN?, postcode: [Postcode], phone: PhoneNumber }

  @Test func nothingPrintsItsValue() throws {
    let holder = try Holder(
      upn: UPN("D341499924001"), uln: ULN("9276308686"), postcode: [Postcode("L20 3DL")],
      phone: PhoneNumber("07700900123"))
    var texts = ["\(holder)", String(reflecting: holder), "\(holder.upn) \(holder.uln as Any) \(holder.postcode)"]
    for value in [holder as Any, holder.upn, holder.uln as Any, holder.postcode, holder.phone] {
      var dumped = ""
      dump(value, to: &dumped)
      texts.append(dumped)
      texts.append(String(describing: value))
      texts.append(String(reflecting: value))
    }
    let stored = String(Mirror(reflecting: holder.upn).children.count)
    #expect(stored == "0")
    // The value as text, and the integers it is kept as.
    let secrets = ["341499924001", "34149992400", "9276308686", "L20", "3DL", "7700900123"]
    for text in texts {
      for secret in secrets { #expect(!text.contains(secret)) }
    }
    #expect("\(holder.upn)" == "UPN(redacted)")
    #expect("\(holder.phone)" == "PhoneNumber(redacted)")
  }
}
