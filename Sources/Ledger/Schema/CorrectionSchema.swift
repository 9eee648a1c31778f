// The migration of decisions that wait for their pupil and are corrected: a correction is told from what was dropped.

enum CorrectionSchema {
  static let text = """
    -- The decision that was kept in place of this one when a person corrected whom it is about. With neither this nor an
    -- entry a person dropped it.
    ALTER TABLE register_pending ADD COLUMN corrected_by INTEGER REFERENCES register_pending (id);
    """
}
