-- Versions of what answers describe beside the revision: each counts the changes.
ALTER TABLE tally ADD COLUMN coverage INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tally ADD COLUMN settings INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tally ADD COLUMN sums INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tally ADD COLUMN account INTEGER NOT NULL DEFAULT 0;

-- The number of write transactions, in a fixed form that can also be found in the pages of the
-- write-ahead log: a constant, the random id of this copy of the database, the count (journal.py).
CREATE TABLE journal_mark (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  mark BLOB NOT NULL CHECK (length(mark) = 32)
) STRICT;
INSERT INTO journal_mark
  VALUES (1, CAST(x'FFC3C3FF4A4D524B' || randomblob(16) || x'0000000000000001' AS BLOB));
