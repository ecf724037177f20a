"""The allowed values of a setting, in words of both languages."""

import pytest
from msgspec.structs import fields

from creditcurve.cli.settings.rules import rule_of
from creditcurve.domain.settings import Settings


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("poll_interval_s", "use a whole number from 10 to 86400", "请使用 10 到 86400 的整数"),
        (
            "retention_days",
            "use a whole number from 1 to 36500 or null",
            "请使用 1 到 36500 的整数或 null",
        ),
        ("theme", "use one of auto, dark, light", "请使用 auto、dark、light 之一"),
        ("collecting", "use on, off, true or false", "请使用 on、off、true 或 false"),
        (
            "time_zone",
            "use auto or a name like Asia/Shanghai",
            "请使用 auto 或 Asia/Shanghai 这样的时区名",
        ),
    ],
)
def test_a_rule_names_the_allowed_arguments(name: str, english: str, chinese: str) -> None:
    assert rule_of(name) == (english, chinese)


def test_every_setting_has_a_rule_or_is_listed_as_free() -> None:
    """A value that is an object or a text needs no rule; its error names the fault."""
    without = {field.name for field in fields(Settings) if rule_of(field.name) is None}
    assert without == {
        *("also_counts", "schedule", "auto_reset", "quiet_hours", "page_url", "digest")
    }
