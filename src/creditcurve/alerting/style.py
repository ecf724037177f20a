"""How texts of messages are written: language, zone, unit, and the forms of their values."""

from datetime import datetime, tzinfo

import msgspec

from creditcurve.domain.instant import MINUTE_MS
from creditcurve.domain.unit import Unit


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How texts are written.

    Attributes:
        is_chinese: Chinese instead of English.
        zone: the zone of times.
        page_url: the address that links point to; None writes none.
        unit: the unit of amounts.
    """

    is_chinese: bool
    zone: tzinfo
    page_url: str | None = None
    unit: Unit | None = None

    def say(self, en: str, zh: str) -> str:
        """Return the text of the language."""
        return zh if self.is_chinese else en

    def amount(self, value: float) -> str:
        """Return an amount with its unit."""
        if self.unit is Unit.YUAN:
            return f"¥{value / 1000:,.2f}"
        return self.say(f"{value:,.6g} credits", f"{value:,.6g} 积分")

    def time(self, t_ms: int) -> str:
        """Return an instant to the minute, without the year."""
        return datetime.fromtimestamp(t_ms / 1000, self.zone).strftime("%m-%d %H:%M")

    def duration(self, length_ms: int) -> str:
        """Return a length of time, rounded to minutes."""
        minutes = max(0, round(length_ms / MINUTE_MS))
        hours, minutes = divmod(minutes, 60)
        if not hours:
            return self.say(f"{minutes} min", f"{minutes} 分钟")
        if not minutes:
            return self.say(f"{hours} h", f"{hours} 小时")
        return self.say(f"{hours} h {minutes} min", f"{hours} 小时 {minutes} 分钟")
