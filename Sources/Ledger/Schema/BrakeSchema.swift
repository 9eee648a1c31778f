// The third migration: the numbers of exports by which the next are judged, why returns wait, and questions about
// leavers who are missing. Nothing in clear names anybody.

enum BrakeSchema {
  static let text = """
    -- What an export comes to for one authority, kind and cohort: numbers, to be compared with without opening a row.
    CREATE TABLE scope_measure (
      export INTEGER NOT NULL REFERENCES export (id),
      authority TEXT NOT NULL,
      kind TEXT NOT NULL,
      cohort TEXT NOT NULL,                  -- Y11-2026
      leavers INTEGER NOT NULL CHECK (leavers >= 0),
      row_count INTEGER NOT NULL,            -- surely of this authority, kind and cohort: in the return or not
      doubtful INTEGER NOT NULL CHECK (doubtful BETWEEN 0 AND row_count),
      no_destination INTEGER NOT NULL CHECK (no_destination BETWEEN 0 AND leavers),
      PRIMARY KEY (export, authority, kind, cohort),
      CHECK (leavers <= row_count)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER scope_measure_of_an_open_scope BEFORE INSERT ON scope_measure
    WHEN NOT EXISTS (
      SELECT 1 FROM export_scope
      WHERE export = NEW.export AND authority = NEW.authority AND kind = NEW.kind AND decided_at IS NULL) BEGIN
      SELECT RAISE(ABORT, 'append-only: a scope is measured when it is decided');
    END;
    CREATE TRIGGER scope_measure_is_fixed BEFORE UPDATE ON scope_measure BEGIN
      SELECT RAISE(ABORT, 'append-only: a measure is never changed');
    END;
    CREATE TRIGGER scope_measure_stays BEFORE DELETE ON scope_measure BEGIN
      SELECT RAISE(ABORT, 'append-only: a measure is never deleted');
    END;

    -- The columns of an export that we know, by our own names.
    CREATE TABLE export_column (
      export INTEGER NOT NULL REFERENCES export (id),
      field TEXT NOT NULL,
      PRIMARY KEY (export, field)
    ) STRICT, WITHOUT ROWID;

    -- Why a return waits until a person has looked at its numbers; words without personal data.
    CREATE TABLE brake_reason (
      return_id INTEGER NOT NULL REFERENCES return (id),
      ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
      code TEXT NOT NULL,
      words TEXT NOT NULL,
      PRIMARY KEY (return_id, ordinal)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER brake_reason_of_a_draft BEFORE INSERT ON brake_reason
    WHEN (SELECT state FROM return WHERE id = NEW.return_id) <> 'drafted' BEGIN
      SELECT RAISE(ABORT, 'append-only: the brake is asked when a return is decided');
    END;
    CREATE TRIGGER brake_reason_is_fixed BEFORE UPDATE ON brake_reason BEGIN
      SELECT RAISE(ABORT, 'append-only: a reason is never changed');
    END;
    CREATE TRIGGER brake_reason_stays BEFORE DELETE ON brake_reason BEGIN
      SELECT RAISE(ABORT, 'append-only: a reason is never deleted');
    END;

    -- A cohort that went the last time and of which nobody goes by an export; words without personal data.
    CREATE TABLE cohort_gone (
      export INTEGER NOT NULL REFERENCES export (id),
      authority TEXT NOT NULL,
      kind TEXT NOT NULL,
      cohort TEXT NOT NULL,
      last INTEGER NOT NULL CHECK (last > 0),
      words TEXT NOT NULL,
      PRIMARY KEY (export, authority, kind, cohort)
    ) STRICT, WITHOUT ROWID;

    -- The returns whose numbers a person let go.
    CREATE TABLE return_release (
      return_id INTEGER NOT NULL PRIMARY KEY REFERENCES return (id),
      released_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- The returns whose numbers were right, as far as anybody can tell: they went, or a person released them, and nobody
    -- rejected them or took them back.
    CREATE VIEW accepted_return AS
      SELECT r.id AS id, r.export AS export, r.school AS school, r.authority AS authority, r.kind AS kind,
        r.cohort AS cohort, r.row_count AS row_count
      FROM return r
      WHERE r.state NOT IN ('drafted', 'withdrawn', 'rejected') AND (
        r.state IN ('sent', 'delivered', 'collected', 'accepted') OR r.earlier = 'reached'
        OR EXISTS (SELECT 1 FROM return_release x WHERE x.return_id = r.id));

    -- Whether an export was said to hold all leavers when it was decided.
    CREATE TABLE export_extent (
      export INTEGER NOT NULL PRIMARY KEY REFERENCES export (id),
      extent TEXT NOT NULL CHECK (extent IN ('partial', 'full'))
    ) STRICT, WITHOUT ROWID;

    -- So many leavers of a cohort are missing from an export that the export is in doubt: nobody is asked about each of
    -- them until a person released a return of that cohort, and no later export is compared with it.
    CREATE TABLE missing_wait (
      export INTEGER NOT NULL REFERENCES export (id),
      cohort TEXT NOT NULL,
      base INTEGER NOT NULL REFERENCES export (id),
      missing INTEGER NOT NULL CHECK (missing > 0),
      whole INTEGER NOT NULL CHECK (whole >= missing),
      released_at INTEGER,
      PRIMARY KEY (export, cohort)
    ) STRICT, WITHOUT ROWID;

    -- A leaver who was in one full export (base) and not in the next: a question for a person. sealed_answer: the answer,
    -- and who gave it, under the pupil's key.
    CREATE TABLE leaver_question (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      school TEXT NOT NULL REFERENCES school (id),
      pupil INTEGER NOT NULL REFERENCES pupil (id),
      cohort TEXT NOT NULL,
      base INTEGER NOT NULL REFERENCES export (id),
      export INTEGER NOT NULL REFERENCES export (id),
      asked_at INTEGER NOT NULL,
      answered_at INTEGER,
      sealed_answer BLOB,
      came_back INTEGER REFERENCES export (id),  -- the export that the leaver is in again
      CHECK ((answered_at IS NOT NULL) = (sealed_answer IS NOT NULL OR came_back IS NOT NULL)),
      CHECK (sealed_answer IS NULL OR came_back IS NULL)
    ) STRICT;

    CREATE UNIQUE INDEX leaver_question_open ON leaver_question (pupil) WHERE answered_at IS NULL;

    CREATE TRIGGER leaver_question_is_answered_once BEFORE UPDATE ON leaver_question
    WHEN OLD.answered_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.school <> OLD.school OR NEW.pupil <> OLD.pupil
      OR NEW.cohort <> OLD.cohort OR NEW.base <> OLD.base OR NEW.export <> OLD.export OR NEW.asked_at <> OLD.asked_at
    BEGIN
      SELECT RAISE(ABORT, 'append-only: a question is answered once, and not changed');
    END;
    CREATE TRIGGER leaver_question_stays BEFORE DELETE ON leaver_question BEGIN
      SELECT RAISE(ABORT, 'append-only: a question is never deleted');
    END;
    """
}
