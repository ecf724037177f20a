"""The command that changes settings."""

import asyncio

import msgspec
import pytest

from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.commands.settings import InvalidSettingError
from creditcurve.domain.link import LinkState
from creditcurve.domain.settings import Settings
from creditcurve.store import StoreUnavailableError
from support.world import NOW, SiteWorld


async def test_two_changes_that_come_together_are_both_made(world: SiteWorld) -> None:
    await asyncio.gather(world.change(theme="dark"), world.change(range_hours=6))
    assert (world.settings.theme, world.settings.range_hours) == ("dark", 6)


async def test_an_unknown_time_zone_changes_nothing(world: SiteWorld) -> None:
    with pytest.raises(InvalidSettingError) as refused:
        await world.change(time_zone="Mars/Base", theme="dark")
    assert refused.value.field == "time_zone"
    assert world.settings == Settings()


async def test_collecting_cannot_be_switched_on_without_a_cookie(world: SiteWorld) -> None:
    await world.commands.cookie.delete()
    with pytest.raises(CookieNotUsableError):
        await world.change(collecting=True)
    assert not world.settings.collecting


async def test_collecting_that_is_on_does_not_hinder_other_changes(world: SiteWorld) -> None:
    """Also while the cookie is invalid: the setting stays on until the user switches it off."""
    await world.change(collecting=True)
    status = msgspec.structs.replace(world.cookie_status, state="invalid")
    await world.store.state.save(cookie_status=status, link=world.link)
    await world.change(theme="dark")
    assert world.settings.theme == "dark"


async def test_the_link_reports_at_once_that_collecting_is_on_or_off(world: SiteWorld) -> None:
    await world.change(collecting=True)
    assert (world.link.state, world.link.next_poll_ms) == (LinkState.OK, NOW)
    await world.change(collecting=False)
    assert (world.link.state, world.link.next_poll_ms) == (LinkState.OFF, None)


async def test_a_change_that_cannot_be_stored_is_not_published(world: SiteWorld) -> None:
    before = world.feed.marks
    with world.broken_storage(), pytest.raises(StoreUnavailableError):
        await world.change(theme="dark")
    assert world.settings.theme == "auto"
    assert world.feed.marks == before


async def test_every_change_raises_the_version_of_the_settings(world: SiteWorld) -> None:
    first = world.store.state.versioned_settings.version
    await world.change(theme="dark")
    await world.change(theme="dark")
    assert world.store.state.versioned_settings.version == first + 1
    await world.restart()
    assert world.store.state.versioned_settings.version == first + 1


async def test_settings_that_are_switched_by_the_program_have_a_new_version(
    world: SiteWorld,
) -> None:
    await world.change(collecting=True)
    first = world.store.state.versioned_settings.version
    await world.commands.cookie.delete()
    assert world.store.state.versioned_settings.version == first + 1
