// The seventeenth migration: which exports measured a cohort first and last, so that how the year stands is looked up and not
// searched for among the measures of ten years. Nobody is named.

enum MeasuredCohortSchema {
  static let text = """
    -- Kept by the triggers below, of the measures alone.
    CREATE TABLE measured_cohort (
      school TEXT NOT NULL REFERENCES school (id),
      authority TEXT NOT NULL,
      kind TEXT NOT NULL,
      cohort TEXT NOT NULL,                  -- Y11-2026
      first INTEGER NOT NULL REFERENCES export (id),
      newest INTEGER NOT NULL REFERENCES export (id),
      PRIMARY KEY (school, authority, kind, cohort),
      CHECK (first <= newest)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO measured_cohort (school, authority, kind, cohort, first, newest)
      SELECT e.school, m.authority, m.kind, m.cohort, min(m.export), max(m.export)
      FROM scope_measure m JOIN export e ON e.id = m.export GROUP BY 1, 2, 3, 4;

    -- Mostly the exports of a school are decided in their order; one that could not be read for a while comes late.
    CREATE TRIGGER scope_measure_is_the_newest AFTER INSERT ON scope_measure BEGIN
      INSERT INTO measured_cohort (school, authority, kind, cohort, first, newest)
        SELECT school, NEW.authority, NEW.kind, NEW.cohort, id, id FROM export WHERE id = NEW.export
        ON CONFLICT (school, authority, kind, cohort) DO UPDATE
          SET first = min(first, excluded.first), newest = max(newest, excluded.newest)
          WHERE excluded.newest > newest OR excluded.first < first;
    END;

    CREATE TRIGGER measured_cohort_goes_on BEFORE UPDATE ON measured_cohort
    WHEN NEW.newest < OLD.newest OR NEW.first > OLD.first OR NEW.school <> OLD.school OR NEW.cohort <> OLD.cohort
      OR NEW.authority <> OLD.authority OR NEW.kind <> OLD.kind
      OR NOT EXISTS (
        SELECT 1 FROM scope_measure
        WHERE export = NEW.newest AND authority = NEW.authority AND kind = NEW.kind AND cohort = NEW.cohort)
      OR NOT EXISTS (
        SELECT 1 FROM scope_measure
        WHERE export = NEW.first AND authority = NEW.authority AND kind = NEW.kind AND cohort = NEW.cohort) BEGIN
      SELECT RAISE(ABORT, 'append-only: only a newer measure takes the place of the newest, an older one of the first');
    END;
    CREATE TRIGGER measured_cohort_stays BEFORE DELETE ON measured_cohort BEGIN
      SELECT RAISE(ABORT, 'append-only: what was measured stays');
    END;
    """
}
