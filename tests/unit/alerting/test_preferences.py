"""Messages are written as the settings say, or as the machine does where they say nothing."""

from zoneinfo import ZoneInfo

from creditcurve.alerting.preferences import Preferences
from creditcurve.clocks import local_zone
from creditcurve.domain.account import Account
from creditcurve.domain.unit import Unit
from support.world import NOW, SiteWorld

OWN_URL = "http://127.0.0.1:8080/"


def preferences(world: SiteWorld) -> Preferences:
    """Return the preferences of a machine in Chinese."""
    return Preferences(world.store, page_url=OWN_URL, is_chinese=True)


async def test_without_settings_the_machine_decides(world: SiteWorld) -> None:
    style = preferences(world).style()
    assert (style.is_chinese, style.page_url, style.unit) == (True, OWN_URL, None)
    assert str(style.zone) == str(local_zone())


async def test_the_settings_decide_before_the_machine(world: SiteWorld) -> None:
    of_machine = preferences(world)
    await world.change(locale="en", time_zone="Asia/Tokyo", page_url="https://curve.test/")
    style = of_machine.style()
    assert (style.is_chinese, style.page_url) == (False, "https://curve.test/")
    assert style.zone == of_machine.zone() == ZoneInfo("Asia/Tokyo")


async def test_amounts_have_the_unit_of_the_account(world: SiteWorld) -> None:
    of_machine = preferences(world)
    await world.store.account.save(Account(at_ms=NOW, unit=Unit.YUAN), {})
    assert of_machine.style().unit is Unit.YUAN
