// A migration: when the file of a sheet was last written, so that an older one that lies there again is known.

enum SheetTimesSchema {
  static let text = """
    -- When the newest file with this content was last written, in nanoseconds since 1970; NULL of sheets of before.
    ALTER TABLE sheet ADD COLUMN modified INTEGER;
    """
}
