// First migration: the ledger itself, wrapped keys, sealed objects.

extension FirstSchema {
  static let keys = """
    -- Every key of the ledger, wrapped by the master key; associated data names table, column, row and purpose.
    -- A destroyed key leaves its row behind, so that it shows what was destroyed and when.
    CREATE TABLE wrapped_key (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      purpose TEXT NOT NULL CHECK (purpose IN ('lookup', 'signing', 'object', 'pupil')),
      wrapped BLOB,
      made_at INTEGER NOT NULL,
      destroyed_at INTEGER,
      CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
    ) STRICT;

    CREATE TRIGGER wrapped_key_stays BEFORE DELETE ON wrapped_key BEGIN
      SELECT RAISE(ABORT, 'append-only: a key is destroyed, never deleted');
    END;

    CREATE TRIGGER wrapped_key_only_destroyed BEFORE UPDATE ON wrapped_key
    WHEN NEW.id <> OLD.id OR NEW.purpose <> OLD.purpose OR NEW.wrapped IS NOT NULL OR OLD.destroyed_at IS NOT NULL BEGIN
      SELECT RAISE(ABORT, 'append-only: a key changes only by being destroyed');
    END;

    -- One row: this ledger. Its name is part of temporary names at the far side.
    -- head_*: the newest event, stamped with the signing key, so that a cut tail shows.
    CREATE TABLE ledger (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      name TEXT NOT NULL CHECK (length(name) = 6),
      master_key_id TEXT NOT NULL,
      lookup_key INTEGER NOT NULL REFERENCES wrapped_key (id),
      signing_key INTEGER NOT NULL REFERENCES wrapped_key (id),
      created_at INTEGER NOT NULL,
      head_sequence INTEGER NOT NULL,
      head_mac BLOB NOT NULL,
      head_stamp BLOB NOT NULL
    ) STRICT;

    CREATE TRIGGER ledger_head_goes_forward BEFORE UPDATE OF head_sequence ON ledger
    WHEN NEW.head_sequence <> OLD.head_sequence + 1 BEGIN
      SELECT RAISE(ABORT, 'append-only: the head of the chain moves by one event at a time');
    END;

    CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN
      SELECT RAISE(ABORT, 'append-only: the ledger has one row for ever');
    END;

    -- Sealed bytes in objects/. name: HMAC of the plain content; file: the name of the file that holds them, which ends
    -- in a tag of its own, so that two processes that store the same content at once never write to one file.
    CREATE TABLE object (
      name TEXT NOT NULL PRIMARY KEY CHECK (length(name) = 64),
      file TEXT NOT NULL UNIQUE,
      key INTEGER NOT NULL UNIQUE REFERENCES wrapped_key (id),
      kind TEXT NOT NULL CHECK (kind IN ('export', 'return', 'reply')),
      size INTEGER NOT NULL CHECK (size >= 0),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      stored_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER object_stays BEFORE DELETE ON object BEGIN
      SELECT RAISE(ABORT, 'append-only: hash and size of an object outlive its bytes');
    END;

    -- The same content may come again after its key was destroyed, or after its file was lost.
    CREATE TRIGGER object_only_stored_again BEFORE UPDATE ON object
    WHEN NEW.name <> OLD.name OR NEW.kind <> OLD.kind OR NEW.size <> OLD.size OR NEW.sha256 <> OLD.sha256
      OR (SELECT destroyed_at FROM wrapped_key WHERE id = OLD.key) IS NULL BEGIN
      SELECT RAISE(ABORT, 'append-only: an object is stored once under one key');
    END;
    """
}
