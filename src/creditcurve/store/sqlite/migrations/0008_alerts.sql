-- Alerts: channels (their addresses are sealed), episodes and messages, each as one JSON value. The
-- rules are few and are one value of `state`.
CREATE TABLE alert_channel (
  id     TEXT PRIMARY KEY,
  value  TEXT NOT NULL,
  sealed BLOB
) STRICT;

CREATE TABLE alert_episode (
  id      INTEGER PRIMARY KEY,
  rule    TEXT NOT NULL,
  since   INTEGER NOT NULL,
  is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
  value   TEXT NOT NULL
) STRICT;
CREATE INDEX alert_episode_open ON alert_episode (rule) WHERE is_open;

-- The id of a message is the idempotency key of its delivery.
CREATE TABLE alert_message (
  id      TEXT PRIMARY KEY,
  episode INTEGER,
  due     INTEGER NOT NULL,
  is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
  value   TEXT NOT NULL
) STRICT;
CREATE INDEX alert_message_open ON alert_message (due) WHERE is_open;
CREATE INDEX alert_message_of_episode ON alert_message (episode);

ALTER TABLE tally ADD COLUMN alerts INTEGER NOT NULL DEFAULT 0;
