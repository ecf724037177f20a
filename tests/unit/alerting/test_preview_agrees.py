"""A preview counts the episodes that the same rule had while its records were collected."""

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from creditcurve.alerting.preview import Previews
from creditcurve.alerting.style import Style
from creditcurve.domain.account import Account
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.episode import Episode, State
from creditcurve.domain.instant import DAY_MS, MINUTE_MS
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.unit import Unit
from creditcurve.store import EpisodesQuery, Observed, Poll, SqliteStore
from support.clocks import HandClock
from support.record_files import record
from support.world import NOW, open_store

ZONE: Final = ZoneInfo("Asia/Shanghai")
STYLE: Final = Style(is_chinese=False, zone=ZONE)
START_MS: Final = NOW // DAY_MS * DAY_MS
MINUTES: Final = 14 * 60
AMOUNTS: Final = (0, 1, Decimal("0.1"), 7, Decimal("12.7"), 40, 90)
RULES: Final = (
    Rule(id="hour", kind=Kind.SPEND, window_s=3_600, above=300, recover_at=250),
    Rule(id="quarter", kind=Kind.SPEND, window_s=900, above=90.2),
    Rule(id="held", kind=Kind.SPEND, window_s=600, above=60, for_s=240),
    Rule(id="model", kind=Kind.SPEND, window_s=1_800, above=120, model="opus"),
    Rule(id="key", kind=Kind.SPEND, window_s=1_800, above=120, api_key="laptop"),
    Rule(id="away", kind=Kind.AWAY, start="12:00", end="15:30", above=100),
    Rule(id="new", kind=Kind.NEW_KEY),
    Rule(id="balance", kind=Kind.BALANCE, below=500, recover_at=900),
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    found = open_store(tmp_path / "data", HandClock(START_MS))
    yield found
    await found.close()


def requests(random: Random, minute: int, at_ms: int) -> Iterator[Record]:
    """Yield the requests of a minute; bursts alternate with pauses."""
    if minute % 97 > 55 or random.random() < 0.4:
        return
    yield record(
        minute + 1,
        t_ms=at_ms - random.randrange(1_000, 50_000),
        credits=random.choice(AMOUNTS),
        model=random.choice(("opus", "haiku")),
        api_key="ci" if minute > 400 and minute % 3 == 0 else "laptop",
    )


async def collect(store: SqliteStore, seed: int) -> None:
    """Poll once a minute, and judge the rules with each poll."""
    random, balance = Random(seed), 1_000
    for rule in RULES:
        await store.alerts.save_rule(rule, at_ms=START_MS)
    for minute in range(MINUTES):
        now_ms = START_MS + minute * MINUTE_MS
        if minute % 10 == 0:
            balance = 1_000 if balance < 100 else balance - random.randrange(150)
            account = Account(at_ms=now_ms, unit=Unit.CREDITS, balance=balance)
            await store.account.save(account, {})
        observed = Observed(
            now_ms=now_ms, zone=ZONE, watched_since_ms=START_MS, run="r", elapsed_ms=now_ms
        )
        await store.records.append(
            Poll(
                at_ms=now_ms,
                answer=Answer(records=tuple(requests(random, minute, now_ms))),
                interval_s=60,
                link=Link(state=LinkState.OK, last_success_ms=now_ms),
                cookie_status=CookieStatus(state=CookieState.VALID),
                observed=observed,
            )
        )


async def reported(store: SqliteStore, rule: Rule) -> list[Episode]:
    """Return the episodes that a rule had, oldest first."""
    page = await store.alerts.episodes(EpisodesQuery(limit=1_000))
    found = [one.episode for one in reversed(page.episodes) if one.episode.rule == rule.id]
    return [one for one in found if one.state is not State.PENDING]


def seen_of(episodes: list[Episode]) -> list[tuple[int, int | None, float]]:
    return [(one.since_ms, one.until_ms, round(one.peak, 6)) for one in episodes]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_preview_finds_the_episodes_that_there_were(store: SqliteStore, seed: int) -> None:
    await collect(store, seed)
    end = HandClock(START_MS + (MINUTES - 1) * MINUTE_MS)
    previews = Previews(store=store, clock=end, zone=lambda: ZONE, style=lambda: STYLE)
    for rule in RULES:
        had = seen_of(await reported(store, rule))
        found = await previews(rule, days=1)
        assert seen_of(list(found.episodes)) == had, rule.id
        assert had, rule.id
