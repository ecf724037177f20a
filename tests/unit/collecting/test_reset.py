"""Credit resets in the event loop of the test: calls, stored entries and errors of each case."""

import asyncio
from typing import Any

import msgspec
import pytest

from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.collecting.reset.errors import (
    ResetDoubtfulError,
    ResetNotAvailableError,
    ResetNotDueError,
    ResetSpentError,
)
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.link import LinkState
from creditcurve.domain.reset import AutoReset, DailyReset, Initiator, ResetState
from creditcurve.simulator import Era, SimulatedAccount
from creditcurve.upstream import UpstreamError
from support.world import NOW, SiteWorld

DAY_S = 86_400
LOW = AutoReset(below=1_000)


@pytest.fixture
async def account(world: SiteWorld) -> SimulatedAccount:
    """An account with little left and two resets a day; one poll was good."""
    world.site.account = SimulatedAccount(
        era=Era.CREDITS, opening=980, since_ms=NOW, maximum=8_000, resets_per_day=2
    )
    await world.change(collecting=True, time_zone="Asia/Shanghai")
    await world.poll()
    world.clock.advance(61)
    await world.collecting.account.reader.read_if_due()
    return world.site.account


def posts(world: SiteWorld) -> int:
    """Return how many resets the site was asked for."""
    return sum(request.method == "POST" for request in world.site.account_requests)


def newest(world: SiteWorld) -> dict[str, Any]:
    """Return the newest stored reset."""
    return msgspec.structs.asdict(world.store.account.report.resets[0])


async def look(world: SiteWorld) -> None:
    """Look whether an automatic reset is due."""
    await world.collecting.account.loop.step()


@pytest.mark.usefixtures("account")
async def test_a_reset_is_stored_with_everything_that_the_site_says(world: SiteWorld) -> None:
    seen = world.feed.marks.account
    entry = await world.commands.reset()
    stored = newest(world)
    assert stored == msgspec.structs.asdict(entry)
    assert stored.pop("id") > 0
    assert stored == {
        "t_ms": world.clock.now_ms(),
        "by": Initiator.USER,
        "state": ResetState.DONE,
        "before": 980,
        "after": 8_000,
        "amount": 7_020,
        "remaining": 1,
        "reason": None,
    }
    assert world.feed.marks.account > seen
    reading = world.store.account.account
    assert reading is not None
    assert (reading.balance, reading.reset and reading.reset.remaining) == (8_000, 1)


@pytest.mark.usefixtures("account")
async def test_resets_that_are_asked_for_together_are_one(world: SiteWorld) -> None:
    first, second = await asyncio.gather(world.commands.reset(), world.commands.reset())
    assert (first, posts(world)) == (second, 1)


async def test_a_spent_reset_is_not_asked_for(world: SiteWorld, account: SimulatedAccount) -> None:
    account.resets_per_day = 0
    with pytest.raises(ResetSpentError):
        await world.commands.reset()
    assert (posts(world), world.store.account.report.resets) == (0, ())


async def test_a_site_without_resets_is_not_asked(world: SiteWorld) -> None:
    await world.change(collecting=True)
    await world.poll()
    with pytest.raises(ResetNotAvailableError):
        await world.commands.reset()
    assert (posts(world), world.store.account.report.resets) == (0, ())


@pytest.mark.usefixtures("account")
async def test_without_a_usable_cookie_nothing_is_asked(world: SiteWorld) -> None:
    await world.give_cookie(state=CookieState.INVALID)
    before = len(world.site.account_requests)
    with pytest.raises(CookieNotUsableError):
        await world.commands.reset()
    assert len(world.site.account_requests) == before


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("fault", "raised", "state", "reason"),
    [
        ("bad_request", ResetSpentError, ResetState.USED, None),
        ("not_found", ResetNotAvailableError, ResetState.FAILED, "reset_not_available"),
        ("error_500", ResetDoubtfulError, ResetState.DOUBTFUL, None),
        ("cut_body", ResetDoubtfulError, ResetState.DOUBTFUL, None),
        ("other_html", ResetDoubtfulError, ResetState.DOUBTFUL, None),
        ("forbidden", UpstreamError, ResetState.FAILED, "upstream_forbidden"),
        ("rate_limited", ResetDoubtfulError, ResetState.DOUBTFUL, None),
        ("unauthorized", UpstreamError, ResetState.FAILED, "unauthorized"),
    ],
)
async def test_every_other_answer_ends_the_reset(
    world: SiteWorld, fault: str, raised: type[Exception], state: ResetState, reason: str | None
) -> None:
    world.site.faults.set(fault, endpoint="use_reset")
    with pytest.raises(raised):
        await world.commands.reset()
    assert posts(world) == 1
    found = newest(world)
    assert (found["state"], found["reason"]) == (state, reason)


