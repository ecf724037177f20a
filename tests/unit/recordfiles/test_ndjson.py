"""NDJSON files that other programs changed, and files that are not NDJSON."""

import pytest

from creditcurve.recordfiles import MAX_RECORD_BYTES, FileFormat
from creditcurve.recordfiles.ndjson import encode_lines
from support.record_files import record, records_of, refusal_of


def test_a_byte_order_mark_at_the_start_is_ignored() -> None:
    content = b"\xef\xbb\xbf" + encode_lines([record(1)])

    assert records_of(content, FileFormat.NDJSON) == [record(1)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\n", "not a JSON object in UTF-8"),
        (b"{}x\n", "not a JSON object in UTF-8|Object missing required field `id`"),
        (b"[]\n", "Expected `object`, got `array`"),
        (b"{" + b" " * MAX_RECORD_BYTES, "longer than any record"),
    ],
)
def test_a_line_that_is_not_a_record_is_refused(content: bytes, reason: str) -> None:
    line, found = refusal_of(content, FileFormat.NDJSON)

    assert line == 1
    assert any(found.startswith(each) for each in reason.split("|")), found
