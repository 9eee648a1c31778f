// A migration: sheets that came back from a desk, what each row of them led to, and whether an export holds all leavers.

enum SheetsSchema {
  static let text = """
    -- A sheet of answers that a person put back. Its bytes are an object as those of an export are.
    CREATE TABLE sheet (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      school TEXT NOT NULL REFERENCES school (id),
      kind TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('stored', 'applied', 'refused')),
      object TEXT NOT NULL REFERENCES object (name),
      sealed_source BLOB NOT NULL,           -- the path
      sealed_person BLOB NOT NULL,           -- whose file it was, and how that is known
      refused_why TEXT,                      -- words without personal data
      stored_at INTEGER NOT NULL,
      applied_at INTEGER,
      handed_back_at INTEGER,
      CHECK ((state = 'refused') = (refused_why IS NOT NULL)),
      CHECK ((state = 'stored') = (applied_at IS NULL))
    ) STRICT;

    CREATE INDEX sheet_school ON sheet (school, kind, id);
    CREATE INDEX sheet_open ON sheet (id) WHERE handed_back_at IS NULL;

    CREATE TRIGGER sheet_begins_stored BEFORE INSERT ON sheet WHEN NEW.state <> 'stored' BEGIN
      SELECT RAISE(ABORT, 'illegal-transition: a sheet begins as stored');
    END;
    CREATE TRIGGER sheet_is_applied_once BEFORE UPDATE OF state, school, kind, object ON sheet
    WHEN OLD.state <> 'stored' OR NEW.school <> OLD.school OR NEW.kind <> OLD.kind OR NEW.object <> OLD.object BEGIN
      SELECT RAISE(ABORT, 'illegal-transition: a sheet is applied or refused once');
    END;
    CREATE TRIGGER sheet_stays BEFORE DELETE ON sheet BEGIN
      SELECT RAISE(ABORT, 'append-only: a sheet is never deleted');
    END;

    -- The newest look at each path that holds a sheet.
    CREATE TABLE sheet_observation (
      school TEXT NOT NULL REFERENCES school (id),
      path_lookup BLOB NOT NULL,
      fingerprint TEXT NOT NULL,
      sheet INTEGER NOT NULL REFERENCES sheet (id),
      PRIMARY KEY (school, path_lookup)
    ) STRICT, WITHOUT ROWID;

    -- What each answered row led to; words without personal data.
    CREATE TABLE sheet_outcome (
      sheet INTEGER NOT NULL REFERENCES sheet (id),
      row_number INTEGER NOT NULL CHECK (row_number >= 1),
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'unchanged', 'refused')),
      words TEXT NOT NULL,
      PRIMARY KEY (sheet, row_number)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER sheet_outcome_of_a_stored_sheet BEFORE INSERT ON sheet_outcome
    WHEN (SELECT state FROM sheet WHERE id = NEW.sheet) <> 'stored' BEGIN
      SELECT RAISE(ABORT, 'append-only: the outcomes of a sheet are noted when it is applied');
    END;
    CREATE TRIGGER sheet_outcome_is_fixed BEFORE UPDATE ON sheet_outcome BEGIN
      SELECT RAISE(ABORT, 'append-only: an outcome is never changed');
    END;
    CREATE TRIGGER sheet_outcome_stays BEFORE DELETE ON sheet_outcome BEGIN
      SELECT RAISE(ABORT, 'append-only: an outcome is never deleted');
    END;

    -- Whether an export holds all leavers of its school: told when it is read. NULL of those read before this was kept.
    ALTER TABLE export ADD COLUMN extent TEXT CHECK (extent IN ('partial', 'full'));
    """
}
