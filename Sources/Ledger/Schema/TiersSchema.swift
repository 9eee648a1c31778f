// The thirteenth migration: a tier of its own for data about offences.

enum TiersSchema {
  /// The table is made anew, since a check cannot be changed; its rows are those of before.
  static let text = """
    CREATE TABLE return_field_new (
      return_id INTEGER NOT NULL REFERENCES return (id),
      field TEXT NOT NULL,
      tier TEXT NOT NULL CHECK (tier IN ('floor', 'parent-floor', 'possession', 'special', 'criminal-offence')),
      in_full INTEGER NOT NULL CHECK (in_full IN (0, 1)),  -- in rows disclosed in full, or in rows at the floor
      row_count INTEGER NOT NULL CHECK (row_count >= 1),
      PRIMARY KEY (return_id, field, tier, in_full)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO return_field_new SELECT return_id, field, tier, in_full, row_count FROM return_field;
    DROP TABLE return_field;
    ALTER TABLE return_field_new RENAME TO return_field;
    """
}
