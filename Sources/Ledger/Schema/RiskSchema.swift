// The thirteenth migration: a tier of its own for data about offences, and the decisions by which a named person confirms
// that a pupil is at risk of NEET.

enum RiskSchema {
  /// Both tables are made anew, since a check cannot be changed; their rows are those of before.
  static let text = """
    CREATE TABLE return_field_new (
      return_id INTEGER NOT NULL REFERENCES return (id),
      field TEXT NOT NULL,
      tier TEXT NOT NULL CHECK (tier IN ('floor', 'parent-floor', 'possession', 'special', 'criminal-offence')),
      in_full INTEGER NOT NULL CHECK (in_full IN (0, 1)),  -- in rows disclosed in full, or in rows at the floor
      row_count INTEGER NOT NULL CHECK (row_count >= 1),
      PRIMARY KEY (return_id, field, tier, in_full)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO return_field_new SELECT return_id, field, tier, in_full, row_count FROM return_field;
    DROP TABLE return_field;
    ALTER TABLE return_field_new RENAME TO return_field;

    CREATE TABLE register_entry_new (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      school TEXT NOT NULL REFERENCES school (id),
      pupil INTEGER NOT NULL REFERENCES pupil (id),
      decision TEXT NOT NULL CHECK (decision IN ('sharing-refused', 'refusal-withdrawn', 'tracking-consent-given',
        'tracking-consent-withdrawn', 'address-protected', 'address-no-longer-protected', 'do-not-contact',
        'may-be-contacted', 'deceased', 'not-deceased', 'risk-confirmed', 'risk-referred', 'risk-withdrawn')),
      authority TEXT,                        -- NULL for all
      kind TEXT CHECK (kind IN ('intended-destinations', 'confirmed-destinations', 'early-leavers', 'risk-of-neet',
        'unknown-answers')),                 -- NULL for all
      decided_on TEXT NOT NULL CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      recorded_at INTEGER NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT;
    INSERT INTO register_entry_new
      SELECT id, school, pupil, decision, authority, kind, decided_on, recorded_at, sealed FROM register_entry;
    DROP TABLE register_entry;
    ALTER TABLE register_entry_new RENAME TO register_entry;

    CREATE INDEX register_entry_pupil ON register_entry (pupil);
    CREATE INDEX register_entry_school ON register_entry (school, id);

    CREATE TRIGGER register_entry_is_fixed BEFORE UPDATE ON register_entry BEGIN
      SELECT RAISE(ABORT, 'append-only: an entry of the register is never changed; a newer one takes its place');
    END;
    CREATE TRIGGER register_entry_stays BEFORE DELETE ON register_entry BEGIN
      SELECT RAISE(ABORT, 'append-only: an entry of the register is never deleted');
    END;
    CREATE TRIGGER register_entry_of_its_school BEFORE INSERT ON register_entry
    WHEN (SELECT school FROM pupil WHERE id = NEW.pupil) <> NEW.school BEGIN
      SELECT RAISE(ABORT, 'conflict: the pupil is of another school');
    END;
    """
}
