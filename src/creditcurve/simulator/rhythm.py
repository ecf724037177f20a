"""How a developer works with Claude Code: the requests of a day, made up, from a seed.

Sessions with pauses between them, a midday break and a night; within a session tasks, each a burst
of requests whose context grows. Days are counted back from the start, which is two and a half
hours into a session; that session then goes on without an end. Equal seed and start
give equal requests, for any length of the past.
"""

from collections.abc import Iterator
from random import Random
from typing import Final

import msgspec

from creditcurve.domain.instant import DAY_MS, HOUR_MS, MINUTE_MS
from creditcurve.domain.record import COUNTED_ENDPOINT, COUNTED_TYPE

BLOCK_MS: Final = 5 * MINUTE_MS

SONNET: Final = "claude-sonnet-4-5-20250929"
OPUS: Final = "claude-opus-4-5-20251101"
HAIKU: Final = "claude-haiku-4-5-20251001"
OLD_SONNET: Final = "claude-sonnet-4-20250514"
CODEX: Final = "gpt-5-codex"

_DAY: Final = (
    (0, 80, 1.0),
    (112, 186, 0.8),
    (268, 346, 0.5),  # the evening; then the night
    (846, 958, 0.9),
    (984, 1_076, 1.0),  # then the midday break
    (1_146, 1_252, 0.7),
    (1_286, 1_440, 1.0),
)
"""Sessions of 24 hours: from and to in minutes, and how busily; the last ends at the start."""
_EDGE_MINUTES: Final = 14


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """One request as the site charges for it; the defaults are the commonest."""

    t_ms: int
    credits: int | float | str = 9
    model: str = SONNET
    type: str = COUNTED_TYPE
    endpoint: str = COUNTED_ENDPOINT
    status: int = 200
    api_key: str | None = "laptop"


class Habit(msgspec.Struct, frozen=True):
    """How a task is done: with which model, at what price, under which key, and how long."""

    model: str
    factor: float
    api_key: str
    weight: float
    turns: float


_HABITS: Final = (
    Habit(SONNET, 1.0, "laptop", 0.56, 9),
    Habit(OPUS, 2.6, "laptop", 0.20, 7),
    Habit(HAIKU, 0.3, "laptop", 0.12, 9),
    Habit(OLD_SONNET, 0.9, "ci", 0.12, 8),
)


class Rhythm:
    """The requests before and after a start."""

    def __init__(self, seed: int, start_ms: int) -> None:
        self._seed = seed
        self._start_ms = start_ms

    def past(self, hours: int) -> Iterator[Charge]:
        """Return the requests of the ``hours`` before the start, oldest first."""
        from_ms = self._start_ms - hours * HOUR_MS
        for day in range(-(-hours // 24), 0, -1):
            for charge in self._day(day):
                if charge.t_ms >= from_ms:
                    yield charge

    def block(self, index: int) -> Iterator[Charge]:
        """Return the requests of the ``index``-th five minutes after the start."""
        luck = self._luck("block", index)
        from_ms = self._start_ms + index * BLOCK_MS
        at_ms = from_ms + luck.randrange(200, 9_000)
        yield from session(luck, at_ms, from_ms + BLOCK_MS, busy=1.0, is_live=True)

    def _day(self, day: int) -> Iterator[Charge]:
        """Return the ``day``-th 24 hours before the start."""
        luck = self._luck("day", day)
        is_light = day > 1 and luck.random() < 0.25
        pace = luck.uniform(0.75, 1.15)
        begin_ms = self._start_ms - day * DAY_MS
        for number, (from_minute, to_minute, busy) in enumerate(_DAY):
            mine = self._luck("session", day, number)
            edges = (mine.randint(-_EDGE_MINUTES, _EDGE_MINUTES) for _ in range(2))
            from_ms = begin_ms + max(0, from_minute + next(edges)) * MINUTE_MS
            to_ms = begin_ms + min(1_440, to_minute + next(edges)) * MINUTE_MS
            if number == len(_DAY) - 1:
                to_ms = begin_ms + DAY_MS
            elif is_light and number % 3 != 1:
                continue
            yield from session(mine, from_ms, to_ms, busy=busy * pace, is_live=False)

    def _luck(self, *key: object) -> Random:
        return Random(f"{self._seed}/{key}")  # noqa: S311 - believable, not secret


def session(
    luck: Random, from_ms: int, to_ms: int, *, busy: float, is_live: bool
) -> Iterator[Charge]:
    """Return tasks one after the other; in a watched session no pause exceeds 32 seconds."""
    at_ms = from_ms
    while at_ms < to_ms:
        for charge in _task(luck, at_ms):
            at_ms = charge.t_ms
            if at_ms < to_ms:
                yield charge
        pause_s = luck.uniform(9, 32) if is_live else _reading_s(luck) / busy
        at_ms += round(pause_s * 1000)


def _reading_s(luck: Random) -> float:
    """Return the pause between two tasks, sometimes a long one."""
    return luck.uniform(120, 420) if luck.random() < 0.12 else luck.lognormvariate(3.6, 0.6)


def _task(luck: Random, at_ms: int) -> Iterator[Charge]:
    """Return the requests of one prompt: a chain with a growing context."""
    if luck.random() < 0.02:
        yield from _codex(luck, at_ms)
        return
    habit = luck.choices(_HABITS, [habit.weight for habit in _HABITS])[0]
    context = luck.uniform(7, 13)
    for turn in range(1 + min(int(luck.expovariate(1 / habit.turns)), 40)):
        for charge in _asides(luck, at_ms, habit):
            at_ms = charge.t_ms
            yield charge
        at_ms += round(1000 * min(28.0, 1.5 + luck.lognormvariate(1.95, 0.6)))
        uncached = luck.uniform(2.2, 4.0) if turn == 0 else 1.0
        credits_used = context * habit.factor * uncached * luck.lognormvariate(0, 0.35)
        yield Charge(
            t_ms=at_ms,
            credits=max(1, round(credits_used)),
            model=habit.model,
            api_key=habit.api_key,
        )
        context = min(38.0, context * luck.uniform(1.0, 1.1))


def _asides(luck: Random, at_ms: int, habit: Habit) -> Iterator[Charge]:
    """Return small requests besides: free token counts, and short summaries."""
    if luck.random() < 0.08:
        for _ in range(luck.randint(1, 4)):
            at_ms += luck.randint(19, 380)
            yield Charge(
                t_ms=at_ms,
                credits=0,
                model=habit.model,
                endpoint=f"{COUNTED_ENDPOINT}/count_tokens",
                api_key=habit.api_key,
            )
    if luck.random() < 0.12:
        at_ms += luck.randint(300, 1_500)
        yield Charge(t_ms=at_ms, credits=luck.randint(1, 4), model=HAIKU, api_key=habit.api_key)
    if luck.random() < 0.004:
        at_ms += luck.randint(300, 900)
        yield Charge(t_ms=at_ms, credits=0, model=habit.model, status=529, api_key=habit.api_key)


def _codex(luck: Random, at_ms: int) -> Iterator[Charge]:
    for _ in range(luck.randint(1, 4)):
        at_ms += luck.randint(4_000, 15_000)
        yield Charge(
            t_ms=at_ms,
            credits=luck.randint(8, 60),
            model=CODEX,
            type="CODEX_USAGE",
            endpoint="backend-api/codex/responses",
        )
