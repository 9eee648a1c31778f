// What happened in intake, for the log: schools, exports and numbers, never a file's name or a pupil's. Pure.

package import Leavers
package import Ledger

/// Something that happened in intake.
package struct IntakeEvent: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The folder of exports cannot be looked through, or can be again.
    case folderUnavailable(String)
    case folderBack
    /// The school's desk is away, or there again.
    case deskAway(String)
    case deskThere
    /// An export waits for the marker that says that it is complete.
    case unmarked
    /// A file ends in nothing but zeros, as one that is being copied does; or not any more.
    case unfinished
    /// A file in it cannot be read, or can be again.
    case fileUnavailable(String)
    case fileBack
    /// So many files in it have a name that is not UTF-8 and cannot be opened; or none has any more.
    case namesNotText(Int)
    case namesMended
    /// A file changed while it was read; it is read again once it has settled.
    case changedWhileRead
    /// A file is too large to be an export, in bytes.
    case tooLarge(Int64)
    case stored
    /// The same content as the school's newest export.
    case repeated
    /// What an older export said, in a file with its old date.
    case outdated
    case read(rows: Int, held: Int, errors: Int, warnings: Int)
    case unreadable(FindingCode)
    /// The newest export is gone through anew, by what was decided about words.
    case wordsDecided
    /// The files for the school lie on its desk.
    case handedBack(files: Int)
    /// A sheet of answers was taken in, is there unchanged, was done, or could not be read.
    case sheetStored(SheetID)
    case sheetRepeated(SheetID)
    case sheetApplied(SheetID, rows: Int, refused: Int)
    case sheetRefused(SheetID)
    /// A person changed a file there; ours was put beside it.
    case keptBeside
    case deskUnavailable(String)
    case deskBack
    /// Files whose time on the desk had come were removed.
    case expired(files: Int)
    /// An export cannot be worked on now; it is tried again.
    case postponed(String)
  }

  package let kind: Kind
  package let school: SchoolID
  package let export: ExportID?

  package init(_ kind: Kind, school: SchoolID, export: ExportID? = nil) {
    self.kind = kind
    self.school = school
    self.export = export
  }

  /// Whether a person must do something.
  package var isAlarm: Bool {
    switch kind {
    case .folderUnavailable, .deskAway, .fileUnavailable, .namesNotText, .tooLarge, .unreadable, .deskUnavailable,
      .postponed, .sheetRefused:
      true
    default: false
    }
  }

  /// What it is about, for the fields of a log line.
  package var subjects: [String: String] {
    var subjects = ["school": school.rawValue]
    if let export { subjects["export"] = export.description }
    return subjects
  }

  /// One line without personal data.
  package var text: String {
    switch kind {
    case .folderUnavailable(let why): "the folder of exports cannot be looked through: \(why)"
    case .folderBack: "the folder of exports can be looked through again"
    case .deskAway(let why): "the school's desk is away: \(why); nothing is read there nor written"
    case .deskThere: "the school's desk is there again"
    case .unmarked: "an export waits for the marker that says that it is complete"
    case .unfinished: "a file among the exports ends in zeros, as one does that is still being copied; it waits"
    case .fileUnavailable(let why): "a file among the exports cannot be read: \(why); grant it, it is tried again"
    case .fileBack: "a file among the exports that could not be read can be read now"
    case .namesNotText(let count):
      count == 1
        ? "a file's name among the exports is not UTF-8, so that it cannot be read; rename it"
        : "\(count) files' names among the exports are not UTF-8, so that they cannot be read; rename them"
    case .namesMended: "every file's name among the exports is UTF-8 again"
    case .changedWhileRead: "an export changed while it was read; it is read once nobody writes to it"
    case .tooLarge(let bytes): "a file of \(bytes) bytes is too large to be an export; take it out of the folder"
    case .stored: "an export was taken in"
    case .repeated: "an export came again unchanged; nothing needs to be done"
    case .outdated:
      "what this export said lies there again, with its old date; newer exports stand. If it counts, save it anew"
    case .read(let rows, let held, let errors, let warnings):
      "an export was read: \(rows) rows, \(held) held, \(errors) errors, \(warnings) warnings"
    case .unreadable(let code): "an export cannot be taken in (\(code)); the school finds the reason on its desk"
    case .wordsDecided: "it was decided what words mean; the newest export is gone through anew"
    case .handedBack(let files): "\(files) files were handed back to the school"
    case .sheetStored(let sheet): "a sheet of answers was taken in (\(sheet))"
    case .sheetRepeated(let sheet): "a sheet of answers came again unchanged (\(sheet)); nothing needs to be done"
    case .sheetApplied(let sheet, let rows, let refused):
      "\(sheet): \(rows) rows answered, \(refused) of them could not be done; each row says so on the desk"
    case .sheetRefused(let sheet): "\(sheet) could not be read as a sheet of answers; take a new one from the desk"
    case .keptBeside: "a person changed a file that was handed back; the new one was put beside it"
    case .deskUnavailable(let why): "the files for the school cannot be written to its desk: \(why)"
    case .deskBack: "the school's desk can be written to again"
    case .expired(let files): "\(files) files whose time on the desk had come were removed"
    case .postponed(let why): "an export cannot be worked on now and is tried again: \(why)"
    }
  }
}
