"""An export reads back as the same records, whatever they hold; what is no export is refused."""

import asyncio
import io
import json
import tempfile
import tracemalloc
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from creditcurve.api.schema import ExportedRecord
from creditcurve.clocks import SystemClock
from creditcurve.domain.credits import Credits, parse_credits
from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.record import EARLIEST_MS, Record
from creditcurve.domain.secret import Secret
from creditcurve.recordfiles.reading import MAX_RECORD_BYTES, Malformed, WrittenRecord, read
from creditcurve.recordfiles.writing import COLUMNS, Form, lines, written
from creditcurve.store import ExportQuery, Store, Vault

NOW = SystemClock().now_ms()
FORMS = list(Form)

texts = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=256
) | st.sampled_from(["=1+1", "'", "''", "+", "@x", "\t", "\r", "\n", '"', ",", "a\r\nb", "null"])
amounts: st.SearchStrategy[Credits] = st.one_of(
    st.integers(-(10**62), 10**62),
    st.decimals(-(10**9), 10**9, places=3).map(str).map(parse_credits),
    st.sampled_from(["1e308", "-1.5e300", "1e-300", "1." + "123" * 19 + "e-307", "0.1"]).map(
        parse_credits
    ),
)
extras = st.just("") | st.dictionaries(
    texts, st.none() | st.booleans() | st.integers() | texts | st.lists(texts), min_size=1
).map(json.dumps)
records = st.builds(
    Record,
    id=st.integers(-(2**63), 2**63 - 1),
    t_ms=st.integers(EARLIEST_MS, NOW),
    type=texts | st.just("USAGE"),
    endpoint=texts | st.just("v1/messages"),
    model=texts,
    credits=amounts,
    status=st.none() | st.integers(0, 999),
    api_key=st.none() | texts,
    extra=extras,
)
ODD = Record(id=1, t_ms=NOW, type="", endpoint="", model="\ufeff'=\x1b", credits=0, api_key="")


def row(number: int, **fields: Any) -> Record:
    """A plain record."""
    usual = {"id": number, "t_ms": EARLIEST_MS + number, "type": "USAGE", "endpoint": "v1/messages"}
    return Record(**{**usual, "model": "opus", "credits": 5, "status": 200, **fields})


async def exported(given_: list[Record], form: Form) -> bytes:
    async def chunks() -> AsyncIterator[list[Record]]:
        yield given_

    return b"".join([piece async for piece in written(chunks(), form)])


def taken(content: bytes, form: Form) -> list[Record]:
    return [record for _, record in read(io.BytesIO(content), form, now_ms=NOW)]


def refused(content: bytes, form: Form) -> tuple[int, str]:
    with pytest.raises(Malformed) as refusal:
        taken(content, form)
    return refusal.value.line, refusal.value.reason


@pytest.mark.parametrize("form", FORMS)
@given(given_=st.lists(records, max_size=5))
@example(given_=[ODD])
def test_what_is_written_reads_back_the_same(form: Form, given_: list[Record]) -> None:
    """Exact amounts, control characters, formulas, no key and an empty one, unknown fields."""
    assert taken(asyncio.run(exported(given_, form)), form) == given_


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15)
@given(given_=st.lists(records, max_size=8, unique_by=lambda record: record.id))
def test_an_export_of_an_import_is_the_export(form: Form, given_: list[Record]) -> None:
    """Byte for byte, by way of the store."""

    async def through(content: bytes) -> tuple[bytes, int]:
        with tempfile.TemporaryDirectory() as name:
            vault = Vault.open(
                secret_key=Secret(b"test"), key_file=Path(name) / "no.key", use_keyring=False
            )
            store = Store.open(Path(name) / "data", vault=vault, clock=SystemClock())
            try:
                new = (await store.take_in(taken(content, form))).new
                pieces = [piece async for piece in written(store.export(ExportQuery()), form)]
            finally:
                await store.close()
        return b"".join(pieces), new

    in_order = sorted(given_, key=lambda record: (record.t_ms, record.id))
    content = asyncio.run(exported(in_order, form))
    assert asyncio.run(through(content)) == (content, len(given_))


