-- A quarantined row has a code; `detail` says more where the code alone does not. Earlier versions
-- stored a sentence: it is replaced by its code, or kept as the detail of the code `unknown`.
ALTER TABLE quarantine RENAME COLUMN reason TO detail;
ALTER TABLE quarantine ADD COLUMN code TEXT NOT NULL DEFAULT 'unknown';
UPDATE quarantine
   SET code = CASE detail
         WHEN 'the answer is no list of rows' THEN 'answer_without_rows'
         WHEN 'the row is not an object' THEN 'row_not_an_object'
         WHEN 'the row holds NaN or Infinity, which are no JSON numbers' THEN 'row_contains_nan'
         WHEN 'the row is longer than 65,536 characters' THEN 'row_too_long'
         WHEN 'id: not an integer of 64 bits' THEN 'id_not_an_integer'
         WHEN 'type: not a text' THEN 'type_not_a_text'
         WHEN 'endpoint: not a text' THEN 'endpoint_not_a_text'
         WHEN 'model: not a text' THEN 'model_not_a_text'
         WHEN 'createdAt: missing or not a moment' THEN 'created_at_missing'
         WHEN 'createdAt: not an ISO 8601 moment with its zone' THEN 'created_at_unreadable'
         WHEN 'createdAt: not between the year 2020 and tomorrow' THEN 'created_at_out_of_range'
         WHEN 'creditsUsed: not a decimal number' THEN 'credits_not_a_number'
         WHEN 'credits: not a decimal number' THEN 'credits_not_a_number'
         WHEN 'credits: not a finite number' THEN 'credits_too_large'
         WHEN 'credits: smaller than any number an IEEE double can hold' THEN 'credits_too_small'
         WHEN 'credits: the number is longer than 64 characters' THEN 'credits_too_long'
         ELSE 'unknown'
       END;
UPDATE quarantine SET detail = '' WHERE code <> 'unknown';
