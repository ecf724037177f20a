-- The site's own sum of each full hour, as it told it last, in its own unit: what our sums are
-- compared with (domain/reconciliation.py). `other` sums our records of that hour that do not
-- count, yet cost credits.
CREATE TABLE site_hour (
  t_ms     INTEGER PRIMARY KEY,
  consumed ANY NOT NULL CHECK (typeof(consumed) IN ('integer', 'text')),
  other    ANY NOT NULL CHECK (typeof(other) IN ('integer', 'text'))
) STRICT;
