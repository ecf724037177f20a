"""The commands about the cookie."""

import asyncio

import pytest

from creditcurve.commands.cookie import CannotVerifyError, CookieRejectedError
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.link import LinkState
from creditcurve.domain.secret import Secret
from support.site.effects import RENEWED_TOKEN
from support.world import CHECK, NOW, USAGE, SiteWorld

LOGIN = "__Secure-authjs.session-token"
FRESH = f"{LOGIN}=another-made-up-one"


async def test_a_cookie_that_the_site_accepts_is_stored_as_valid(world: SiteWorld) -> None:
    world.site.cookie = Secret.of(FRESH)
    status = await world.commands.cookie.set(f"Cookie: {FRESH}")
    assert (status.state, status.names, status.saved_at_ms) == (CookieState.VALID, (LOGIN,), NOW)
    assert await world.cookie() == FRESH.encode()
    assert world.calls == [CHECK]


async def test_a_cookie_that_the_site_rejects_leaves_the_stored_one(world: SiteWorld) -> None:
    before = await world.cookie(), world.cookie_status
    with pytest.raises(CookieRejectedError):
        await world.commands.cookie.set(FRESH)
    assert (await world.cookie(), world.cookie_status) == before


async def test_a_cookie_that_cannot_be_verified_leaves_the_stored_one(world: SiteWorld) -> None:
    before = world.cookie_status
    world.site.faults.set("error_500", endpoint="chart", times=None)
    with pytest.raises(CannotVerifyError):
        await world.commands.cookie.set(FRESH)
    assert world.cookie_status == before


async def test_the_answer_to_the_first_check_renews_too(world: SiteWorld) -> None:
    world.site.faults.set("renews_session", endpoint="chart", times=1)
    status = await world.commands.cookie.set((await world.cookie()).decode())
    assert status.renewed_at_ms == NOW
    assert RENEWED_TOKEN in await world.cookie()


async def test_two_cookies_that_are_saved_at_once_are_saved_one_after_the_other(
    world: SiteWorld,
) -> None:
    gate = world.site.hold("chart")
    good = (await world.cookie()).decode()
    first = asyncio.create_task(world.commands.cookie.set(f"a=1; {good}"))
    await gate.reached()
    second = asyncio.create_task(world.commands.cookie.set(f"b=1; {good}"))
    await asyncio.sleep(0)
    assert world.calls == [CHECK]
    gate.release()
    await asyncio.gather(first, second)
    assert (await world.cookie()).startswith(b"b=1; ")


async def test_deleting_the_cookie_switches_collecting_off(world: SiteWorld) -> None:
    await world.change(collecting=True, poll_interval_s=30)
    await world.commands.cookie.delete()
    assert await world.store.state.cookie() is None
    assert (world.settings.collecting, world.settings.poll_interval_s) == (False, 30)
    assert world.cookie_state() is CookieState.MISSING
    assert world.link_state() is LinkState.NO_COOKIE


async def test_deleting_keeps_a_setting_that_is_changed_while_it_waits(world: SiteWorld) -> None:
    """It waits for a cookie that is being verified."""
    gate = world.site.hold("chart")
    saving = asyncio.create_task(world.commands.cookie.set((await world.cookie()).decode()))
    await gate.reached()
    deleting = asyncio.create_task(world.commands.cookie.delete())
    await world.change(poll_interval_s=30, collecting=True)
    gate.release()
    await asyncio.gather(saving, deleting)
    assert (world.settings.collecting, world.settings.poll_interval_s) == (False, 30)
    assert world.cookie_state() is CookieState.MISSING


async def test_a_cookie_that_replaces_a_deleted_one_has_a_new_generation(
    world: SiteWorld,
) -> None:
    """The result of a call with the deleted cookie must not be taken for one with the new."""
    first = world.cookie_status.generation
    await world.commands.cookie.delete()
    await world.commands.cookie.set(FRESH, verify=False)
    assert world.cookie_status.generation > first


async def test_a_new_cookie_lets_collecting_go_on(world: SiteWorld) -> None:
    """The setting stayed on while the cookie was invalid."""
    await world.change(collecting=True)
    world.site.cookie = Secret.of(FRESH)
    world.start()
    await world.advance()
    assert world.link_state() is LinkState.COOKIE_INVALID
    assert world.settings.collecting
    await world.commands.cookie.set(FRESH)
    await world.advance()
    assert world.link_state() is LinkState.OK
    assert world.calls[-1] in (USAGE, CHECK)
    assert world.link.last_success_ms == NOW
