"""Mutated answers of the site: never an unexpected error, a wrong verdict or an invented record."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

import pytest

from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.instant import DAY_MS, from_iso
from creditcurve.domain.link import LinkState
from creditcurve.upstream.client import UpstreamClient
from creditcurve.upstream.exchange import Network
from creditcurve.upstream.reply import Headers, Reply
from creditcurve.upstream.transport import Transport
from support.checker import check_database
from support.clocks import HandClock
from support.site import SAMPLE
from support.torture import Figures, Scale
from support.world import World

NOW_MS: Final = from_iso("2025-08-25T14:00:00Z")
WHOLE: Final = 50_000
PARTS: Final = 2
LOOK_S: Final = 0.001
LONGEST_PAUSE_S: Final = 7_201
"""The longest pause after a failure is two hours."""
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


class BodySite:
    """A site whose every answer is the present body, with status 200."""

    def __init__(self) -> None:
        self.body = SAMPLE
        self.calls = 0

    def answer(self) -> Reply:
        """Answer a call."""
        self.calls += 1
        return Reply(200, (), self.body)


class BodyNetwork(Network, frozen=True, kw_only=True):
    """Leaves out the network: calls reach the site directly."""

    site: BodySite

    def transport(self) -> Transport:
        """Return a connection to the site."""
        return BodyTransport(self.site)


class BodyTransport(Transport):
    """Answers each call for usage; the account has no endpoints."""

    def __init__(self, site: BodySite) -> None:
        self._site = site

    async def get(self, url: str, headers: Headers) -> Reply:  # noqa: ARG002 - the interface has them
        """Answer a call."""
        return self._site.answer() if "/usage" in url else Reply(404, (), b"{}")

    async def aclose(self) -> None:
        """Do nothing: no connection is open."""


class Answers:
    """A collecting loop, and mutated answers one after the other."""

    def __init__(self, world: World, site: BodySite) -> None:
        self._world = world
        self._site = site
        self._revision = 0

    async def give(self, body: bytes, seed: int) -> None:
        """Let the loop poll this answer; the cookie stays valid, and no record is invented."""
        self._site.body, calls = body, self._site.calls
        await self._poll()
        assert self._site.calls > calls, f"the loop has ended: {seed}"
        assert self._world.cookie_state() is CookieState.VALID, seed
        assert self._world.link_state() is not LinkState.COOKIE_INVALID, seed
        await self._check_records(body, seed)

    async def _poll(self) -> None:
        """Let time pass, and wait until the loop is idle again."""
        schedule = self._world.collecting.schedule
        self._world.clock.advance(LONGEST_PAUSE_S)
        schedule.wake()
        while schedule._changed.is_set():  # noqa: ASYNC110 - the loop clears it when idle
            await asyncio.sleep(LOOK_S)

    async def _check_records(self, body: bytes, seed: int) -> None:
        """Check that each new record is in the answer."""
        found = await self._world.store.records.since(self._revision, 1_000)
        for stored in found.records:
            assert str(stored.record.id).encode() in body, seed
            assert stored.record.t_ms <= self._world.clock.now_ms() + DAY_MS, seed
        self._revision = self._world.store.records.revision


@pytest.fixture
async def answers(tmp_path: Path) -> AsyncIterator[Answers]:
    clock, site = HandClock(NOW_MS), BodySite()
    network = BodyNetwork(site=site)
    world = World(
        tmp_path / "data",
        clock=clock,
        client=lambda: UpstreamClient("http://site.invalid", clock=clock, network=network),
    )
    await world.give_cookie()
    await world.change(collecting=True)
    world.start()
    try:
        yield Answers(world, site)
    finally:
        await world.close()
        check_database(world.folder / "creditcurve.db")


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("part", range(PARTS))
async def test_no_mutated_answer_misleads(
    answers: Answers, scale: Scale, figures: Figures, part: int
) -> None:
    tried = scale.count(WHOLE // PARTS)
    for number in range(tried):
        seed = number * PARTS + part
        chance = random.Random(seed)
        rows = [dict(row) for row in json.loads(SAMPLE)]
        await answers.give(chance.choice(MUTATIONS)(chance, rows), seed)
    result = "polled by one loop; no cookie taken for invalid, no record invented"
    figures.add("mutated answers", tried, result)
