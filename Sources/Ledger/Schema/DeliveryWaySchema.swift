// The second migration: where each attempt went to, and a way that may change until one begins.

enum DeliveryWaySchema {
  static let text = """
    -- Where the attempt went to: what it left there is not looked for anywhere else.
    ALTER TABLE attempt ADD COLUMN whereabouts TEXT;

    -- By what its text differs from the one before is decided by this: one trouble has many wordings.
    ALTER TABLE recipient_state ADD COLUMN problem_code TEXT;

    -- How often a person resumed it.
    ALTER TABLE recipient_state ADD COLUMN resumes INTEGER NOT NULL DEFAULT 0;

    DROP TRIGGER return_is_fixed;
    CREATE TRIGGER return_is_fixed BEFORE UPDATE OF
      id, export, school, authority, recipient, kind, cohort, cycle, sequence, instant, profile_digest, basis,
      agreement_reference, evidence, file_name, object, size, sha256, row_count ON return
    WHEN OLD.state <> 'drafted' BEGIN
      SELECT RAISE(ABORT, 'append-only: what a return says and whose it is is fixed once it is decided');
    END;

    CREATE TRIGGER return_way_is_fixed BEFORE UPDATE OF publication, read_back, takes_files, folder ON return
    WHEN OLD.state NOT IN ('drafted', 'queued') BEGIN
      SELECT RAISE(ABORT, 'append-only: an attempt ends by the way by which it began');
    END;
    """
}
