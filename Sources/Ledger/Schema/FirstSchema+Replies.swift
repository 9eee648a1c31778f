// First migration: what authorities send back, destinations, the work list.

extension FirstSchema {
  static let replies = """
    CREATE TABLE reply (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      authority TEXT NOT NULL,
      recipient TEXT NOT NULL,
      school TEXT NOT NULL REFERENCES school (id),
      kind TEXT NOT NULL CHECK (kind IN ('acknowledgement', 'activity-survey', 'unknown-request', 'year-11-list',
        'enrolment-list', 'data-query')),
      state TEXT NOT NULL CHECK (state IN ('seen', 'fetched', 'read', 'matched', 'quarantined')),
      state_detail TEXT,                     -- why it is quarantined
      source_lookup BLOB NOT NULL UNIQUE,    -- HMAC of recipient, folder, name, size, modified: a file is claimed once
      sealed_source BLOB NOT NULL,
      object TEXT REFERENCES object (name),
      repeat_of INTEGER REFERENCES reply (id),
      claimed_at INTEGER NOT NULL,
      fetched_at INTEGER,
      removed_at INTEGER,                    -- when it was moved or removed at the far side, where that is wanted
      read_at INTEGER,
      matched_at INTEGER,
      CHECK ((state = 'quarantined') = (state_detail IS NOT NULL)),
      CHECK (state NOT IN ('fetched', 'read', 'matched') OR object IS NOT NULL)
    ) STRICT;

    CREATE INDEX reply_state ON reply (state, recipient);
    CREATE INDEX reply_content ON reply (authority, object) WHERE object IS NOT NULL;

    CREATE TRIGGER reply_begins_seen BEFORE INSERT ON reply WHEN NEW.state <> 'seen' BEGIN
      SELECT RAISE(ABORT, 'illegal-transition: a reply begins as seen');
    END;

    -- The edges of ReplyMachine. A test compares them with the machine.
    CREATE TABLE reply_edge (
      from_state TEXT NOT NULL,
      to_state TEXT NOT NULL,
      PRIMARY KEY (from_state, to_state)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO reply_edge (from_state, to_state) VALUES
      ('seen', 'fetched'), ('seen', 'quarantined'),
      ('fetched', 'read'), ('fetched', 'matched'), ('fetched', 'quarantined'),
      ('read', 'matched'), ('read', 'quarantined');

    CREATE TRIGGER reply_follows_its_machine BEFORE UPDATE OF state ON reply
    WHEN NEW.state <> OLD.state
      AND NOT EXISTS (SELECT 1 FROM reply_edge WHERE from_state = OLD.state AND to_state = NEW.state) BEGIN
      SELECT RAISE(ABORT, 'illegal-transition: the machine of a reply has no such step');
    END;

    CREATE TRIGGER reply_object_is_fixed BEFORE UPDATE OF object ON reply WHEN OLD.object IS NOT NULL BEGIN
      SELECT RAISE(ABORT, 'append-only: the bytes of a reply are stored once');
    END;

    CREATE TRIGGER reply_stays BEFORE DELETE ON reply BEGIN
      SELECT RAISE(ABORT, 'append-only: a reply is never deleted');
    END;

    -- sealed: the record; under the reply object's key until it is matched, then sealed anew under the pupil's.
    CREATE TABLE reply_row (
      reply INTEGER NOT NULL REFERENCES reply (id),
      row_number INTEGER NOT NULL CHECK (row_number >= 1),
      pupil INTEGER REFERENCES pupil (id),
      verdict TEXT CHECK (verdict IN ('matched', 'unmatched', 'ambiguous', 'conflict')),
      rule TEXT,                             -- by which it was matched: upn, former-upn, uln
      reconciliation TEXT,
      why TEXT,                              -- what contradicts; no personal data
      sealed BLOB NOT NULL,
      PRIMARY KEY (reply, row_number),
      CHECK (verdict IS NULL OR (verdict IN ('matched', 'conflict')) = (pupil IS NOT NULL))
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX reply_row_pupil ON reply_row (pupil) WHERE pupil IS NOT NULL;
    -- For counts, without a look at what is sealed; and for what a person has still to look at.
    CREATE INDEX reply_row_verdict ON reply_row (reply, verdict);
    CREATE INDEX reply_row_open ON reply_row (reply, verdict) WHERE verdict IN ('unmatched', 'ambiguous', 'conflict');

    CREATE TRIGGER reply_row_stays BEFORE DELETE ON reply_row BEGIN
      SELECT RAISE(ABORT, 'append-only: a row of a reply is listed, never dropped');
    END;

    -- What validation said of a reply, without any value.
    CREATE TABLE reply_finding (
      reply INTEGER NOT NULL REFERENCES reply (id),
      ordinal INTEGER NOT NULL,
      code TEXT NOT NULL,
      severity TEXT NOT NULL CHECK (severity IN ('note', 'warning', 'error', 'fatal')),
      row_number INTEGER,
      column_number INTEGER,
      field TEXT,
      authority TEXT,
      PRIMARY KEY (reply, ordinal)
    ) STRICT, WITHOUT ROWID;

    -- What is known of where a young person means to go or is, and from whom.
    CREATE TABLE destination (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      pupil INTEGER NOT NULL REFERENCES pupil (id),
      kind TEXT NOT NULL CHECK (kind IN ('intended', 'actual')),
      export INTEGER REFERENCES export (id),
      reply INTEGER REFERENCES reply (id),
      row_number INTEGER,
      sealed BLOB NOT NULL,                  -- under the pupil's key
      confirmed_on TEXT,
      recorded_at INTEGER NOT NULL,
      CHECK ((export IS NULL) <> (reply IS NULL))
    ) STRICT;

    CREATE INDEX destination_pupil ON destination (pupil, kind);

    -- What the school still owes an authority an answer to.
    CREATE TABLE work_case (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      pupil INTEGER REFERENCES pupil (id),   -- none where the row could not be matched
      school TEXT NOT NULL REFERENCES school (id),
      authority TEXT NOT NULL,
      reply INTEGER NOT NULL REFERENCES reply (id),
      row_number INTEGER NOT NULL,
      opened_at INTEGER NOT NULL,
      due_on TEXT,
      state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
      closed_at INTEGER,
      UNIQUE (reply, row_number),
      CHECK ((state = 'closed') = (closed_at IS NOT NULL))
    ) STRICT;

    CREATE INDEX work_case_open ON work_case (authority) WHERE state = 'open';
    """
}
