-- The account: its balance over time, why it changed, and every credit reset. Amounts are stored as
-- those of records: INTEGER up to 10^12, otherwise exact decimal TEXT.
CREATE TABLE balance (
  t      INTEGER PRIMARY KEY,
  unit   TEXT NOT NULL,
  amount ANY NOT NULL CHECK (typeof(amount) IN ('integer', 'text'))
) STRICT;

CREATE TABLE account_change (
  id     INTEGER PRIMARY KEY,
  t      INTEGER NOT NULL,
  kind   TEXT NOT NULL,
  amount ANY NOT NULL CHECK (typeof(amount) IN ('integer', 'text')),
  initiator TEXT NOT NULL
) STRICT;
CREATE INDEX account_change_by_time ON account_change (t);

-- What left the balance and is in no record, by the hour (ms since 1970).
CREATE TABLE unexplained (
  t      INTEGER PRIMARY KEY,
  amount ANY NOT NULL CHECK (typeof(amount) IN ('integer', 'text'))
) STRICT;

CREATE TABLE credit_reset (
  id    INTEGER PRIMARY KEY,
  t     INTEGER NOT NULL,
  state TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;
