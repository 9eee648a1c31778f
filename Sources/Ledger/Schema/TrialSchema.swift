// The fifteenth migration: trials of a format, which send invented pupils to an authority. Nobody is in them.

enum TrialSchema {
  static let text = """
    -- One file of invented pupils for one authority. It takes a number of the series that the returns count, so that no
    -- return ever bears its name.
    CREATE TABLE trial (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      school TEXT NOT NULL REFERENCES school (id),
      authority TEXT NOT NULL,
      recipient TEXT NOT NULL,
      kind TEXT NOT NULL,
      cohort TEXT NOT NULL,                  -- Y11-2026
      sequence INTEGER NOT NULL CHECK (sequence >= 1),
      folder TEXT NOT NULL,
      file_name TEXT NOT NULL,
      size INTEGER NOT NULL CHECK (size >= 0),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      row_count INTEGER NOT NULL CHECK (row_count > 0),
      state TEXT NOT NULL CHECK (state IN ('sending', 'delivered', 'sent', 'prepared', 'failed', 'unknown')),
      problem TEXT,                          -- no personal data
      began_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      -- The authority's own word.
      verdict TEXT CHECK (verdict IN ('accepted', 'rejected')),
      reply INTEGER REFERENCES reply (id),
      UNIQUE (school, authority, kind, cohort, sequence),
      UNIQUE (authority, folder, file_name),
      CHECK ((verdict IS NULL) = (reply IS NULL))
    ) STRICT;

    CREATE TRIGGER trial_is_fixed BEFORE UPDATE OF
      id, school, authority, recipient, kind, cohort, sequence, folder, file_name, size, sha256, row_count, began_at
      ON trial BEGIN
      SELECT RAISE(ABORT, 'append-only: what a trial sends and where it goes is fixed');
    END;
    CREATE TRIGGER trial_ends_once BEFORE UPDATE OF state ON trial WHEN OLD.state <> 'sending' BEGIN
      SELECT RAISE(ABORT, 'illegal-transition: a trial ends once');
    END;
    CREATE TRIGGER trial_stays BEFORE DELETE ON trial BEGIN
      SELECT RAISE(ABORT, 'append-only: a trial is never deleted');
    END;
    -- A return has no number that a trial has, nor a trial one of a return.
    CREATE TRIGGER trial_number_is_free BEFORE INSERT ON trial
    WHEN EXISTS (SELECT 1 FROM return WHERE school = NEW.school AND authority = NEW.authority AND kind = NEW.kind
      AND cohort = NEW.cohort AND sequence = NEW.sequence) BEGIN
      SELECT RAISE(ABORT, 'conflict: a return has this number already');
    END;
    CREATE TRIGGER return_number_is_free BEFORE INSERT ON return
    WHEN EXISTS (SELECT 1 FROM trial WHERE school = NEW.school AND authority = NEW.authority AND kind = NEW.kind
      AND cohort = NEW.cohort AND sequence = NEW.sequence) BEGIN
      SELECT RAISE(ABORT, 'conflict: a trial has this number already');
    END;
    """
}
