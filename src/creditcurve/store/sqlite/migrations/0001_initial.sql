-- The whole store. Columns that end in _ms are milliseconds since 1970 in UTC. Credits are INTEGER
-- where they are whole and small, else the exact decimal as TEXT (amounts.py).

-- Where records come from; few rows, so that a record needs not repeat them. `counts` tells whether
-- such records belong to the curve (domain/record.py).
CREATE TABLE source (
  id       INTEGER PRIMARY KEY,
  type     TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  model    TEXT NOT NULL,
  api_key  TEXT,
  counts   INTEGER NOT NULL CHECK (counts IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX source_identity
  ON source (model, endpoint, type, api_key IS NULL, ifnull(api_key, ''));

-- Every row of usage, by the upstream's id. `revision` is the store's counter when it was taken in.
CREATE TABLE record (
  id       INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  t_ms     INTEGER NOT NULL,
  source   INTEGER NOT NULL REFERENCES source (id),
  credits  ANY NOT NULL CHECK (typeof(credits) IN ('integer', 'text')),
  status   INTEGER,
  extra    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_revision ON record (revision);
CREATE INDEX record_time ON record (t_ms, id, source, credits);

-- Sums of counted records by hour, quarter hour and minute (`level`, in seconds); `t` is the start.
CREATE TABLE rollup (
  level   INTEGER NOT NULL,
  t       INTEGER NOT NULL,
  source  INTEGER NOT NULL REFERENCES source (id),
  n       INTEGER NOT NULL CHECK (n > 0),
  credits ANY NOT NULL CHECK (typeof(credits) IN ('integer', 'text')),
  PRIMARY KEY (level, t, source)
) STRICT, WITHOUT ROWID;

-- Spans about which everything is known; `before` says why what lies before one is not.
CREATE TABLE coverage (
  from_ms    INTEGER PRIMARY KEY,
  to_ms      INTEGER NOT NULL,
  before     TEXT NOT NULL,
  interval_s INTEGER NOT NULL
) STRICT;

-- Rows of an answer that could not be read, with their own text.
CREATE TABLE quarantine (
  id     INTEGER PRIMARY KEY,
  at_ms  INTEGER NOT NULL,
  raw    TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL
) STRICT;

-- Counts kept with every change, so that nobody needs to count.
CREATE TABLE tally (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  revision    INTEGER NOT NULL,
  total       INTEGER NOT NULL,
  counted     INTEGER NOT NULL,
  quarantined INTEGER NOT NULL
) STRICT;
INSERT INTO tally VALUES (1, 0, 0, 0, 0);

-- Settings and state, one JSON value each: settings, link, cookie_status.
CREATE TABLE state (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The cookie, sealed.
CREATE TABLE cookie (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  sealed BLOB NOT NULL
) STRICT;

-- For whoever opens the file with an SQL tool: records as the upstream told them.
CREATE VIEW records AS
  SELECT record.id, t_ms, type, endpoint, model, api_key, credits, status, counts, extra, revision
    FROM record JOIN source ON source.id = record.source;
