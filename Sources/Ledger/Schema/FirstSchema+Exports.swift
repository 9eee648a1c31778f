// First migration: exports, their rows and findings, and what lies on the desk.

extension FirstSchema {
  static let exports = """
    CREATE TABLE export (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      school TEXT NOT NULL REFERENCES school (id),
      state TEXT NOT NULL CHECK (state IN ('stored', 'read', 'decided', 'unreadable')),
      object TEXT NOT NULL REFERENCES object (name),
      path_lookup BLOB NOT NULL,             -- HMAC of the path
      sealed_source BLOB NOT NULL,           -- the path: a file name may hold a pupil's name
      fingerprint TEXT NOT NULL,
      observed_at INTEGER NOT NULL,
      mis TEXT,
      -- Counts up with each beginning of reading; rows of older generations are discarded.
      generation INTEGER NOT NULL DEFAULT 0,
      rows_read INTEGER CHECK (rows_read >= 0),
      blank_rows INTEGER CHECK (blank_rows >= 0),
      sealed_summary BLOB,                   -- encoding, delimiter, columns, counts of findings
      unreadable_code TEXT,
      unreadable_why TEXT,
      stored_at INTEGER NOT NULL,
      read_at INTEGER,
      decided_at INTEGER,
      -- When the desk files of this export were complete.
      handed_back_at INTEGER,
      CHECK ((state IN ('read', 'decided')) = (rows_read IS NOT NULL)),
      CHECK ((state = 'unreadable') = (unreadable_code IS NOT NULL))
    ) STRICT;

    CREATE INDEX export_school ON export (school, id);
    CREATE INDEX export_open ON export (state) WHERE state IN ('stored', 'read');
    CREATE INDEX export_not_handed_back ON export (id) WHERE handed_back_at IS NULL;

    CREATE TRIGGER export_begins_stored BEFORE INSERT ON export WHEN NEW.state <> 'stored' BEGIN
      SELECT RAISE(ABORT, 'illegal-transition: an export begins as stored');
    END;

    CREATE TRIGGER export_follows_its_states BEFORE UPDATE OF state ON export
    WHEN NEW.state <> OLD.state AND NOT (
      (OLD.state = 'stored' AND NEW.state IN ('read', 'unreadable')) OR (OLD.state = 'read' AND NEW.state = 'decided'))
    BEGIN
      SELECT RAISE(ABORT, 'illegal-transition: an export goes from stored to read to decided, or to unreadable');
    END;

    CREATE TRIGGER export_counts_are_fixed BEFORE UPDATE OF school, object, generation, rows_read ON export
    WHEN OLD.state <> 'stored' BEGIN
      SELECT RAISE(ABORT, 'append-only: what was read from an export is fixed');
    END;

    CREATE TRIGGER export_stays BEFORE DELETE ON export BEGIN
      SELECT RAISE(ABORT, 'append-only: an export is never deleted');
    END;

    -- The newest look at each path of a school: what has not changed is not read again.
    CREATE TABLE observation (
      school TEXT NOT NULL REFERENCES school (id),
      path_lookup BLOB NOT NULL,
      fingerprint TEXT NOT NULL,             -- device, inode, size, mtime, ctime
      export INTEGER NOT NULL REFERENCES export (id),
      observed_at INTEGER NOT NULL,
      PRIMARY KEY (school, path_lookup)
    ) STRICT, WITHOUT ROWID;

    -- One row of an export. sealed: the record, under the pupil's key, or under the export object's where nobody can
    -- say which pupil it is.
    CREATE TABLE export_row (
      export INTEGER NOT NULL REFERENCES export (id),
      generation INTEGER NOT NULL,
      row_number INTEGER NOT NULL CHECK (row_number >= 1),
      pupil INTEGER REFERENCES pupil (id),
      cohort_stage INTEGER CHECK (cohort_stage IN (11, 12, 13)),
      cohort_year INTEGER,
      verdict TEXT NOT NULL CHECK (verdict IN ('clear', 'held', 'merged')),
      hold_reason TEXT,
      merged_into INTEGER,
      sharing TEXT CHECK (sharing IN ('YES', 'NO', 'UNS', 'SNR')),
      sealed BLOB NOT NULL,
      PRIMARY KEY (export, generation, row_number),
      CHECK ((verdict = 'held') = (hold_reason IS NOT NULL)),
      CHECK ((verdict = 'merged') = (merged_into IS NOT NULL)),
      CHECK (merged_into IS NULL OR merged_into <> row_number),
      CHECK ((cohort_stage IS NULL) = (cohort_year IS NULL))
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX export_row_pupil ON export_row (pupil, export) WHERE pupil IS NOT NULL;

    CREATE TRIGGER export_row_of_this_reading BEFORE INSERT ON export_row
    WHEN NOT EXISTS (
      SELECT 1 FROM export WHERE id = NEW.export AND state = 'stored' AND generation = NEW.generation) BEGIN
      SELECT RAISE(ABORT, 'conflict: rows may be added only to the present reading of a stored export');
    END;

    CREATE TRIGGER export_row_is_fixed BEFORE UPDATE ON export_row BEGIN
      SELECT RAISE(ABORT, 'append-only: a row of an export is never changed');
    END;

    CREATE TRIGGER export_row_stays BEFORE DELETE ON export_row
    WHEN (SELECT state FROM export WHERE id = OLD.export) <> 'stored' BEGIN
      SELECT RAISE(ABORT, 'append-only: rows are discarded only while an export is being read');
    END;

    -- What validation said, without any value.
    CREATE TABLE finding (
      export INTEGER NOT NULL REFERENCES export (id),
      generation INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      code TEXT NOT NULL,
      severity TEXT NOT NULL CHECK (severity IN ('note', 'warning', 'error', 'fatal')),
      row_number INTEGER,
      column_number INTEGER,
      field TEXT,
      authority TEXT,
      PRIMARY KEY (export, generation, ordinal)
    ) STRICT, WITHOUT ROWID;

    -- The files that we wrote on a school's desk: one whose hash differs is a person's work.
    CREATE TABLE desk_file (
      school TEXT NOT NULL REFERENCES school (id),
      name_lookup BLOB NOT NULL,             -- HMAC of the name, which may come from a person
      sealed_name BLOB NOT NULL,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      export INTEGER REFERENCES export (id),
      written_at INTEGER NOT NULL,
      PRIMARY KEY (school, name_lookup)
    ) STRICT, WITHOUT ROWID;
    """
}
