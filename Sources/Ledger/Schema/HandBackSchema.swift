// The migration of what is handed back: once when an export is read, once when it is decided; and of what comes back.

enum HandBackSchema {
  static let text = """
    -- When the desk files that tell what was decided of this export were complete.
    ALTER TABLE export ADD COLUMN fates_handed_back_at INTEGER;

    -- What was decided before this is not told anew: newer files may lie there.
    UPDATE export SET fates_handed_back_at = handed_back_at WHERE state = 'decided';

    -- The export whose checked file this one is, corrected.
    ALTER TABLE export ADD COLUMN corrects INTEGER REFERENCES export (id);

    CREATE INDEX export_fates_not_handed_back ON export (id) WHERE state = 'decided' AND fates_handed_back_at IS NULL;
    """
}
