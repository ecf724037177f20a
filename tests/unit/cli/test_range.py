"""The ends of a range as the user writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from creditcurve.cli.exits import CommandError
from creditcurve.cli.range import read_instant_or_date
from creditcurve.cli.zone import Zone

ZONE = Zone("UTC", ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-01T08:00:00+08:00", datetime(2026, 11, 1, tzinfo=UTC)),
        ("1793491200000", datetime(2026, 11, 1, tzinfo=UTC)),
    ],
)
def test_a_date_or_an_instant_is_read(text: str, at: datetime) -> None:
    assert read_instant_or_date("--from", text, ZONE) == int(at.timestamp() * 1000)


@pytest.mark.parametrize(
    "text",
    [
        "1793491200",
        "20261101",
        "0",
        "2026-02-30",
        "2026-11-26T25:00Z",
        "2026-11-01T01:30",
        "2026-W48-1",
        "yesterday",
        "昨天",
        "",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """A number of seconds would otherwise be a moment in 1970, and the range everything."""
    with pytest.raises(CommandError, match="is not a date like"):
        read_instant_or_date("--from", text, ZONE)
