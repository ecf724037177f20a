"""Mutated answers of the site: never an unexpected error, a wrong verdict or an invented record."""

import json
import random
from collections.abc import Callable
from typing import Any, Final

import pytest

from creditcurve.domain.fault import FaultKind
from creditcurve.domain.instant import from_iso
from creditcurve.domain.record import Answer
from creditcurve.upstream import UpstreamError, wire
from support.site import SAMPLE
from support.torture import Figures, Scale

NOW_MS: Final = from_iso("2025-08-25T14:00:00Z")
WHOLE: Final = 50_000
VALUES: Final[tuple[Any, ...]] = (
    None,
    True,
    "",
    "0",
    -1,
    0,
    2**63,
    10**40,
    1e308,
    0.1,
    "2025-13-45T99:99:99Z",
    "\x00",
    "积分",
    [],
    {},
    [[[]]],
)
TOKENS: Final = (
    b"NaN",
    b"1e999",
    b"]",
    b"}",
    b'"',
    b"\\",
    b",",
    b"\xff",
    b"\xef\xbb\xbf",
    b"<html>",
)
Mutation = Callable[[random.Random, list[Any]], bytes]


def replace_value(chance: random.Random, rows: list[Any]) -> bytes:
    """Replace a field of a row."""
    row = chance.choice(rows)
    row[chance.choice(list(row))] = chance.choice(VALUES)
    return json.dumps(rows).encode()


def rename_field(chance: random.Random, rows: list[Any]) -> bytes:
    """Rename a field of all rows."""
    name = chance.choice(list(rows[0]))
    renamed = chance.choice([name.upper(), f"{name}_", name[:-1], ""])
    return json.dumps(
        [{renamed if k == name else k: v for k, v in row.items()} for row in rows]
    ).encode()


def wrap(chance: random.Random, rows: list[Any]) -> bytes:
    """Put the rows into an envelope."""
    inner: Any = rows
    for _ in range(chance.randrange(1, 4)):
        name = chance.choice(["data", "items", "result", "code", "x"])
        inner = {name: inner, "code": chance.choice(VALUES)}
    return json.dumps(inner).encode()


def nest(chance: random.Random, rows: list[Any]) -> bytes:
    """Nest deeper than any parser should follow."""
    depth = chance.randrange(1, 20_000)
    return b"[" * depth + json.dumps(rows).encode() + b"]" * depth


def edit_bytes(chance: random.Random, rows: list[Any]) -> bytes:
    """Flip, remove, repeat and insert bytes."""
    body = bytearray(json.dumps(rows).encode())
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(body) + 1)
        end = min(len(body), at + chance.randrange(1, 40))
        body[at:end] = chance.choice((b"", bytes(body[at:end]) * 2, chance.choice(TOKENS)))
    return bytes(body)


def cut(chance: random.Random, rows: list[Any]) -> bytes:
    """End early."""
    body = json.dumps(rows).encode()
    return body[: chance.randrange(len(body))]


def repeat(chance: random.Random, rows: list[Any]) -> bytes:
    """Repeat and shuffle rows."""
    return json.dumps(chance.choices(rows, k=chance.randrange(0, 200))).encode()


MUTATIONS: Final[tuple[Mutation, ...]] = (
    replace_value,
    rename_field,
    wrap,
    nest,
    edit_bytes,
    cut,
    repeat,
)


@pytest.mark.slow
def test_no_mutated_answer_misleads(scale: Scale, figures: Figures) -> None:
    tried = scale.count(WHOLE)
    for seed in range(tried):
        chance = random.Random(seed)
        rows = [dict(row) for row in json.loads(SAMPLE)]
        verify(chance.choice(MUTATIONS)(chance, rows), seed)
    figures.add("mutated answers", tried, "no unexpected error, no false verdict, none invented")


def verify(body: bytes, seed: int) -> None:
    """Read an answer: its records are in it, and no error concerns the cookie."""
    answer = read(body)
    if isinstance(answer, UpstreamError):
        assert answer.fault.kind is not FaultKind.COOKIE, seed
        return
    for record in answer.records:
        assert str(record.id).encode() in body, seed
        assert record.t_ms <= NOW_MS + 86_400_000, seed


def read(body: bytes) -> Answer | UpstreamError:
    """Return the answer, or why it cannot be read."""
    try:
        return wire.read_usage(body, now_ms=NOW_MS)
    except UpstreamError as error:
        return error
