"""The account's sources: each by itself, after good polls, and never at the cost of a poll."""

import asyncio

import pytest

from creditcurve.domain.account_facts import Source, SourceState
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.unit import Unit
from creditcurve.simulator import Era, SimulatedAccount
from support.world import NOW, SiteWorld

DAY_S = DAY_MS // 1000


@pytest.fixture
async def account(world: SiteWorld) -> SimulatedAccount:
    """An account of the first era; collecting is on and a first poll was good."""
    world.site.account = SimulatedAccount(
        era=Era.CREDITS, opening=5_000, since_ms=NOW, maximum=8_000, recovery_per_h=200
    )
    await world.change(collecting=True)
    await world.poll()
    return world.site.account


def asked(world: SiteWorld) -> list[str]:
    """Return the paths of the requests to the account's endpoints."""
    return [request.path for request in world.site.account_requests]


def states(world: SiteWorld) -> dict[Source, SourceState]:
    """Return the state of each source that was asked."""
    return {source: status.state for source, status in world.store.account.sources.items()}


async def read(world: SiteWorld, *, later_s: float = 61) -> None:
    """Let time pass, then read the account if that is due."""
    world.clock.advance(later_s)
    await world.collecting.account.reader.read_if_due()


async def test_each_source_has_its_own_state(world: SiteWorld, account: SimulatedAccount) -> None:
    await read(world)
    found = world.store.account.account
    assert found is not None
    assert (found.unit, found.balance, found.plan) == (Unit.CREDITS, account.opening, "PRO")
    assert (found.maximum, found.recovery_per_h) == (8_000, 200)
    assert {source for source, state in states(world).items() if state is SourceState.OK} == {
        Source.CREDITS,
        Source.RECOVERY,
        Source.RESET,
        Source.API_KEYS,
        Source.SESSION,
    }
    assert set(states(world).values()) == {SourceState.OK, SourceState.NOT_AVAILABLE}


@pytest.mark.usefixtures("account")
async def test_it_is_read_at_most_once_a_minute(world: SiteWorld) -> None:
    await read(world)
    before = len(asked(world))
    await read(world, later_s=59)
    assert len(asked(world)) == before
    await read(world, later_s=2)
    assert len(asked(world)) > before


@pytest.mark.usefixtures("account")
async def test_a_source_that_is_not_available_is_asked_again_after_a_day(world: SiteWorld) -> None:
    await read(world)
    assert asked(world).count("/api/wallet") == 1
    await read(world, later_s=DAY_S - 100)
    assert asked(world).count("/api/wallet") == 1
    await read(world, later_s=100)
    assert asked(world).count("/api/wallet") == 2


@pytest.mark.usefixtures("account")
async def test_nothing_is_read_while_collecting_is_off(world: SiteWorld) -> None:
    await world.change(collecting=False)
    await read(world)
    assert asked(world) == []


@pytest.mark.usefixtures("account")
async def test_a_401_of_one_source_does_not_mark_the_cookie_invalid(world: SiteWorld) -> None:
    """The validity check decides; the source is treated as not available."""
    world.site.faults.set("unauthorized", endpoint="credits")
    await read(world)
    assert states(world)[Source.CREDITS] is SourceState.NOT_AVAILABLE
    assert world.cookie_state() is CookieState.VALID


@pytest.mark.usefixtures("account")
async def test_a_401_that_the_check_confirms_ends_the_reading(world: SiteWorld) -> None:
    world.site.cookie = None
    await read(world)
    assert world.cookie_state() is CookieState.INVALID
    assert asked(world) == ["/api/user/credits"]


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("fault", ["error_500", "cut_body", "rate_limited", "challenge"])
async def test_a_source_that_fails_keeps_the_last_balance(world: SiteWorld, fault: str) -> None:
    """It is asked again in the next round."""
    await read(world)
    before = world.store.account.account
    world.site.faults.set(fault, endpoint="credits")
    await read(world)
    assert states(world)[Source.CREDITS] is SourceState.FAILING
    assert world.store.account.account == before
    await read(world)
    assert states(world)[Source.CREDITS] is SourceState.OK


