// The third migration: rows that an export does not have itself, but that its school said before.

enum RollSchema {
  static let text = """
    -- The export that said this row, where a later one of a part of the school carries it on.
    ALTER TABLE export_row ADD COLUMN carried_from INTEGER REFERENCES export (id);
    """
}
