"""The check: the state of the cookie after an answer, and the site's own sums."""

import asyncio

import pytest

from creditcurve.collecting.schedule import Job
from creditcurve.commands.cookie import CannotVerifyError
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.link import LinkState
from creditcurve.store import StoreUnavailableError
from support.world import CHECK, NOW, SiteWorld

OTHER = "__Secure-authjs.session-token=another-made-up-one"


async def test_a_good_answer_marks_the_cookie_valid(world: SiteWorld) -> None:
    await world.give_cookie(state=CookieState.UNVERIFIED)
    world.clock.advance(5)
    await world.check()
    assert world.cookie_state() is CookieState.VALID
    assert world.cookie_status.checked_at_ms == NOW + 5_000


async def test_a_passing_fault_changes_no_state(world: SiteWorld) -> None:
    before = world.cookie_status, world.link
    world.site.faults.set("error_500", endpoint="chart", times=None)
    with pytest.raises(CannotVerifyError):
        await world.check()
    assert (world.cookie_status, world.link) == before


async def test_a_check_by_the_user_makes_exactly_one_call(world: SiteWorld) -> None:
    await world.check()
    assert world.calls == [CHECK]


async def test_the_periodic_check_stores_the_site_s_sums(world: SiteWorld) -> None:
    for back in range(2, 26):
        world.site.history.add(t_ms=NOW - back * HOUR_MS, credits=back)
    await world.poll()
    assert (await world.store.records.summary()).reconciliation is None
    await world.collecting.check.run()
    found = (await world.store.records.summary()).reconciliation
    assert found is not None
    assert found.hours == found.agree >= 21


async def test_the_sums_of_an_older_cookie_are_not_stored(world: SiteWorld) -> None:
    """They may be those of another account."""
    world.site.history.add(t_ms=NOW - 2 * HOUR_MS, credits=1)
    await world.poll()
    gate = world.site.hold("chart")
    check = asyncio.create_task(world.collecting.check.run())
    await gate.reached()
    await world.commands.cookie.set(
        "__Secure-authjs.session-token=another-made-up-one", verify=False
    )
    gate.release()
    await check
    assert (await world.store.records.summary()).reconciliation is None


async def test_a_check_that_cannot_be_stored_pauses_polls_and_reports_why(
    world: SiteWorld,
) -> None:
    await world.change(collecting=True)
    await world.poll()
    gate = world.site.hold("chart")
    check = asyncio.create_task(world.collecting.check.run())
    await gate.reached()
    with world.broken_storage():
        gate.release()
        with pytest.raises(StoreUnavailableError) as failure:
            await check
    assert (world.link.state, world.link.detail) == (LinkState.STORAGE_ERROR, str(failure.value))
    assert world.collecting.schedule.due_in_s(Job.POLL) == 15
