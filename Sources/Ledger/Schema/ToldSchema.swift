// The sixteenth migration: what an authority was told of objections that came after it had a return, and which returns
// hold only what changed, so that an older one is not replaced by them.

enum ToldSchema {
  static let text = """
    -- A return that holds only what changed: of pupils who are not in it the authority has what it had before.
    CREATE TABLE return_of_changes (
      return_id INTEGER PRIMARY KEY REFERENCES return (id)
    ) STRICT;

    -- Of those of before nobody knows: each pupil's own newest row counts, which asks too much rather than nothing.
    INSERT INTO return_of_changes SELECT id FROM return WHERE state <> 'drafted';

    CREATE TRIGGER return_of_changes_of_a_draft BEFORE INSERT ON return_of_changes
    WHEN (SELECT state FROM return WHERE id = NEW.return_id) <> 'drafted' BEGIN
      SELECT RAISE(ABORT, 'append-only: what a return holds is fixed when it is decided');
    END;
    CREATE TRIGGER return_of_changes_stays BEFORE DELETE ON return_of_changes BEGIN
      SELECT RAISE(ABORT, 'append-only: what a return holds is fixed when it is decided');
    END;

    -- A person told the authority that it may not use a row any more as it has it, and why. Who did is in the event.
    CREATE TABLE objection_told (
      return_id INTEGER NOT NULL REFERENCES return (id),
      row_number INTEGER NOT NULL,
      reason TEXT NOT NULL CHECK (reason IN ('sharing', 'deceased', 'address', 'contact', 'consent', 'risk')),
      told_at INTEGER NOT NULL,
      PRIMARY KEY (return_id, row_number, reason)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER objection_told_is_fixed BEFORE UPDATE ON objection_told BEGIN
      SELECT RAISE(ABORT, 'append-only: what an authority was told is never changed');
    END;
    CREATE TRIGGER objection_told_stays BEFORE DELETE ON objection_told BEGIN
      SELECT RAISE(ABORT, 'append-only: what an authority was told is never deleted');
    END;
    """
}
