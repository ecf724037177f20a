-- Records may be removed while their sums stay. `horizon_ms` is the whole hour before which that was
-- done, NULL while it never was; beside it, how many went, how many of them counted, and their
-- highest revision.
ALTER TABLE tally ADD COLUMN horizon_ms INTEGER;
ALTER TABLE tally ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN removed_counted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN removed_revision INTEGER NOT NULL DEFAULT 0;

-- A quarter hour before the horizon keeps the credits of its newest record by source; the greater
-- `place` is the newer one. NULL elsewhere.
ALTER TABLE rollup ADD COLUMN last ANY CHECK (last IS NULL OR typeof(last) IN ('integer', 'text'));
ALTER TABLE rollup ADD COLUMN place INTEGER;
