"""Amounts as text, in the unit of the site."""

from creditcurve.cli.language import Say


def amount(value: float, unit: str) -> str:
    """Return ``13,529`` or ``1.6`` credits, or ``¥7.739`` for 7,739 thousandths of a yuan."""
    if unit == "yuan":
        sign = "-" if value < 0 else ""
        return f"{sign}¥" + f"{abs(value) / 1000:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,.0f}" if abs(value) >= 10 or value == int(value) else f"{value:.1f}"


def named_amount(say: Say, value: float, unit: str) -> str:
    """Return an amount with the name of its unit: ``334 credits``, ``¥0.334``."""
    text = amount(value, unit)
    return text if unit == "yuan" else say(f"{text} credits", f"{text} 积分")