@pytest.mark.usefixtures("account")
async def test_the_reading_after_a_doubtful_reset_completes_it(world: SiteWorld) -> None:
    world.site.faults.set("error_500", endpoint="use_reset")
    with pytest.raises(ResetDoubtfulError) as caught:
        await world.commands.reset()
    entry = caught.value.entry
    assert (entry.before, entry.after, entry.remaining, entry.amount) == (980, 8_000, 1, None)
    assert msgspec.structs.asdict(entry) == newest(world)


@pytest.mark.usefixtures("account")
async def test_a_401_of_only_the_reset_keeps_the_cookie_valid(world: SiteWorld) -> None:
    """The check of the cookie decides, and it is good."""
    world.site.faults.set("unauthorized", endpoint="use_reset")
    with pytest.raises(UpstreamError):
        await world.commands.reset()
    assert world.cookie_state() is CookieState.VALID


@pytest.mark.usefixtures("account")
async def test_a_refusal_that_the_check_confirms_ends_all_calls(world: SiteWorld) -> None:
    world.site.faults.set("unauthorized", endpoint="use_reset")
    world.site.faults.set("unauthorized", endpoint="chart")
    with pytest.raises(UpstreamError):
        await world.commands.reset()
    assert world.link_state() is LinkState.COOKIE_INVALID


async def test_a_low_balance_uses_one_reset_a_day(
    world: SiteWorld, account: SimulatedAccount
) -> None:
    account.maximum = 990
    await world.change(auto_reset=LOW)
    await look(world)
    await look(world)
    found = newest(world)
    assert (found["by"], found["state"], posts(world)) == (
        Initiator.THRESHOLD,
        ResetState.DONE,
        1,
    )
    world.clock.advance(DAY_S)
    await world.poll()
    await look(world)
    assert posts(world) == 2


@pytest.mark.usefixtures("account")
async def test_a_reset_by_the_user_counts_for_the_day(world: SiteWorld) -> None:
    await world.commands.reset()
    await world.change(auto_reset=AutoReset(below=10_000))
    await look(world)
    assert posts(world) == 1


async def test_a_reset_on_the_site_counts_for_the_day(
    world: SiteWorld, account: SimulatedAccount
) -> None:
    account.resets = [world.clock.now_ms()]
    world.clock.advance(61)
    await world.poll()
    await world.change(auto_reset=AutoReset(below=10_000))
    await look(world)
    assert posts(world) == 0


@pytest.mark.usefixtures("account")
async def test_an_invalid_link_makes_no_call(world: SiteWorld) -> None:
    world.site.faults.set("error_500", endpoint="usage")
    with pytest.raises(UpstreamError):
        await world.commands.refresh()
    await world.change(auto_reset=LOW)
    await look(world)
    assert posts(world) == 0


