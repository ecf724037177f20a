"""The fields of a record in a file obey the same rules as a row of the site."""

import json

import pytest

from creditcurve.recordfiles import FileFormat
from creditcurve.recordfiles.ndjson import encode_lines
from support.record_files import record, records_of, refusal_of


def test_whether_a_record_counts_is_not_read_from_the_file() -> None:
    line = encode_lines([record(1)]).replace(b'"counts":true', b'"counts":false')

    assert records_of(line, FileFormat.NDJSON)[0].counts


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("id", "1.5", "id: expected `int | str`, got `float`"),
        ("id", '"1.5"', "id: not an integer of 64 bits"),
        ("id", '"\uff11"', "id: not an integer of 64 bits"),
        ("id", "9223372036854775808", "id: not an integer of 64 bits"),
        ("id", '"9223372036854775808"', "id: not an integer of 64 bits"),
        ("id", "null", "id: expected `int | str`, got `null`"),
        ("created_at", '"2025-08-25"', "created_at: not an ISO 8601 instant with a time zone"),
        ("created_at", '"1970-01-01T00:00:00Z"', "created_at: not between the year 2020"),
        ("created_at", '"2999-01-01T00:00:00Z"', "created_at: not between the year 2020"),
        ("credits", '"many"', "credits: invalid decimal string"),
        ("credits", "1e400", "credits: not a finite number"),
        ("credits", "1e999999999", "credits: not a finite number"),
        ("credits", "9" * 401, "credits: longer than 400 characters"),
        ("credits", "NaN", "not a JSON object in UTF-8"),
        ("credits", "true", "credits: expected `int | decimal"),
        ("status", "1000", "status: not between 0 and 999"),
        ("status", '"200"', "status: expected `int | null`"),
        ("model", '"' + "m" * 257 + '"', "model: longer than 256 characters, or not valid text"),
        ("model", r'"a\u0000b"', "model: longer than 256 characters, or not valid text"),
        ("model", r'"\ud800"', "not a JSON object in UTF-8"),
        ("extra", "[1]", "extra: not a JSON object"),
        ("extra", r'{"x":"\ud800"}', "not a JSON object in UTF-8|extra: not a JSON object"),
        ("extra", '{"x":' + "[" * 5_000 + "]" * 5_000 + "}", "not a JSON object|extra: not a"),
        ("extra", '{"x":"' + "x" * 65_536 + '"}', "extra: longer than 65,536 characters"),
        ("colour", "1", "object contains unknown field `colour`"),
    ],
)
def test_an_invalid_field_is_refused_with_its_line(field: str, value: str, reason: str) -> None:
    """The reason names the field and the rule, not the value."""
    good = encode_lines([record(1)])
    fields = json.loads(good) | {field: "@"}
    bad = json.dumps(fields).replace('"@"', value).encode()

    line, found = refusal_of(good + b"\n" + bad + b"\n" + good, FileFormat.NDJSON)

    assert line == 3
    assert any(found.lower().startswith(each.lower()) for each in reason.split("|")), found
