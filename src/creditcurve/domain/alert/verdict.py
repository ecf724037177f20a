"""The result of a rule: whether its value is beyond a threshold, or back within another one."""

import msgspec


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a rule.

    Attributes:
        value: the figure that was compared, as precise as messages show it: an episode is written
            again only if it changes.
        fires: whether it is beyond the threshold.
        recovers: whether it is within the threshold of recovery; never together with ``fires``.
        is_low_bad: whether a lower value is farther beyond the threshold.
        subject: a model, an API key or a cookie state that the message names.
    """

    value: float
    fires: bool
    recovers: bool
    is_low_bad: bool = False
    subject: str | None = None


def high(
    value: float,
    above: float,
    recover_at: float,
    *,
    subject: str | None = None,
    digits: int | None = None,
) -> Verdict:
    """Return the verdict of a value that must not exceed a threshold.

    Args:
        value: the exact value.
        above: it fires above this value.
        recover_at: it recovers at this value or below it.
        subject: the name in the message.
        digits: how many decimals messages show; None shows all.
    """
    fires = value > above
    recovers = not fires and value <= min(recover_at, above)
    return Verdict(
        value=_rounded(value, digits), fires=fires, recovers=recovers, subject=subject or None
    )


def low(value: float, below: float, recover_at: float, *, digits: int | None = None) -> Verdict:
    """Return the verdict of a value that must not fall below a threshold."""
    fires = value < below
    recovers = not fires and value >= max(recover_at, below)
    return Verdict(value=_rounded(value, digits), fires=fires, recovers=recovers, is_low_bad=True)


def _rounded(value: float, digits: int | None) -> float:
    return value if digits is None else round(value, digits)
