// First migration: scope, fates, routing exclusions, and the conservation rule.

extension FirstSchema {
  static let fates = """
    -- To which authorities an export may go, by kind; position is the bit in routing_exclusion.mask.
    CREATE TABLE export_scope (
      export INTEGER NOT NULL REFERENCES export (id),
      position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 62),
      authority TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('intended-destinations', 'confirmed-destinations', 'early-leavers',
        'risk-of-neet', 'unknown-answers')),
      decided_at INTEGER,
      PRIMARY KEY (export, position),
      UNIQUE (export, authority, kind)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER export_scope_of_a_read_export BEFORE INSERT ON export_scope
    WHEN (SELECT state FROM export WHERE id = NEW.export) <> 'read' BEGIN
      SELECT RAISE(ABORT, 'conflict: the scope is set once an export is read and before it is decided');
    END;

    CREATE TRIGGER export_scope_stays BEFORE DELETE ON export_scope
    WHEN EXISTS (SELECT 1 FROM export_scope WHERE export = OLD.export AND decided_at IS NOT NULL)
      OR (SELECT state FROM export WHERE id = OLD.export) <> 'read' BEGIN
      SELECT RAISE(ABORT, 'conflict: the scope is fixed once anything of it is decided');
    END;

    CREATE TRIGGER export_scope_is_decided_once BEFORE UPDATE ON export_scope
    WHEN OLD.decided_at IS NOT NULL OR NEW.decided_at IS NULL OR NEW.position <> OLD.position
      OR NEW.authority <> OLD.authority OR NEW.kind <> OLD.kind BEGIN
      SELECT RAISE(ABORT, 'conflict: a scope is decided once');
    END;

    -- What became of each row for each authority and kind, save `not-routed`, which is in routing_exclusion.
    CREATE TABLE fate (
      export INTEGER NOT NULL,
      position INTEGER NOT NULL,
      row_number INTEGER NOT NULL,
      fate TEXT NOT NULL CHECK (fate IN ('sent', 'unchanged', 'held', 'withheld', 'not-in-kind', 'merged', 'superseded')),
      return_id INTEGER REFERENCES return (id),  -- stays where a superseded row had been in a return
      disclosure TEXT CHECK (disclosure IN ('full', 'floor')),
      reason TEXT,
      merged_into INTEGER,
      superseded_by INTEGER REFERENCES export (id),
      PRIMARY KEY (export, position, row_number),
      FOREIGN KEY (export, position) REFERENCES export_scope (export, position),
      CHECK (fate NOT IN ('sent', 'unchanged') OR return_id IS NOT NULL),
      CHECK (fate IN ('sent', 'unchanged', 'superseded') OR return_id IS NULL),
      CHECK (fate <> 'sent' OR disclosure IS NOT NULL),
      CHECK (fate NOT IN ('held', 'withheld', 'not-in-kind') OR reason IS NOT NULL),
      CHECK ((fate = 'merged') = (merged_into IS NOT NULL)),
      CHECK ((fate = 'superseded') = (superseded_by IS NOT NULL)),
      CHECK (superseded_by IS NULL OR superseded_by > export)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX fate_return ON fate (return_id, fate) WHERE return_id IS NOT NULL;
    CREATE INDEX fate_held ON fate (export) WHERE fate = 'held';

    CREATE TRIGGER fate_of_an_open_scope BEFORE INSERT ON fate
    WHEN (SELECT decided_at FROM export_scope WHERE export = NEW.export AND position = NEW.position) IS NOT NULL BEGIN
      SELECT RAISE(ABORT, 'conservation: this scope is decided; no fate is added to it');
    END;

    CREATE TRIGGER fate_only_superseded BEFORE UPDATE ON fate
    WHEN NOT (NEW.fate = 'superseded' AND OLD.fate IN ('sent', 'unchanged', 'held') AND NEW.export = OLD.export
      AND NEW.position = OLD.position AND NEW.row_number = OLD.row_number AND NEW.return_id IS OLD.return_id) BEGIN
      SELECT RAISE(ABORT, 'append-only: a fate changes only by a newer export taking the row''s place');
    END;

    CREATE TRIGGER fate_stays BEFORE DELETE ON fate BEGIN
      SELECT RAISE(ABORT, 'append-only: a fate is never deleted');
    END;

    -- The fate `not-routed`: one entry a row and reason, a bit for each scope position that it holds for.
    CREATE TABLE routing_exclusion (
      export INTEGER NOT NULL REFERENCES export (id),
      row_number INTEGER NOT NULL,
      reason TEXT NOT NULL,
      mask INTEGER NOT NULL CHECK (mask > 0),
      PRIMARY KEY (export, row_number, reason)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER routing_exclusion_of_an_open_scope BEFORE INSERT ON routing_exclusion
    WHEN EXISTS (
      SELECT 1 FROM export_scope
      WHERE export = NEW.export AND decided_at IS NOT NULL AND (NEW.mask >> position) & 1
        AND NOT EXISTS (
          SELECT 1 FROM routing_exclusion x
          WHERE x.export = NEW.export AND x.row_number = NEW.row_number AND x.reason = NEW.reason
            AND (x.mask >> position) & 1)) BEGIN
      SELECT RAISE(ABORT, 'conservation: this scope is decided; no exclusion is added to it');
    END;

    CREATE TRIGGER routing_exclusion_only_grows BEFORE UPDATE ON routing_exclusion
    WHEN NEW.export <> OLD.export OR NEW.row_number <> OLD.row_number OR NEW.reason <> OLD.reason
      OR (NEW.mask & OLD.mask) <> OLD.mask
      OR EXISTS (
        SELECT 1 FROM export_scope
        WHERE export = OLD.export AND decided_at IS NOT NULL AND ((NEW.mask & ~OLD.mask) >> position) & 1) BEGIN
      SELECT RAISE(ABORT, 'append-only: an exclusion only gains scopes that are not decided yet');
    END;

    CREATE TRIGGER routing_exclusion_stays BEFORE DELETE ON routing_exclusion BEGIN
      SELECT RAISE(ABORT, 'append-only: an exclusion is never deleted');
    END;

    -- The conservation rule for one scope, as rows that are wrong: none means that it holds. `wrong` says how.
    -- Each row has exactly one fate if every fate and exclusion is of a row that was read, no row has two, and there
    -- are as many as rows. Nothing is counted by subtraction.
    CREATE VIEW conservation_problem AS
      SELECT s.export AS export, s.position AS position, 'the number of fates is not the number of rows read' AS wrong
        FROM export_scope s JOIN export e ON e.id = s.export
        WHERE (SELECT count(*) FROM fate f WHERE f.export = s.export AND f.position = s.position)
          + (SELECT count(*) FROM routing_exclusion x WHERE x.export = s.export AND (x.mask >> s.position) & 1)
          IS NOT e.rows_read
      UNION ALL
      SELECT s.export, s.position, 'the number of rows kept is not the number of rows read'
        FROM export_scope s JOIN export e ON e.id = s.export
        WHERE (SELECT count(*) FROM export_row r WHERE r.export = s.export AND r.generation = e.generation)
          IS NOT e.rows_read
      UNION ALL
      SELECT s.export, s.position, 'a row has a fate and is excluded as well'
        FROM export_scope s
        WHERE EXISTS (
          SELECT 1 FROM fate f JOIN routing_exclusion x ON x.export = f.export AND x.row_number = f.row_number
          WHERE f.export = s.export AND f.position = s.position AND (x.mask >> s.position) & 1)
      UNION ALL
      SELECT s.export, s.position, 'a row is excluded twice'
        FROM export_scope s
        WHERE EXISTS (
          SELECT 1 FROM routing_exclusion a
          JOIN routing_exclusion b ON b.export = a.export AND b.row_number = a.row_number AND b.reason > a.reason
          WHERE a.export = s.export AND ((a.mask & b.mask) >> s.position) & 1)
      UNION ALL
      SELECT s.export, s.position, 'a fate is of a row that was not read'
        FROM export_scope s JOIN export e ON e.id = s.export
        WHERE EXISTS (
          SELECT 1 FROM fate f
          WHERE f.export = s.export AND f.position = s.position AND NOT EXISTS (
            SELECT 1 FROM export_row r
            WHERE r.export = s.export AND r.generation = e.generation AND r.row_number = f.row_number))
      UNION ALL
      SELECT s.export, s.position, 'an exclusion is of a row that was not read'
        FROM export_scope s JOIN export e ON e.id = s.export
        WHERE EXISTS (
          SELECT 1 FROM routing_exclusion x
          WHERE x.export = s.export AND (x.mask >> s.position) & 1 AND NOT EXISTS (
            SELECT 1 FROM export_row r
            WHERE r.export = s.export AND r.generation = e.generation AND r.row_number = x.row_number))
      UNION ALL
      SELECT s.export, s.position, 'a row is sent by a return of another export, authority or kind'
        FROM export_scope s
        WHERE EXISTS (
          SELECT 1 FROM fate f JOIN return r ON r.id = f.return_id
          WHERE f.export = s.export AND f.position = s.position AND f.fate = 'sent'
            AND (r.export <> s.export OR r.authority <> s.authority OR r.kind <> s.kind));

    -- The same for one return: the rows it says it has, the rows kept, and the fates that point to it.
    CREATE VIEW return_problem AS
      SELECT r.id AS return_id, r.state AS state, 'the number of its rows is not what it says' AS wrong FROM return r
        WHERE (SELECT count(*) FROM return_row w WHERE w.return_id = r.id) <> r.row_count
      UNION ALL
      SELECT r.id, r.state, 'the number of rows sent by it is not the number of its rows' FROM return r
        WHERE r.state <> 'superseded'
          AND (SELECT count(*) FROM fate f WHERE f.return_id = r.id AND f.fate = 'sent') <> r.row_count
      UNION ALL
      SELECT r.id, r.state, 'rows are still sent by it although it is superseded' FROM return r
        WHERE r.state = 'superseded'
          AND EXISTS (SELECT 1 FROM fate f WHERE f.return_id = r.id AND f.fate IN ('sent', 'unchanged'))
      UNION ALL
      SELECT r.id, r.state, 'a row of it is not sent by it, or with another disclosure' FROM return r
        -- The plus signs keep SQLite on the primary key of fate: by the index on return_id this were quadratic.
        WHERE r.state <> 'superseded' AND EXISTS (
          SELECT 1 FROM return_row w WHERE w.return_id = r.id AND NOT EXISTS (
            SELECT 1 FROM export_scope s
            CROSS JOIN fate f ON f.export = s.export AND f.position = s.position AND f.row_number = w.row_number
            WHERE s.export = r.export AND s.authority = r.authority AND s.kind = r.kind
              AND +f.return_id = r.id AND +f.fate = 'sent' AND +f.disclosure = w.disclosure));

    -- R4: a scope is decided only when every row has exactly one fate in it.
    CREATE TRIGGER scope_conserves BEFORE UPDATE OF decided_at ON export_scope
    WHEN EXISTS (SELECT 1 FROM conservation_problem WHERE export = OLD.export AND position = OLD.position) BEGIN
      SELECT RAISE(ABORT, 'conservation: the fates of a scope do not add up to the rows read');
    END;

    CREATE TRIGGER export_conserves BEFORE UPDATE OF state ON export
    WHEN NEW.state = 'decided' AND (
      EXISTS (SELECT 1 FROM export_scope WHERE export = OLD.id AND decided_at IS NULL)
      OR EXISTS (SELECT 1 FROM conservation_problem WHERE export = OLD.id)) BEGIN
      SELECT RAISE(ABORT, 'conservation: the fates of an export do not add up to the rows read');
    END;

    -- The trigger runs after the update, so that it sees the row count that the same statement sets.
    CREATE TRIGGER return_conserves AFTER UPDATE OF state ON return
    WHEN OLD.state = 'drafted' AND NEW.state <> 'drafted'
      AND EXISTS (SELECT 1 FROM return_problem WHERE return_id = NEW.id) BEGIN
      SELECT RAISE(ABORT, 'conservation: the rows of a return are not the rows that are sent by it');
    END;
    """
}
