// The files of a share, looked at so that what others write is seen, and known again when the share is mounted anew.

/// What intake does with the files of a share, over any files.
///
/// A client keeps attributes for seconds to a minute, so that two looks by name may be equal while somebody writes.
/// Opening a file asks the server (close-to-open consistency), and so the look that settles is made by opening. The
/// number of the device, and on some the numbers of files, hold for one mount only and say nothing.
struct ShareFiles: IntakeFiles {
  let files: any IntakeFiles
  let kind: FileSystemKind

  func list(_ folder: String) throws(FileProblem) -> FolderListing { try files.list(folder) }
  func look(_ path: String) throws(FileProblem) -> FileLook { Self.lasting(try files.look(path), kind) }

  func freshLook(_ path: String) throws(FileProblem) -> FileLook {
    let look = try look(path)
    return look.kind == .regular ? try open(path).look() : look
  }

  func open(_ path: String) throws(FileProblem) -> any OpenExport { ShareFile(try files.open(path), kind) }
  func userName(_ user: UInt32) -> String? { files.userName(user) }
  func place(of folder: String) throws(FileProblem) -> PlaceLook { try files.place(of: folder) }

  fileprivate static func lasting(_ look: FileLook, _ kind: FileSystemKind) -> FileLook {
    var look = look
    look.device = 0
    if !kind.numbersLast { look.inode = 0 }
    return look
  }
}

private final class ShareFile: OpenExport {
  private let file: any OpenExport
  private let kind: FileSystemKind

  init(_ file: any OpenExport, _ kind: FileSystemKind) {
    self.file = file
    self.kind = kind
  }

  func look() throws(FileProblem) -> FileLook { ShareFiles.lasting(try file.look(), kind) }
  func read() throws(FileProblem) -> [UInt8] { try file.read() }
}
