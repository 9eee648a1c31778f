// A migration: how the folders of schools stand, which exports lie in them still, and which files on a desk are going.
// Nothing in clear names anybody.

enum PlacesSchema {
  static let text = """
    -- A school's folder: where it was when it was last there, and since when it is away. Paths of folders are settings.
    CREATE TABLE school_place (
      school TEXT NOT NULL REFERENCES school (id),
      role TEXT NOT NULL CHECK (role IN ('desk', 'exports')),
      path_lookup BLOB,                      -- HMAC of the path as configured
      file_system INTEGER,                   -- the kind, by the number that statfs gives
      mount_point TEXT,
      mark INTEGER NOT NULL DEFAULT 0,       -- counts up with each place that was adopted
      is_marked INTEGER NOT NULL DEFAULT 0,  -- whether our mark lies in it
      away_since INTEGER,
      away_why TEXT,                         -- words without personal data
      -- Exports without their marker: how many, and since when the first of them waits.
      unmarked INTEGER NOT NULL DEFAULT 0 CHECK (unmarked >= 0),
      unmarked_since INTEGER,
      PRIMARY KEY (school, role),
      CHECK ((path_lookup IS NULL) = (file_system IS NULL) AND (path_lookup IS NULL) = (mount_point IS NULL)),
      CHECK ((away_since IS NULL) = (away_why IS NULL)),
      CHECK ((unmarked = 0) = (unmarked_since IS NULL))
    ) STRICT, WITHOUT ROWID;

    -- The path of the file that was looked at, and whether it was there at the last look through its folder; NULL where
    -- nobody has looked since this is kept.
    ALTER TABLE observation ADD COLUMN sealed_path BLOB;
    ALTER TABLE observation ADD COLUMN lies_there INTEGER;
    CREATE INDEX observation_lying ON observation (school) WHERE lies_there = 1;

    -- When it was decided that a file of ours, whose time has come, is to be removed from the desk.
    ALTER TABLE desk_file ADD COLUMN removing_at INTEGER;
    """
}
