// The fourteenth migration: how often each code stands in a return, for the sheet that goes with a pack. Nobody is named.

enum TotalsSchema {
  static let text = """
    CREATE TABLE return_total (
      return_id INTEGER NOT NULL REFERENCES return (id),
      ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
      heading TEXT NOT NULL,                 -- of the column, as the authority has it
      code TEXT NOT NULL,                    -- as the authority has it; empty where the cell says nothing
      line_count INTEGER NOT NULL CHECK (line_count >= 1),
      PRIMARY KEY (return_id, ordinal)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER return_total_of_a_draft BEFORE INSERT ON return_total
    WHEN (SELECT state FROM return WHERE id = NEW.return_id) <> 'drafted' BEGIN
      SELECT RAISE(ABORT, 'append-only: a return is counted when it is decided');
    END;
    CREATE TRIGGER return_total_is_fixed BEFORE UPDATE ON return_total BEGIN
      SELECT RAISE(ABORT, 'append-only: a total is never changed');
    END;
    CREATE TRIGGER return_total_stays BEFORE DELETE ON return_total BEGIN
      SELECT RAISE(ABORT, 'append-only: a total is never deleted');
    END;
    """
}
