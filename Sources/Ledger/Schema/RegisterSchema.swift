// The migration of the register of persons' decisions. In clear: what was decided, for whom, and when; who decided it, how,
// and what a person wrote about it is sealed.

enum RegisterSchema {
  static let text = """
    -- What a person decided about a pupil. sealed: who decided, how, the age at the time, a note, who recorded it; under the
    -- pupil's key.
    CREATE TABLE register_entry (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      school TEXT NOT NULL REFERENCES school (id),
      pupil INTEGER NOT NULL REFERENCES pupil (id),
      decision TEXT NOT NULL CHECK (decision IN ('sharing-refused', 'refusal-withdrawn', 'tracking-consent-given',
        'tracking-consent-withdrawn', 'address-protected', 'address-no-longer-protected', 'do-not-contact',
        'may-be-contacted', 'deceased', 'not-deceased')),
      authority TEXT,                        -- NULL for all
      kind TEXT CHECK (kind IN ('intended-destinations', 'confirmed-destinations', 'early-leavers', 'risk-of-neet',
        'unknown-answers')),                 -- NULL for all
      decided_on TEXT NOT NULL CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      recorded_at INTEGER NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT;

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

    -- A decision about somebody whom no export has named yet. sealed: who it is about, and all that is sealed of an entry,
    -- under a key of its own, which is destroyed once it is settled. lookup: keyed digest of all that was given.
    CREATE TABLE register_pending (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      school TEXT NOT NULL REFERENCES school (id),
      lookup BLOB NOT NULL,
      decision TEXT NOT NULL,
      authority TEXT,
      kind TEXT,
      decided_on TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      key INTEGER NOT NULL REFERENCES wrapped_key (id),
      sealed BLOB NOT NULL,
      settled_at INTEGER,
      entry INTEGER REFERENCES register_entry (id),  -- NULL where a person dropped it
      CHECK (entry IS NULL OR settled_at IS NOT NULL)
    ) STRICT;

    CREATE UNIQUE INDEX register_pending_open ON register_pending (school, lookup) WHERE settled_at IS NULL;

    CREATE TRIGGER register_pending_is_settled_once BEFORE UPDATE ON register_pending
    WHEN OLD.settled_at IS NOT NULL OR NEW.settled_at IS NULL OR NEW.id <> OLD.id OR NEW.school <> OLD.school
      OR NEW.lookup <> OLD.lookup OR NEW.decision <> OLD.decision OR NEW.authority IS NOT OLD.authority
      OR NEW.kind IS NOT OLD.kind OR NEW.decided_on <> OLD.decided_on OR NEW.received_at <> OLD.received_at
      OR NEW.key <> OLD.key OR NEW.sealed <> OLD.sealed BEGIN
      SELECT RAISE(ABORT, 'append-only: a decision that waits for its pupil is settled once, and not changed');
    END;
    CREATE TRIGGER register_pending_stays BEFORE DELETE ON register_pending BEGIN
      SELECT RAISE(ABORT, 'append-only: a decision that waits for its pupil is never deleted');
    END;

    -- The entries in force by which the school's rows were gone through again, and the export that this made; NULL where
    -- there was nothing to go through.
    CREATE TABLE register_effect (
      entry INTEGER NOT NULL PRIMARY KEY REFERENCES register_entry (id),
      export INTEGER REFERENCES export (id),
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER register_effect_is_fixed BEFORE UPDATE ON register_effect BEGIN
      SELECT RAISE(ABORT, 'append-only: that an entry took effect is never changed');
    END;
    CREATE TRIGGER register_effect_stays BEFORE DELETE ON register_effect BEGIN
      SELECT RAISE(ABORT, 'append-only: that an entry took effect is never deleted');
    END;

    -- Whoever refused by an export, without a look at each pupil.
    CREATE INDEX pupil_refusing ON pupil (id) WHERE sharing IN ('NO', 'UNS');

    -- The export whose rows this one goes through again, because the register changed.
    ALTER TABLE export ADD COLUMN renews INTEGER REFERENCES export (id);

    -- Whether a row of a return tells how to contact the pupil or the family; NULL of returns made before this was kept.
    ALTER TABLE return_row ADD COLUMN tells_contact INTEGER CHECK (tells_contact IN (0, 1));

    -- The returns that were made under an agreement that demands a consent.
    CREATE TABLE return_consent (
      return_id INTEGER NOT NULL PRIMARY KEY REFERENCES return (id),
      consent TEXT NOT NULL CHECK (consent IN ('tracking'))
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER return_consent_of_a_draft BEFORE INSERT ON return_consent
    WHEN (SELECT state FROM return WHERE id = NEW.return_id) <> 'drafted' BEGIN
      SELECT RAISE(ABORT, 'append-only: what a return rests on is fixed once it is decided');
    END;
    CREATE TRIGGER return_consent_is_fixed BEFORE UPDATE ON return_consent BEGIN
      SELECT RAISE(ABORT, 'append-only: what a return rests on is never changed');
    END;
    CREATE TRIGGER return_consent_stays BEFORE DELETE ON return_consent BEGIN
      SELECT RAISE(ABORT, 'append-only: what a return rests on is never deleted');
    END;
    """
}
