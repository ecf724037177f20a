"""A cookie is sent to its own origin only, whichever call is made."""

import contextlib
from collections.abc import Awaitable, Callable

import pytest

from creditcurve.domain.account_facts import Source
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.secret import Secret
from creditcurve.upstream import UpstreamError
from support.world import SiteWorld

CALLS: dict[str, Callable[[SiteWorld], Awaitable[object]]] = {
    "poll": lambda world: world.collecting.poller.poll(),
    "back-fill": lambda world: world.collecting.poller._usage.backfill(),
    "check": lambda world: world.collecting.check.run(),
    "account": lambda world: world.collecting.account.reader.read((Source.CREDITS, Source.SESSION)),
    "reset": lambda world: world.commands.reset(),
}


async def give_cookie(world: SiteWorld, origin: str | None) -> None:
    """Store a valid cookie of an origin."""
    status = CookieStatus(state=CookieState.VALID, origin=origin, generation=9)
    cookie = Secret(await world.cookie())
    await world.store.state.save(cookie=cookie, cookie_status=status, link=world.link)


@pytest.mark.parametrize("call", CALLS)
async def test_a_cookie_of_another_origin_is_not_sent_to_a_fixed_one(
    world: SiteWorld, call: str
) -> None:
    await world.change(collecting=True)
    await give_cookie(world, "https://other.test")
    with contextlib.suppress(UpstreamError):
        await CALLS[call](world)
    assert (world.site.requests, world.site.account_requests) == ([], [])


@pytest.mark.parametrize("call", ["poll", "back-fill", "check", "account"])
async def test_a_cookie_without_an_origin_is_sent_to_the_default_one(
    world: SiteWorld, call: str
) -> None:
    await world.change(collecting=True)
    await give_cookie(world, None)
    await CALLS[call](world)
    assert len(world.site.requests) + len(world.site.account_requests) > 0


async def test_a_fault_of_the_other_origin_is_named(world: SiteWorld) -> None:
    await world.change(collecting=True)
    await give_cookie(world, "https://other.test")
    with pytest.raises(UpstreamError) as refused:
        await world.poll()
    assert refused.value.fault.code == "cookie_other_origin"
    assert world.link.code == "cookie_other_origin"