def test_no_field_of_an_export_is_left_out() -> None:
    """A field that is added to the one must be read by the other."""
    assert set(WrittenRecord.__struct_fields__) == set(ExportedRecord.__struct_fields__)
    assert set(COLUMNS) == set(ExportedRecord.__struct_fields__)


@pytest.mark.parametrize("indent", [None, 0, 4])
@pytest.mark.parametrize("lead", ["", "\ufeff", " \r\n\t"])
def test_json_of_any_layout_is_read(indent: int | None, lead: str) -> None:
    """Formatted anew by an editor or another program; records may stand across the window."""
    given_ = [row(number, extra=json.dumps({"x": "}]" * 900})) for number in range(400)]
    values = json.loads(asyncio.run(exported(given_, Form.JSON)))
    text = lead + json.dumps(values, indent=indent) + "\n \n"
    found = taken(text.encode(), Form.JSON)
    assert [msgspec.structs.replace(one, extra=given_[0].extra) for one in found] == given_
    assert all(json.loads(one.extra) == json.loads(given_[0].extra) for one in found)


def test_csv_from_a_spreadsheet_is_read() -> None:
    """With a byte order mark, other line ends, columns in another order, and blank lines."""
    text = (
        "\ufeffcredits,id,created_at,model,endpoint,type,status\n"
        "12.50,7,2025-08-25T21:39:44.230+08:00,'=x,v1/messages,USAGE,\n\n"
    )
    assert taken(text.encode(), Form.CSV) == [
        row(7, t_ms=1_756_129_184_230, credits=Decimal("12.5"), model="=x", status=None)
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    """Some editors put one there."""
    assert taken(b"\xef\xbb\xbf" + lines([row(1)]), Form.NDJSON) == [row(1)]


def test_what_counts_is_decided_anew() -> None:
    """The file has no say in it."""
    line = lines([row(1)]).replace(b'"counts":true', b'"counts":false')
    assert taken(line, Form.NDJSON)[0].counts


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("id", "1.5", "id: expected `int`, got `float`"),
        ("id", "9223372036854775808", "id: not an integer of 64 bits"),
        ("id", "null", "id: expected `int`, got `null`"),
        ("created_at", '"2025-08-25"', "created_at: not an ISO 8601 moment with its zone"),
        ("created_at", '"1970-01-01T00:00:00Z"', "created_at: not between the year 2020"),
        ("created_at", '"2999-01-01T00:00:00Z"', "created_at: not between the year 2020"),
        ("credits", '"many"', "credits: invalid decimal string"),
        ("credits", "1e400", "credits: not a finite number"),
        ("credits", "1e999999999", "credits: not a finite number"),
        ("credits", "9" * 401, "credits: the number is longer than 400 characters"),
        ("credits", "NaN", "not a JSON object in UTF-8"),
        ("credits", "true", "credits: expected `int | decimal"),
        ("status", "1000", "status: not between 0 and 999"),
        ("status", '"200"', "status: expected `int | null`"),
        ("model", '"' + "m" * 257 + '"', "model: longer than 256 characters, or not a text"),
        ("model", r'"a\u0000b"', "model: longer than 256 characters, or not a text"),
        ("model", r'"\ud800"', "not a JSON object in UTF-8"),
        ("extra", "[1]", "extra: not a JSON object"),
        ("extra", r'{"x":"\ud800"}', "not a JSON object in UTF-8|extra: not a JSON object"),
        ("extra", '{"x":' + "[" * 5_000 + "]" * 5_000 + "}", "not a JSON object|extra: not a"),
        ("extra", '{"x":"' + "x" * 65_536 + '"}', "extra: longer than 65,536 characters"),
        ("colour", "1", "object contains unknown field `colour`"),
    ],
)
def test_what_is_no_record_is_refused_with_its_line(field: str, value: str, reason: str) -> None:
    """The same rules as for a row of the site; the reason does not repeat what stands there."""
    good = lines([row(1)])
    fields = json.loads(good) | {field: "@"}
    bad = json.dumps(fields).replace('"@"', value).encode()
    line, told = refused(good + b"\n" + bad + b"\n" + good, Form.NDJSON)
    assert line == 3
    assert any(told.lower().startswith(each.lower()) for each in reason.split("|")), told


