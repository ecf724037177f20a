"""JSON arrays in any layout, and texts that are not one."""

import asyncio
import json

import msgspec
import pytest

from creditcurve.recordfiles import MAX_RECORD_BYTES, FileFormat
from creditcurve.recordfiles.ndjson import encode_lines
from support.record_files import record, records_of, refusal_of, written


@pytest.mark.parametrize("indent", [None, 0, 4])
@pytest.mark.parametrize("lead", ["", "\ufeff", " \r\n\t"])
def test_any_layout_is_read(indent: int | None, lead: str) -> None:
    """Reformatted by an editor; some records cross the border of the window."""
    given = [record(number, extra=json.dumps({"x": "}]" * 900})) for number in range(400)]
    values = json.loads(asyncio.run(written(given, FileFormat.JSON)))
    text = lead + json.dumps(values, indent=indent) + "\n \n"

    found = records_of(text.encode(), FileFormat.JSON)

    assert [msgspec.structs.replace(one, extra=given[0].extra) for one in found] == given
    assert all(json.loads(one.extra) == json.loads(given[0].extra) for one in found)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "not a JSON array of records"),
        (b'{"a":1}', 1, "not a JSON array of records"),
        (b"[\n1]", 2, "not a record"),
        (b"[\n\n{", 3, "not a JSON object in UTF-8"),
        (b"[]\nx", 2, "more text after the end of the array"),
        (b"[\xff]", 1, "not UTF-8"),
        (b"[{" + b"[" * 2 * MAX_RECORD_BYTES, 1, "not a JSON object in UTF-8"),
    ],
)
def test_a_text_that_is_not_an_array_of_records_is_refused(
    content: bytes, line: int, reason: str
) -> None:
    assert refusal_of(content, FileFormat.JSON) == (line, reason)


def test_the_line_is_that_of_the_file() -> None:
    text = json.dumps([json.loads(encode_lines([record(1)])), {"id": "two"}], indent=1)

    line, _ = refusal_of(text.encode(), FileFormat.JSON)

    assert line == text[: text.index('"two"')].count("\n")