async def test_a_refused_automatic_reset_is_tried_again_after_an_hour(
    world: SiteWorld, account: SimulatedAccount
) -> None:
    world.site.faults.set("forbidden", endpoint="use_reset")
    await world.change(auto_reset=LOW)
    await look(world)
    account.resets = []  # the refused one was not used
    world.clock.advance(61)
    await world.poll()
    await world.collecting.account.reader.read_if_due()
    world.clock.advance(HOUR_MS // 1000 - 62)
    await look(world)
    assert posts(world) == 1
    world.clock.advance(1)
    await look(world)
    assert posts(world) == 2


async def test_a_balance_that_has_risen_meanwhile_makes_nothing_due(
    world: SiteWorld, account: SimulatedAccount
) -> None:
    """The stored balance is low; the one that is read before the call is not."""
    account.opening = 5_000
    await world.change(auto_reset=LOW)
    await look(world)
    assert (posts(world), world.store.account.report.resets) == (0, ())
    with pytest.raises(ResetNotDueError):
        await world.collecting.account.resets.use(Initiator.THRESHOLD, lambda: False)


@pytest.mark.usefixtures("account")
async def test_a_balance_that_cannot_be_read_makes_nothing_due(world: SiteWorld) -> None:
    """The stored balance is low; it may have been topped up since then."""
    world.site.faults.set("error_500", endpoint="credits", times=None)
    await world.change(auto_reset=LOW)
    world.clock.advance(1)
    await look(world)
    assert posts(world) == 0


async def test_a_refusal_by_a_clock_that_was_ahead_blocks_nothing_for_long(
    world: SiteWorld, account: SimulatedAccount
) -> None:
    """The clock was a year ahead when the site refused a reset."""
    year_s = 365 * DAY_S
    world.clock.advance(year_s)
    world.site.faults.set("forbidden", endpoint="use_reset")
    await world.change(auto_reset=LOW)
    await look(world)
    assert newest(world)["state"] is ResetState.FAILED
    account.resets = []
    world.clock.advance(-year_s)
    await world.poll()
    for _ in range(3):
        await look(world)
    assert posts(world) == 2


async def test_a_time_of_day_is_used_once_it_has_come(
    world: SiteWorld, account: SimulatedAccount
) -> None:
    """20:30 in Shanghai now; the time was chosen before it."""
    account.opening = 7_999
    await world.change(auto_reset=AutoReset(at="21:00"))
    await look(world)
    assert posts(world) == 0
    world.clock.advance(1_800)
    await look(world)
    assert (newest(world)["by"], posts(world)) == (Initiator.TIME, 1)


@pytest.mark.usefixtures("account")
async def test_a_time_chosen_after_it_has_passed_is_for_tomorrow(world: SiteWorld) -> None:
    await world.change(auto_reset=AutoReset(at="20:00"))
    await look(world)
    assert posts(world) == 0
    world.clock.advance(DAY_S)
    await world.poll()
    await look(world)
    assert posts(world) == 1


@pytest.mark.usefixtures("account")
async def test_a_skipped_reset_is_noted_once_a_day(world: SiteWorld) -> None:
    world.site.faults.set("not_found", endpoint="reset", times=None)
    await world.change(auto_reset=LOW)
    for _ in range(2):
        await look(world)
        world.clock.advance(60)
    found = world.store.account.report.resets
    assert [(one.state, one.reason) for one in found] == [
        (ResetState.SKIPPED, "reset_not_available")
    ]
    assert posts(world) == 0


@pytest.mark.usefixtures("account")
async def test_a_reset_whose_answer_was_lost_is_doubtful_after_the_start(world: SiteWorld) -> None:
    gate = world.site.hold("use_reset")
    asking = asyncio.create_task(world.commands.reset())
    await gate.reached()
    await world.restart()
    await asyncio.gather(asking, return_exceptions=True)
    await world.collecting.account.resets.resolve_interrupted()
    assert (newest(world)["state"], posts(world)) == (ResetState.DOUBTFUL, 1)
    gate.release()


@pytest.mark.usefixtures("account")
async def test_a_reset_is_shown_while_the_site_is_asked(world: SiteWorld) -> None:
    gate = world.site.hold("use_reset")
    asking = asyncio.create_task(world.commands.reset())
    await gate.reached()
    assert newest(world)["state"] is ResetState.ASKED
    gate.release()
    assert (await asking).state is ResetState.DONE


@pytest.mark.usefixtures("account")
async def test_the_chosen_time_of_day_is_stored_with_its_moment(world: SiteWorld) -> None:
    await world.change(auto_reset=AutoReset(at="20:00"))
    await look(world)
    chosen_ms = world.clock.now_ms()
    world.clock.advance(60)
    await look(world)
    assert world.store.account.daily_reset == DailyReset("20:00", chosen_ms)
