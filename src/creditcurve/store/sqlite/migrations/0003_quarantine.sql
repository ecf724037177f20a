-- What was set aside leaves once the `record` of its id is known, and can be read again unless its
-- text `is_cut`: at 4 KiB, less what is left of a character.
ALTER TABLE quarantine ADD COLUMN record INTEGER;
ALTER TABLE quarantine ADD COLUMN is_cut INTEGER NOT NULL DEFAULT 0;
UPDATE quarantine
   SET is_cut = length(CAST(raw AS BLOB)) >= 4093,
       record = CASE WHEN json_valid(raw) AND typeof(json_extract(raw, '$.id')) = 'integer'
                     THEN json_extract(raw, '$.id') END;
