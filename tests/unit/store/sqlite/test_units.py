"""After a change of the unit, amounts of both units are never added."""

from datetime import UTC

import msgspec
import pytest

from creditcurve.domain.account import Account
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.curve import GroupBy
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.record import Answer
from creditcurve.domain.settings import Settings
from creditcurve.domain.unit import Unit
from creditcurve.store import CurveQuery, EpisodesQuery, Observed, Poll, SqliteStore
from creditcurve.store.values.curves import Bucket
from support.record_files import record
from unit.store.conftest import HandClock

DAY = 24


@pytest.fixture
async def changed(store: SqliteStore, clock: HandClock) -> SqliteStore:
    """A store whose site counted credits until an hour ago, and yuan since then."""
    now_ms = clock.t_ms
    hour_ago = now_ms - HOUR_MS
    await store.records.import_records(
        [
            record(1, t_ms=hour_ago - 2 * MINUTE_MS, credits=7),
            record(2, t_ms=hour_ago + 30 * MINUTE_MS, credits=2_000),
            record(3, t_ms=hour_ago + 31 * MINUTE_MS, credits=3_000),
        ]
    )
    await store.account.save(reading(hour_ago - MINUTE_MS, Unit.CREDITS, 5_000), {})
    await store.account.save(reading(hour_ago, Unit.YUAN, 199_564), {})
    return store


def reading(at_ms: int, unit: Unit, balance: int) -> Account:
    return Account(at_ms=at_ms, unit=unit, balance=balance)


def last_day(clock: HandClock, bucket: Bucket = "auto") -> CurveQuery:
    query = CurveQuery(from_ms=clock.t_ms - DAY * HOUR_MS, to_ms=clock.t_ms)
    return msgspec.structs.replace(query, bucket=bucket)


@pytest.mark.parametrize("bucket", ["auto", "none", 3_600])
async def test_a_range_over_the_change_sums_only_the_present_unit(
    changed: SqliteStore, clock: HandClock, bucket: Bucket
) -> None:
    query = last_day(clock, bucket)
    found = await changed.curves.curve(query)
    assert (found.from_ms, found.total, found.requests) == (query.from_ms, 5_000, 2)
    assert found.gaps[0] == Gap(query.from_ms, clock.t_ms - HOUR_MS, GapKind.OTHER_UNIT)
    assert all(gap.from_ms >= clock.t_ms - HOUR_MS for gap in found.gaps[1:])


async def test_a_range_before_the_change_has_no_sums(
    changed: SqliteStore, clock: HandClock
) -> None:
    to_ms = clock.t_ms - HOUR_MS
    found = await changed.curves.curve(CurveQuery(from_ms=to_ms - HOUR_MS, to_ms=to_ms))
    assert (found.total, found.series) == (0, ())
    assert found.gaps == (Gap(to_ms - HOUR_MS, to_ms, GapKind.OTHER_UNIT),)


async def test_the_quantiles_of_requests_are_those_of_the_present_unit(
    changed: SqliteStore, clock: HandClock
) -> None:
    query = last_day(clock)
    [costs] = (await changed.curves.costs(query.from_ms, query.to_ms, GroupBy.MODEL)).series
    assert (costs.requests, costs.median) == (2, 2_500)


async def test_a_unit_that_the_user_chose_is_that_of_all_amounts(
    changed: SqliteStore, clock: HandClock
) -> None:
    await changed.state.save(settings=Settings(unit="yuan"))
    found = await changed.curves.curve(last_day(clock))
    assert found.total == 5_007
    assert not [gap for gap in found.gaps if gap.kind is GapKind.OTHER_UNIT]


async def test_the_change_gives_sums_a_new_version(store: SqliteStore, clock: HandClock) -> None:
    """Pages fetch their curves again."""
    await store.account.save(reading(clock.t_ms, Unit.CREDITS, 5_000), {})
    before = (await store.versions()).sums
    await store.account.save(reading(clock.t_ms + 1, Unit.CREDITS, 4_000), {})
    assert (await store.versions()).sums == before
    await store.account.save(reading(clock.t_ms + 2, Unit.YUAN, 4_000), {})
    assert (await store.versions()).sums > before


async def test_the_unexplained_rest_of_an_hour_is_in_one_unit(
    store: SqliteStore, clock: HandClock
) -> None:
    hour_ms = clock.t_ms // HOUR_MS * HOUR_MS
    readings = ((Unit.CREDITS, 500), (Unit.CREDITS, 400), (Unit.YUAN, 9_000), (Unit.YUAN, 8_970))
    for minute, (unit, balance) in enumerate(readings):
        await store.account.save(reading(hour_ms + minute * MINUTE_MS, unit, balance), {})
    found = await store.account.history(hour_ms - HOUR_MS, hour_ms + HOUR_MS)
    assert found.unexplained == {hour_ms: 30}


async def test_a_spend_rule_sums_only_the_present_unit(
    changed: SqliteStore, clock: HandClock
) -> None:
    rule = Rule(id="spent", kind=Kind.SPEND, window_s=DAY * 3_600, above=1.0)
    await changed.alerts.save_rule(rule, at_ms=clock.t_ms)
    now_ms = clock.t_ms
    observed = Observed(
        now_ms=now_ms, zone=UTC, watched_since_ms=now_ms, run="test", elapsed_ms=now_ms
    )
    poll = Poll(
        at_ms=now_ms,
        answer=Answer(records=()),
        interval_s=60,
        link=Link(state=LinkState.OK, last_success_ms=now_ms),
        cookie_status=CookieStatus(state=CookieState.VALID),
        observed=observed,
    )
    assert (await changed.records.append(poll)).are_alerts_changed
    (found,) = (await changed.alerts.episodes(EpisodesQuery())).episodes
    assert found.episode.value == 5_000


async def test_totals_of_models_have_the_credits_of_the_present_unit(changed: SqliteStore) -> None:
    (found,) = await changed.records.totals_by_model()
    assert (found.requests, found.credits) == (3, 5_000)
