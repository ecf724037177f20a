"""The check: the state of the cookie after an answer, and the site's own sums."""

import pytest

from creditcurve.commands.cookie import CannotVerifyError
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.instant import HOUR_MS
from support.world import CHECK, NOW, SiteWorld


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
