// What kind of file system a folder lies on, by the number that statfs gives: whether writers elsewhere raise events. Pure.

/// A kind of file system.
package struct FileSystemKind: Sendable, Hashable {
  /// `f_type` of statfs, as linux/magic.h and the file systems' sources have it.
  package let number: UInt32

  package init(number: UInt32) { self.number = number }

  private struct Share {
    let name: String
    /// Whether the numbers of its files hold for longer than one mount.
    let numbersLast: Bool
  }

  /// File systems that other machines write to. A mount of FUSE may be local, and is polled for nothing then.
  private static let shares: [UInt32: Share] = [
    0x6969: Share(name: "NFS", numbersLast: true), 0x517B: Share(name: "SMB", numbersLast: false),
    0xFF53_4D42: Share(name: "CIFS", numbersLast: false), 0xFE53_4D42: Share(name: "SMB", numbersLast: false),
    0x6573_5546: Share(name: "FUSE", numbersLast: false), 0x0102_1997: Share(name: "9p", numbersLast: false),
    0x5346_414F: Share(name: "AFS", numbersLast: true), 0x6B41_4653: Share(name: "AFS", numbersLast: true),
    0x00C3_6400: Share(name: "Ceph", numbersLast: true), 0x7375_7245: Share(name: "Coda", numbersLast: true),
    0x564C: Share(name: "NCP", numbersLast: false), 0x0116_1970: Share(name: "GFS2", numbersLast: true),
    0x7461_636F: Share(name: "OCFS2", numbersLast: true), 0x0BD0_0BD0: Share(name: "Lustre", numbersLast: true),
    0x786F_4256: Share(name: "a shared folder of VirtualBox", numbersLast: false),
    0xBACB_ACBC: Share(name: "a shared folder of VMware", numbersLast: false),
  ]

  /// Whether other machines write to it, of which no event tells.
  package var isShare: Bool { Self.shares[number] != nil }
  /// Whether a file keeps its number when the share is mounted anew.
  package var numbersLast: Bool { Self.shares[number]?.numbersLast ?? true }
  /// For people.
  package var name: String { Self.shares[number]?.name ?? "a local file system" }
}
