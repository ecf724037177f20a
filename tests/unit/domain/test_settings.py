"""The time zone of the settings."""

from zoneinfo import ZoneInfo

import pytest

from creditcurve.domain.settings import zone_of


def test_auto_is_no_zone_and_a_name_is_its_zone() -> None:
    assert zone_of("auto") is None
    assert zone_of("Asia/Shanghai") == ZoneInfo("Asia/Shanghai")
    assert zone_of("America/Argentina/Buenos_Aires") is not None
    assert zone_of("UTC") == ZoneInfo("UTC")


@pytest.mark.parametrize("name", ["", "../secret", "/etc/localtime", "Asia/Shanghai\n", "Asia//x"])
def test_a_text_that_is_no_name_is_no_path_either(name: str) -> None:
    with pytest.raises(ValueError, match=r"^This is not the name of a time zone, like Asia/Sh"):
        zone_of(name)


@pytest.mark.parametrize("name", ["Asia/Atlantis", "Asia"])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"^There is no time zone of this name; one is Asia/Sh"):
        zone_of(name)