@pytest.mark.usefixtures("account")
async def test_facts_of_a_failing_source_are_not_used(world: SiteWorld) -> None:
    await read(world)
    assert world.collecting.account.reader.facts_of(Source.RESET) is not None
    assert world.collecting.account.reader.facts_of(Source.WALLET) is None
    world.site.faults.set("error_500", endpoint="reset")
    await read(world)
    assert states(world)[Source.RESET] is SourceState.FAILING
    assert world.collecting.account.reader.facts_of(Source.RESET) is None


@pytest.mark.usefixtures("account")
async def test_sources_that_hardly_change_are_asked_once_an_hour(world: SiteWorld) -> None:
    await read(world)
    await read(world, later_s=3_599)
    assert asked(world).count("/api/user/credits") == 2
    assert asked(world).count("/api/auth/session") == 1
    await read(world, later_s=60)
    assert asked(world).count("/api/auth/session") == 2


@pytest.mark.usefixtures("account")
async def test_after_a_restart_every_source_is_asked_again(world: SiteWorld) -> None:
    """Their facts are kept in memory only."""
    await read(world)
    await world.restart()
    await read(world)
    assert asked(world).count("/api/auth/session") == 2
    assert asked(world).count("/api/wallet") == 1


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("fault", ["forbidden", "not_found", "other_html", "code_401"])
async def test_other_answers_make_one_source_not_available(world: SiteWorld, fault: str) -> None:
    world.site.faults.set(fault, endpoint="recovery")
    await read(world)
    assert states(world)[Source.RECOVERY] is SourceState.NOT_AVAILABLE
    assert states(world)[Source.CREDITS] is SourceState.OK
    assert world.cookie_state() is CookieState.VALID


async def test_a_wallet_counts_in_thousandths_of_a_yuan(world: SiteWorld) -> None:
    world.site.account = SimulatedAccount(era=Era.WALLET, opening=199_564, since_ms=NOW)
    await world.change(collecting=True)
    await world.poll()
    await read(world)
    found = world.store.account.account
    assert found is not None
    assert (found.unit, found.balance, found.reset) == (Unit.YUAN, 199_564, None)


async def test_an_account_with_a_wallet_does_not_go_back_to_credits(world: SiteWorld) -> None:
    """The wallet is missing for a while, and the endpoint of the former era still answers."""
    world.site.account = SimulatedAccount(era=Era.WALLET, opening=199_564, since_ms=NOW)
    await world.change(collecting=True)
    await world.poll()
    await read(world)
    world.site.account = SimulatedAccount(era=Era.CREDITS, opening=5_000, since_ms=NOW)
    await world.collecting.account.reader.read((Source.WALLET, Source.PROFILE))
    found = world.store.account.account
    assert found is not None
    assert (found.unit, found.balance) == (Unit.YUAN, None)
    await world.collecting.account.reader.read((Source.CREDITS,))
    assert world.store.account.account == found
    assert states(world)[Source.WALLET] is SourceState.NOT_AVAILABLE


@pytest.mark.usefixtures("account")
async def test_a_held_answer_delays_no_poll(world: SiteWorld) -> None:
    world.start()
    await world.advance()
    gate = world.site.hold("account")
    reading = asyncio.create_task(world.collecting.account.loop.step())
    await gate.reached()
    polls = len(world.calls)
    await world.advance(61)
    assert len(world.calls) > polls
    gate.release()
    await reading


@pytest.mark.usefixtures("account")
async def test_a_login_that_a_source_renews_is_stored(world: SiteWorld) -> None:
    world.site.faults.set("renews_session", endpoint="session")
    before = await world.cookie()
    await read(world)
    assert await world.cookie() != before
    assert world.cookie_state() is CookieState.VALID
