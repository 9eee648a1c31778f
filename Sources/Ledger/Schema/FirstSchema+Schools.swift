// First migration: schools and their pupils.

extension FirstSchema {
  static let schools = """
    CREATE TABLE school (
      id TEXT NOT NULL PRIMARY KEY,          -- LAESTAB
      name TEXT NOT NULL,
      controller TEXT NOT NULL               -- nothing is compared or shown across controllers
    ) STRICT, WITHOUT ROWID;

    -- One young person at one school; its id is the pseudonym (P6). Lookups are HMACs of the identifier with the school.
    -- sealed_identity: names, date of birth and identifiers under the pupil's key.
    CREATE TABLE pupil (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      school TEXT NOT NULL REFERENCES school (id),
      cohort_stage INTEGER CHECK (cohort_stage IN (11, 12, 13)),
      cohort_year INTEGER,
      key INTEGER NOT NULL UNIQUE REFERENCES wrapped_key (id),
      upn_lookup BLOB,
      former_upn_lookup BLOB,
      uln_lookup BLOB,
      sealed_identity BLOB NOT NULL,
      -- The newest answer on sharing (YSSA), and the export that gave it.
      sharing TEXT CHECK (sharing IN ('YES', 'NO', 'UNS', 'SNR')),
      sharing_export INTEGER REFERENCES export (id),
      first_seen_at INTEGER NOT NULL,
      CHECK ((cohort_stage IS NULL) = (cohort_year IS NULL))
    ) STRICT;

    CREATE UNIQUE INDEX pupil_upn ON pupil (school, upn_lookup) WHERE upn_lookup IS NOT NULL;
    CREATE INDEX pupil_former_upn ON pupil (school, former_upn_lookup) WHERE former_upn_lookup IS NOT NULL;
    CREATE INDEX pupil_uln ON pupil (school, uln_lookup) WHERE uln_lookup IS NOT NULL;
    -- Those who can only be found by name and date of birth.
    CREATE INDEX pupil_without_identifier ON pupil (school) WHERE upn_lookup IS NULL AND uln_lookup IS NULL;

    CREATE TRIGGER pupil_cohort_is_fixed BEFORE UPDATE OF cohort_stage, cohort_year ON pupil
    WHEN OLD.cohort_stage IS NOT NULL
      AND (NEW.cohort_stage IS NOT OLD.cohort_stage OR NEW.cohort_year IS NOT OLD.cohort_year) BEGIN
      SELECT RAISE(ABORT, 'append-only: the cohort of a pupil is fixed when first seen');
    END;

    CREATE TRIGGER pupil_stays BEFORE DELETE ON pupil BEGIN
      SELECT RAISE(ABORT, 'append-only: a pupil is erased by destroying its key');
    END;

    -- The authority's own reference for a pupil.
    CREATE TABLE pupil_reference (
      pupil INTEGER NOT NULL REFERENCES pupil (id),
      authority TEXT NOT NULL,
      sealed BLOB NOT NULL,                  -- under the pupil's key
      PRIMARY KEY (pupil, authority)
    ) STRICT, WITHOUT ROWID;
    """
}