@pytest.mark.parametrize(
    ("content", "form", "line", "reason"),
    [
        (b"\xff\n", Form.NDJSON, 1, "not a JSON object in UTF-8"),
        (b"{}x\n", Form.NDJSON, 1, "not a JSON object in UTF-8|object missing required field `id`"),
        (b"[]\n", Form.NDJSON, 1, "expected `object`, got `array`"),
        (b"{" + b" " * MAX_RECORD_BYTES, Form.NDJSON, 1, "longer than any record"),
        (b"", Form.JSON, 1, "not a JSON array of records"),
        (b'{"a":1}', Form.JSON, 1, "not a JSON array of records"),
        (b"[\n1]", Form.JSON, 2, "not a record"),
        (b"[\n\n{", Form.JSON, 3, "not a JSON object in UTF-8"),
        (b"[]\nx", Form.JSON, 2, "something stands behind the array"),
        (b"[\xff]", Form.JSON, 1, "not UTF-8"),
        (b"[{" + b"[" * 2 * MAX_RECORD_BYTES, Form.JSON, 1, "not a JSON object in UTF-8"),
        (b"", Form.CSV, 1, "the column id is missing"),
        (b"id;created_at\n", Form.CSV, 1, "the column id is missing"),
        (b"id,created_at,type,endpoint,model,credits,x\n", Form.CSV, 1, "the column x is not one"),
        (b"id,created_at,type,endpoint,model,credits\n1\n", Form.CSV, 2, "1 cells under 6 columns"),
        (b"id,created_at,type,endpoint,model,credits\n,,,,,\n", Form.CSV, 2, "id: not an integer"),
        (b'id,created_at,type,endpoint,model,credits\n"', Form.CSV, 2, "not CSV (unexpected end"),
        (b"id,created_at,type,endpoint,model,credits\n\xff", Form.CSV, 2, "not UTF-8"),
        (b"x" * (MAX_RECORD_BYTES + 1), Form.CSV, 1, "not CSV (a line is longer"),
    ],
)
def test_what_is_no_export_is_refused(content: bytes, form: Form, line: int, reason: str) -> None:
    """In each form, with the place."""
    found, told = refused(content, form)
    assert found == line
    assert any(told.lower().startswith(each.lower()) for each in reason.split("|")), told


def test_a_line_is_the_file_s_also_behind_a_cell_of_many_lines() -> None:
    """Whoever opens the file there finds the bad record."""
    content = asyncio.run(exported([row(1, model="a\r\nb\nc"), row(2)], Form.CSV))
    bad = content.replace(b"\r\n2,", b"\r\ntwo,")
    assert refused(bad, Form.CSV) == (5, "id: not an integer of 64 bits")
    lines_ = json.dumps([json.loads(lines([row(1)])), {"id": "two"}], indent=1)
    assert refused(lines_.encode(), Form.JSON)[0] == lines_[: lines_.index('"two"')].count("\n")


@pytest.mark.parametrize("form", FORMS)
def test_reading_takes_the_same_memory_however_long_the_file_is(form: Form) -> None:
    """20,000 records, of which never more than a window is held."""
    content = asyncio.run(
        exported([row(number, model="m" * 200) for number in range(20_000)], form)
    )
    file = io.BytesIO(content)
    tracemalloc.start()
    try:
        assert sum(1 for _ in read(file, form, now_ms=NOW + DAY_MS)) == 20_000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000 < len(content)
    finally:
        tracemalloc.stop()
