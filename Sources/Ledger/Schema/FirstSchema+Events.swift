// First migration: the chained log of everything that happened.

extension FirstSchema {
  static let events = """
    -- mac: HMAC with the signing key over sequence, instant, kind, subject, the hash of `sealed`, and the mac before.
    -- Nothing in clear says more than which thing (E12, R34, a recipient) and what kind of event.
    CREATE TABLE event (
      sequence INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      sealed BLOB NOT NULL,
      previous BLOB NOT NULL CHECK (length(previous) = 32),
      mac BLOB NOT NULL CHECK (length(mac) = 32)
    ) STRICT;

    CREATE INDEX event_subject ON event (subject, sequence);

    CREATE TRIGGER event_follows_the_last BEFORE INSERT ON event
    WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM event) BEGIN
      SELECT RAISE(ABORT, 'append-only: events are numbered without a gap');
    END;
    CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event BEGIN
      SELECT RAISE(ABORT, 'append-only: an event is never changed');
    END;
    CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN
      SELECT RAISE(ABORT, 'append-only: an event is never deleted');
    END;
    """
}
