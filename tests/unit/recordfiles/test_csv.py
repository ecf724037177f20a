"""CSV: no spreadsheet finds a formula in it, and spreadsheets' own variants are read."""

import asyncio
import csv
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from creditcurve.domain.record import Record
from creditcurve.domain.unit import Unit
from creditcurve.recordfiles import MAX_RECORD_BYTES, FileFormat, write_records
from creditcurve.recordfiles.csv import escape_formula, unescape_formula
from support.record_files import record, records_of, refusal_of, written

HEADER = b"id,created_at,type,endpoint,model,credits\n"
STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
texts = st.text(st.sampled_from([*"=+-@\uff1d\uff0b\uff0d\uff20;,\t\r\n'\" a1"]), max_size=12)


@given(text=texts)
@example(text=";'=1")
@example(text="\t=1")
def test_an_escaped_text_is_unescaped_to_itself(text: str) -> None:
    assert unescape_formula(escape_formula(text)) == text


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@given(text=texts)
@example(text="x;=1+1")
@example(text='x;"=1+1"')
@example(text="\uff1d1+1")
@example(text="a\n\uff20SUM(1)")
@example(text=' "=1')
def test_a_spreadsheet_sees_no_formula_with_any_separator(separator: str, text: str) -> None:
    content = asyncio.run(written([record(1, model=text)], FileFormat.CSV)).decode()

    rows = csv.reader(content.splitlines(keepends=True), delimiter=separator)

    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip(' "').startswith(STARTS)


def test_the_csv_of_a_spreadsheet_is_read() -> None:
    """With a byte order mark, other line ends, columns in another order, and blank lines."""
    text = (
        "\ufeffcredits,id,created_at,model,endpoint,type,status\n"
        "12.50,7,2025-08-25T21:39:44.230+08:00,'=x,v1/messages,USAGE,\n\n"
    )

    assert records_of(text.encode(), FileFormat.CSV) == [
        record(7, t_ms=1_756_129_184_230, credits=Decimal("12.5"), model="=x", status=None)
    ]


async def test_the_header_names_thousandths_of_a_yuan_and_is_read_again() -> None:
    """The numbers are the site's own in both units."""

    async def chunks() -> AsyncIterator[list[Record]]:
        yield [record(7, credits=12)]

    pieces = [piece async for piece in write_records(chunks(), FileFormat.CSV, Unit.YUAN)]
    content = b"".join(pieces)
    header = content.partition(b"\r\n")[0].split(b",")
    assert header[5:7] == [b"milliyuan", b"status"]
    assert records_of(content, FileFormat.CSV) == [record(7, credits=12)]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "the column id is missing"),
        (b"id;created_at\n", 1, "the column id is missing"),
        (HEADER.replace(b"\n", b",x\n"), 1, "the column x is not one"),
        (HEADER + b"1\n", 2, "1 cells under 6 columns"),
        (HEADER + b",,,,,\n", 2, "credits: not a decimal number"),
        (HEADER + b",2025-08-25T00:00:00Z,,,,1\n", 2, "id: not an integer"),
        (HEADER + b'"', 2, "not CSV (unexpected end"),
        (HEADER + b"\xff", 2, "not UTF-8"),
        (b"x" * (MAX_RECORD_BYTES + 1), 1, "not CSV (a line is longer"),
    ],
)
def test_a_text_that_is_not_an_export_is_refused(content: bytes, line: int, reason: str) -> None:
    found, told = refusal_of(content, FileFormat.CSV)

    assert found == line
    assert told.startswith(reason)


def test_the_line_is_that_of_the_file_after_a_cell_with_several_lines() -> None:
    content = asyncio.run(written([record(1, model="a\r\nb\nc"), record(2)], FileFormat.CSV))
    bad = content.replace(b"\r\n2,", b"\r\ntwo,")

    assert refusal_of(bad, FileFormat.CSV) == (5, "id: not an integer of 64 bits")
