"""Every format writes any record and reads back the same one, in constant memory."""

import asyncio
import io
import json
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from creditcurve.clocks import SystemClock
from creditcurve.domain.credits import Credits, parse_credits
from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.record import EARLIEST_MS, Record
from creditcurve.domain.secret import Secret
from creditcurve.recordfiles import FileFormat, read_records, write_records
from creditcurve.store import ExportQuery, SqliteStore
from creditcurve.vault import Vault
from support.examples import examples
from support.record_files import NOW_MS, record, records_of, written

FORMATS = list(FileFormat)

texts = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=256
) | st.sampled_from(["=1+1", "'", "''", "+", "@x", "\t", "\r", "\n", '"', ",", "a\r\nb", "null"])
amounts: st.SearchStrategy[Credits] = st.one_of(
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**9), 10**9, places=3).map(str).map(parse_credits),
    st.sampled_from(["1e15", "-1.5e14", "1e-300", "1." + "123" * 19 + "e-307", "0.1"]).map(
        parse_credits
    ),
)
extras = st.just("") | st.dictionaries(
    texts, st.none() | st.booleans() | st.integers() | texts | st.lists(texts), min_size=1
).map(json.dumps)
records = st.builds(
    Record,
    id=st.integers(-(2**63), 2**63 - 1),
    t_ms=st.integers(EARLIEST_MS, NOW_MS),
    type=texts | st.just("USAGE"),
    endpoint=texts | st.just("v1/messages"),
    model=texts,
    credits=amounts,
    status=st.none() | st.integers(0, 999),
    api_key=st.none() | texts,
    extra=extras,
)
ODD = Record(id=1, t_ms=NOW_MS, type="", endpoint="", model="\ufeff'=\x1b", credits=0, api_key="")


@pytest.mark.parametrize("form", FORMATS)
@given(given_=st.lists(records, max_size=5))
@example(given_=[ODD])
def test_a_file_reads_back_as_the_records_that_were_written(
    form: FileFormat, given_: list[Record]
) -> None:
    """Exact amounts, control characters, formulas, a missing and an empty key, unknown fields."""
    assert records_of(asyncio.run(written(given_, form)), form) == given_


@pytest.mark.parametrize("form", FORMATS)
@examples(5)
@given(given_=st.lists(records, max_size=8, unique_by=lambda one: one.id))
def test_an_imported_export_is_exported_byte_for_byte(
    form: FileFormat, given_: list[Record]
) -> None:
    """Through the real store."""

    async def through(content: bytes) -> tuple[bytes, int]:
        with tempfile.TemporaryDirectory() as name:
            vault = Vault.open(
                secret_key=Secret(b"test"), key_file=Path(name) / "no.key", use_keyring=False
            )
            store = SqliteStore.open(Path(name) / "data", vault=vault, clock=SystemClock())
            try:
                new = (await store.records.import_records(records_of(content, form))).new
                pieces = [
                    piece
                    async for piece in write_records(store.records.export(ExportQuery()), form)
                ]
            finally:
                await store.close()
        return b"".join(pieces), new

    in_order = sorted(given_, key=lambda one: (one.t_ms, one.id))
    content = asyncio.run(written(in_order, form))
    assert asyncio.run(through(content)) == (content, len(given_))


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_of_the_first_release_is_read(form: FileFormat) -> None:
    """It wrote ids as numbers, and the fields in another order."""
    line = (
        '{"id":11048661,"type":"USAGE","endpoint":"v1/messages","model":"=opus","credits":5,'
        '"status":200,"api_key":null,"counts":true,"created_at":"2020-01-01T00:00:00.001Z",'
        '"extra":null}'
    )
    files = {
        FileFormat.NDJSON: f"{line}\n",
        FileFormat.JSON: f"[{line}]\n",
        FileFormat.CSV: "id,created_at,type,endpoint,model,credits,status,api_key,counts,extra\r\n"
        "11048661,2020-01-01T00:00:00.001Z,USAGE,v1/messages,'=opus,5,200,,true,\r\n",
    }

    found = records_of(files[form].encode(), form)

    assert found == [record(11048661, t_ms=EARLIEST_MS + 1, model="=opus")]


@pytest.mark.parametrize("form", [FileFormat.NDJSON, FileFormat.JSON])
def test_ids_are_written_as_strings(form: FileFormat) -> None:
    """Browsers and spreadsheets round numbers above 2^53."""
    content = asyncio.run(written([record(2**53 + 1, t_ms=EARLIEST_MS)], form))

    assert b'"id":"9007199254740993"' in content


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_memory_does_not_grow_with_the_length_of_a_file(form: FileFormat) -> None:
    content = asyncio.run(
        written([record(number, model="m" * 250) for number in range(12_000)], form)
    )
    file = io.BytesIO(content)
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_records(file, form, now_ms=NOW_MS + DAY_MS)) == 12_000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000 < len(content)
    finally:
        tracemalloc.stop()
