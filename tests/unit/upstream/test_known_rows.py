"""Rows that came in the last answer are not parsed again; every other answer is read as before."""

import json

import pytest

from creditcurve.domain.instant import from_iso
from creditcurve.domain.record import Answer
from creditcurve.upstream import UpstreamError
from creditcurve.upstream.known_rows import KnownRows
from creditcurve.upstream.wire import read_usage
from support.site import SAMPLE

NOW = from_iso("2025-08-25T14:00:00Z")
ROWS = [json.dumps(row).encode() for row in json.loads(SAMPLE)]


def body(*rows: bytes) -> bytes:
    return b"[" + b",".join(rows) + b"]"


def result(known: KnownRows, given: bytes) -> Answer | type[UpstreamError]:
    try:
        return known.read_usage(given, now_ms=NOW)
    except UpstreamError as error:
        return type(error)


def expected(given: bytes) -> Answer | type[UpstreamError]:
    try:
        return read_usage(given, now_ms=NOW)
    except UpstreamError as error:
        return type(error)


def test_a_known_row_is_the_same_record() -> None:
    known = KnownRows()
    first = known.read_usage(body(*ROWS[1:]), now_ms=NOW)
    second = known.read_usage(body(*ROWS), now_ms=NOW)
    assert second == read_usage(body(*ROWS), now_ms=NOW)
    assert all(a is b for a, b in zip(first.records, second.records[1:], strict=True))


def test_a_row_with_another_byte_is_read_again() -> None:
    known = KnownRows()
    known.read_usage(body(*ROWS), now_ms=NOW)
    changed = ROWS[0].replace(b'"creditsUsed": ', b'"creditsUsed": 1')
    assert changed != ROWS[0]
    given = body(changed, *ROWS[1:])
    assert known.read_usage(given, now_ms=NOW) == read_usage(given, now_ms=NOW)


@pytest.mark.parametrize(
    "given",
    [
        b"[]",
        b'{"code":200,"data":' + SAMPLE + b"}",
        b'{"error":"Unauthorized"}',
        b"<html>Just a moment</html>",
        b"\xef\xbb\xbf" + SAMPLE,
        SAMPLE + b"x",
        SAMPLE[:-3],
        body(*ROWS, b'{"id":NaN}'),
        body(*ROWS, b'{"id":1,"id":2}'),
        body(*ROWS, b'{"id":"\xff"}'),
        body(*ROWS, b"7"),
        body(*ROWS, b"[" * 5_000 + b"]" * 5_000),
        body(ROWS[0], ROWS[0]),
    ],
    ids=range(13),
)
def test_every_answer_is_read_as_without_known_rows(given: bytes) -> None:
    known = KnownRows()
    known.read_usage(body(*ROWS), now_ms=NOW)
    assert result(known, given) == expected(given)
    assert result(known, given) == expected(given)
