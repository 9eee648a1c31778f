// A migration: whose file an export was.

enum OwnerSchema {
  static let text = """
    -- The user whose file it was when it was taken in; NULL for exports from before this was kept.
    ALTER TABLE export ADD COLUMN sealed_owner BLOB;

    CREATE TRIGGER export_owner_is_fixed BEFORE UPDATE OF sealed_owner ON export BEGIN
      SELECT RAISE(ABORT, 'append-only: whose file an export was is fixed');
    END;
    """
}
