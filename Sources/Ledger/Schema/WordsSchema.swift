// A migration: the words of schools that stand where codes should, where they were used, and what people decided.

enum WordsSchema {
  static let text = """
    -- One word of a school in the columns of one field. sealed_text: as it was first written; it may name somebody, and is
    -- gone once nobody but a pupil who was erased used it. The lookup is an HMAC of the word's normal form, with the school
    -- and the field.
    CREATE TABLE school_word (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      school TEXT NOT NULL REFERENCES school (id),
      field TEXT NOT NULL,
      lookup BLOB NOT NULL,
      sealed_text BLOB,
      first_export INTEGER NOT NULL REFERENCES export (id),
      first_seen_at INTEGER NOT NULL,
      UNIQUE (school, field, lookup)
    ) STRICT;

    CREATE TRIGGER school_word_is_fixed BEFORE UPDATE OF id, school, field, lookup, first_export, first_seen_at
    ON school_word BEGIN
      SELECT RAISE(ABORT, 'append-only: a word is never changed');
    END;
    CREATE TRIGGER school_word_stays BEFORE DELETE ON school_word BEGIN
      SELECT RAISE(ABORT, 'append-only: a word is never deleted, only forgotten');
    END;

    -- What a person decided about a word; the newest stands. sealed: what it means and who said so.
    CREATE TABLE word_decision (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      word INTEGER NOT NULL REFERENCES school_word (id),
      decision TEXT NOT NULL CHECK (decision IN ('means', 'nothing', 'ask')),
      sealed BLOB,                           -- NULL once the word is forgotten
      at INTEGER NOT NULL
    ) STRICT;

    CREATE INDEX word_decision_word ON word_decision (word, id);

    CREATE TRIGGER word_decision_is_fixed BEFORE UPDATE ON word_decision
    WHEN NEW.sealed IS NOT NULL OR NEW.id <> OLD.id OR NEW.word <> OLD.word OR NEW.decision <> OLD.decision
      OR NEW.at <> OLD.at BEGIN
      SELECT RAISE(ABORT, 'append-only: a decision about a word is never changed');
    END;
    CREATE TRIGGER word_decision_stays BEFORE DELETE ON word_decision BEGIN
      SELECT RAISE(ABORT, 'append-only: a decision about a word is never deleted');
    END;

    -- Which row says which word, and by which decision it was read. is_open: nobody had said what it means, or what was
    -- said no longer held. filled: the other fields that have their values by the decision.
    CREATE TABLE word_use (
      export INTEGER NOT NULL REFERENCES export (id),
      generation INTEGER NOT NULL,
      row_number INTEGER NOT NULL,
      word INTEGER NOT NULL REFERENCES school_word (id),
      decision INTEGER REFERENCES word_decision (id),
      is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
      filled TEXT NOT NULL,
      PRIMARY KEY (export, generation, row_number, word)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX word_use_word ON word_use (word);

    CREATE TRIGGER word_use_of_this_reading BEFORE INSERT ON word_use
    WHEN NOT EXISTS (
      SELECT 1 FROM export WHERE id = NEW.export AND state = 'stored' AND generation = NEW.generation) BEGIN
      SELECT RAISE(ABORT, 'conflict: words may be noted only at the present reading of a stored export');
    END;
    CREATE TRIGGER word_use_is_fixed BEFORE UPDATE ON word_use BEGIN
      SELECT RAISE(ABORT, 'append-only: the words of a row are never changed');
    END;
    CREATE TRIGGER word_use_stays BEFORE DELETE ON word_use
    WHEN (SELECT state FROM export WHERE id = OLD.export) <> 'stored' BEGIN
      SELECT RAISE(ABORT, 'append-only: words are discarded only while an export is being read');
    END;

    -- The words of the rows that stand: of each pupil the newest row, as long as the pupil was not erased. latest: the
    -- newest decision about the word.
    CREATE VIEW standing_word AS
      SELECT u.word AS word, w.school AS school, w.field AS field, u.export AS export, u.row_number AS row_number,
        r.pupil AS pupil, u.decision AS decision, u.is_open AS is_open,
        (SELECT max(d.id) FROM word_decision d WHERE d.word = u.word AND d.sealed IS NOT NULL) AS latest
      FROM word_use u
      JOIN school_word w ON w.id = u.word
      JOIN export e ON e.id = u.export AND e.generation = u.generation
      JOIN export_row r ON r.export = u.export AND r.generation = u.generation AND r.row_number = u.row_number
      JOIN pupil p ON p.id = r.pupil
      JOIN wrapped_key k ON k.id = p.key AND k.destroyed_at IS NULL
      WHERE e.state IN ('read', 'decided') AND r.verdict <> 'merged' AND NOT EXISTS (
        SELECT 1 FROM export_row n JOIN export f ON f.id = n.export AND f.generation = n.generation
        WHERE n.pupil = r.pupil AND n.export > r.export AND f.state IN ('read', 'decided') AND n.verdict <> 'merged');

    -- Up to which decision the standing rows of a school were gone through anew: once for each decision, whatever came of
    -- it, so that a row that cannot be reached does not bring its export back for ever.
    CREATE TABLE word_reading (
      school TEXT NOT NULL REFERENCES school (id),
      upto INTEGER NOT NULL REFERENCES word_decision (id),
      export INTEGER NOT NULL REFERENCES export (id),
      PRIMARY KEY (school, upto)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER word_reading_is_fixed BEFORE UPDATE ON word_reading BEGIN
      SELECT RAISE(ABORT, 'append-only: that exports were gone through anew is never changed');
    END;
    CREATE TRIGGER word_reading_stays BEFORE DELETE ON word_reading BEGIN
      SELECT RAISE(ABORT, 'append-only: that exports were gone through anew is never deleted');
    END;
    """
}
