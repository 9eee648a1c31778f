// First migration: returns, their rows, attempts and receipts, and the state of recipients.

extension FirstSchema {
  static let returns = """
    -- One file for one authority. What it says of itself is fixed once it is no longer a draft; state, attempt and the
    -- columns below them move by ReturnMachine.
    CREATE TABLE return (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      export INTEGER NOT NULL REFERENCES export (id),
      school TEXT NOT NULL REFERENCES school (id),
      authority TEXT NOT NULL,
      recipient TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('intended-destinations', 'confirmed-destinations', 'early-leavers',
        'risk-of-neet', 'unknown-answers')),
      cohort TEXT NOT NULL,                  -- Y11-2026
      cycle TEXT NOT NULL,
      sequence INTEGER NOT NULL CHECK (sequence >= 1),
      instant INTEGER NOT NULL,
      publication TEXT NOT NULL CHECK (publication IN ('two-step', 'direct', 'desk')),
      read_back TEXT NOT NULL CHECK (read_back IN ('content', 'size', 'none')),
      takes_files INTEGER NOT NULL CHECK (takes_files IN (0, 1)),
      folder TEXT NOT NULL,
      profile_digest TEXT NOT NULL,
      basis TEXT NOT NULL CHECK (basis IN ('esa-2008-s72', 'esa-2008-s14', 'esa-2008-s13', 'public-task')),
      agreement_reference TEXT NOT NULL,
      evidence TEXT NOT NULL,
      acknowledges TEXT NOT NULL CHECK (acknowledges IN ('never', 'by-hand', 'file')),
      drafted_at INTEGER NOT NULL,
      -- From R4.
      file_name TEXT,
      object TEXT REFERENCES object (name),
      size INTEGER CHECK (size >= 0),
      sha256 TEXT CHECK (length(sha256) = 64),
      row_count INTEGER NOT NULL DEFAULT 0 CHECK (row_count >= 0),
      -- What moves.
      state TEXT NOT NULL,
      state_detail TEXT,                     -- what a waiting one waits for, why an unknown one is unknown
      attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
      earlier TEXT NOT NULL DEFAULT 'not' CHECK (earlier IN ('not', 'perhaps', 'reached')),  -- ReturnMachine.Earlier
      next_attempt_at INTEGER,
      last_problem TEXT,
      changed_at INTEGER NOT NULL,
      UNIQUE (export, authority, kind, cohort),
      UNIQUE (school, authority, kind, cohort, sequence),
      UNIQUE (authority, folder, file_name),
      CHECK (state = 'drafted' OR (object IS NOT NULL AND file_name IS NOT NULL AND size IS NOT NULL
        AND sha256 IS NOT NULL AND row_count > 0)),
      CHECK ((state IN ('waiting', 'unknown')) = (state_detail IS NOT NULL))
    ) STRICT;

    CREATE INDEX return_state ON return (recipient, state);
    CREATE INDEX return_export ON return (export);

    -- The edges of ReturnMachine. A test compares them with the machine.
    CREATE TABLE return_edge (
      from_state TEXT NOT NULL,
      to_state TEXT NOT NULL,
      PRIMARY KEY (from_state, to_state)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO return_edge (from_state, to_state) VALUES
      ('drafted', 'waiting'), ('drafted', 'queued'),
      ('waiting', 'queued'), ('waiting', 'withdrawn'), ('waiting', 'superseded'),
      ('queued', 'waiting'), ('queued', 'sending'), ('queued', 'withdrawn'), ('queued', 'superseded'),
      ('sending', 'queued'), ('sending', 'publishing'), ('sending', 'sent'), ('sending', 'delivered'),
      ('sending', 'unknown'),
      ('publishing', 'prepared'), ('publishing', 'sent'), ('publishing', 'delivered'), ('publishing', 'unknown'),
      -- A plain PUT whose end nobody saw, and which is not there, is begun anew.
      ('publishing', 'queued'),
      ('prepared', 'queued'), ('prepared', 'delivered'), ('prepared', 'withdrawn'),
      ('sent', 'queued'), ('delivered', 'queued'), ('collected', 'queued'), ('rejected', 'queued'),
      ('unknown', 'queued'), ('unknown', 'prepared'), ('unknown', 'delivered'),
      -- What was to be sent again and is withdrawn is still with the authority.
      ('waiting', 'sent'), ('waiting', 'delivered'), ('queued', 'sent'), ('queued', 'delivered'),
      -- An authority's own word may come at any time, also for a file that is being sent again.
      ('waiting', 'collected'), ('waiting', 'accepted'), ('waiting', 'rejected'),
      ('queued', 'collected'), ('queued', 'accepted'), ('queued', 'rejected'),
      ('sending', 'collected'), ('sending', 'accepted'), ('sending', 'rejected'),
      ('publishing', 'collected'), ('publishing', 'accepted'), ('publishing', 'rejected'),
      ('prepared', 'collected'), ('prepared', 'accepted'), ('prepared', 'rejected'),
      ('sent', 'collected'), ('sent', 'accepted'), ('sent', 'rejected'),
      ('delivered', 'collected'), ('delivered', 'accepted'), ('delivered', 'rejected'),
      ('collected', 'accepted'), ('collected', 'rejected'),
      ('accepted', 'rejected'), ('rejected', 'accepted'),
      ('unknown', 'collected'), ('unknown', 'accepted'), ('unknown', 'rejected'),
      -- A pack that was withdrawn from the desk may have been taken there all the same.
      ('withdrawn', 'collected'), ('withdrawn', 'accepted'), ('withdrawn', 'rejected');

    CREATE TRIGGER return_begins_drafted BEFORE INSERT ON return WHEN NEW.state <> 'drafted' BEGIN
      SELECT RAISE(ABORT, 'illegal-transition: a return begins as drafted');
    END;

    CREATE TRIGGER return_follows_its_machine BEFORE UPDATE OF state ON return
    WHEN NEW.state <> OLD.state
      AND NOT EXISTS (SELECT 1 FROM return_edge WHERE from_state = OLD.state AND to_state = NEW.state) BEGIN
      SELECT RAISE(ABORT, 'illegal-transition: the machine of a return has no such step');
    END;

    CREATE TRIGGER return_is_fixed BEFORE UPDATE OF
      id, export, school, authority, recipient, kind, cohort, cycle, sequence, instant, folder, profile_digest, basis,
      agreement_reference, evidence, file_name, object, size, sha256, row_count ON return
    WHEN OLD.state <> 'drafted' BEGIN
      SELECT RAISE(ABORT, 'append-only: what a return says and where it goes is fixed once it is decided');
    END;

    CREATE TRIGGER return_sequence_is_fixed BEFORE UPDATE OF
      id, export, school, authority, kind, cohort, sequence, instant ON return BEGIN
      SELECT RAISE(ABORT, 'append-only: sequence and instant of a draft are fixed');
    END;

    CREATE TRIGGER return_attempts_go_up BEFORE UPDATE OF attempt ON return WHEN NEW.attempt < OLD.attempt BEGIN
      SELECT RAISE(ABORT, 'append-only: attempts are counted up');
    END;

    CREATE TRIGGER return_stays BEFORE DELETE ON return WHEN OLD.state <> 'drafted' BEGIN
      SELECT RAISE(ABORT, 'append-only: only a draft that has no rows is removed');
    END;

    -- Which row of the export stands in which return, with the HMAC of its rendered bytes.
    CREATE TABLE return_row (
      return_id INTEGER NOT NULL REFERENCES return (id),
      row_number INTEGER NOT NULL,
      pupil INTEGER NOT NULL REFERENCES pupil (id),
      digest BLOB NOT NULL,
      disclosure TEXT NOT NULL CHECK (disclosure IN ('full', 'floor')),
      PRIMARY KEY (return_id, row_number)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX return_row_pupil ON return_row (pupil, return_id);

    CREATE TRIGGER return_row_of_a_draft BEFORE INSERT ON return_row
    WHEN (SELECT state FROM return WHERE id = NEW.return_id) <> 'drafted' BEGIN
      SELECT RAISE(ABORT, 'append-only: rows are added only to a draft');
    END;
    CREATE TRIGGER return_row_is_fixed BEFORE UPDATE ON return_row BEGIN
      SELECT RAISE(ABORT, 'append-only: a row of a return is never changed');
    END;
    CREATE TRIGGER return_row_stays BEFORE DELETE ON return_row BEGIN
      SELECT RAISE(ABORT, 'append-only: a row of a return is never deleted');
    END;

    -- Which fields of which tier a return disclosed.
    CREATE TABLE return_field (
      return_id INTEGER NOT NULL REFERENCES return (id),
      field TEXT NOT NULL,
      tier TEXT NOT NULL CHECK (tier IN ('floor', 'parent-floor', 'possession', 'special')),
      in_full INTEGER NOT NULL CHECK (in_full IN (0, 1)),  -- in rows disclosed in full, or in rows at the floor
      row_count INTEGER NOT NULL CHECK (row_count >= 1),
      PRIMARY KEY (return_id, field, tier, in_full)
    ) STRICT, WITHOUT ROWID;

    -- Each attempt to send, with the temporary name that is its own.
    CREATE TABLE attempt (
      return_id INTEGER NOT NULL REFERENCES return (id),
      number INTEGER NOT NULL CHECK (number >= 1),
      temporary TEXT,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      outcome TEXT,
      detail TEXT,                           -- no personal data
      PRIMARY KEY (return_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt BEGIN
      SELECT RAISE(ABORT, 'append-only: an attempt is never deleted');
    END;

    -- Evidence of what happened to a return. sealed: particulars, which may hold the name of a person.
    CREATE TABLE receipt (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      return_id INTEGER NOT NULL REFERENCES return (id),
      at INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('read-back', 'taken before read-back', 'server said so', 'person', 'authority')),
      state TEXT NOT NULL,                   -- to which it brought the return
      sealed BLOB NOT NULL,
      reply INTEGER REFERENCES reply (id)
    ) STRICT;

    CREATE INDEX receipt_return ON receipt (return_id);
    CREATE TRIGGER receipt_is_fixed BEFORE UPDATE ON receipt BEGIN
      SELECT RAISE(ABORT, 'append-only: a receipt is never changed');
    END;
    CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt BEGIN
      SELECT RAISE(ABORT, 'append-only: a receipt is never deleted');
    END;

    -- What holds over restarts: a recipient that does not know us, or that a person paused.
    CREATE TABLE recipient_state (
      recipient TEXT NOT NULL PRIMARY KEY,
      stopped_why TEXT,
      stopped_at INTEGER,
      sealed_pause BLOB,                     -- who paused it, how that is known, and why
      paused_at INTEGER,
      failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
      problem TEXT,
      changed_at INTEGER NOT NULL,
      CHECK ((stopped_why IS NULL) = (stopped_at IS NULL)),
      CHECK ((sealed_pause IS NULL) = (paused_at IS NULL))
    ) STRICT, WITHOUT ROWID;
    """
}
