"""Alert rules as the user configures them, and the check that one has the fields of its kind."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from creditcurve.domain.credits import MAX_ROW_CREDITS
from creditcurve.domain.timetable import LocalTime


class Kind(StrEnum):
    """The quantity that a rule watches."""

    SPEND = "spend"
    RATE = "rate"
    BALANCE = "balance"
    RUNS_OUT = "runs_out"
    AWAY = "away"
    NEW_KEY = "new_key"
    COOKIE = "cookie"
    SILENCE = "silence"
    MISMATCH = "mismatch"
    LOSS = "loss"
    UNREADABLE = "unreadable"
    DISK = "disk"


class Rule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule. The fields of its kind are set, the others are None.

    Attributes:
        id: assigned by the store.
        kind: the quantity that it watches.
        enabled: whether it is judged.
        channels: ids of the channels that get its messages, in the order they are tried.
        window_s: ``spend``: seconds.
        above: ``spend``: credits.
        model: ``spend``: only this model.
        api_key: ``spend``: only this API key.
        times_usual: ``rate``: the factor.
        below: ``balance``: an amount; None means a tenth of the maximum.
        within_h: ``runs_out``: hours.
        start: ``away``: local time.
        end: ``away``: local time.
        minutes: ``silence``: minutes without a good poll.
        for_s: how long the threshold must be crossed before the alert fires, and be kept before it
            is over.
        recover_at: it recovers at this value; None uses the distance of its kind.
        repeat_s: the time between repeated messages; None sends one.
        urgent: whether it passes quiet hours.
    """

    id: str
    kind: Kind
    enabled: bool = True
    channels: tuple[str, ...] = ()
    window_s: Annotated[int, Meta(ge=60, le=31 * 86_400)] | None = None
    above: Annotated[float, Meta(ge=0)] | None = None
    model: Annotated[str, Meta(max_length=256)] | None = None
    api_key: Annotated[str, Meta(max_length=256)] | None = None
    times_usual: Annotated[float, Meta(gt=0, le=1_000)] | None = None
    below: Annotated[float, Meta(ge=0)] | None = None
    within_h: Annotated[float, Meta(gt=0, le=720)] | None = None
    start: LocalTime | None = None
    end: LocalTime | None = None
    minutes: Annotated[int, Meta(ge=1, le=10_080)] | None = None
    for_s: Annotated[int, Meta(ge=0, le=86_400)] = 0
    recover_at: float | None = None
    repeat_s: Annotated[int, Meta(ge=60, le=7 * 86_400)] | None = None
    urgent: bool = False


REQUIRED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.SPEND: ("window_s", "above"),
    Kind.RATE: ("times_usual",),
    Kind.RUNS_OUT: ("within_h",),
    Kind.AWAY: ("start", "end"),
    Kind.SILENCE: ("minutes",),
}
"""The fields that a kind needs."""
OPTIONAL: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.SPEND: ("model", "api_key"),
    Kind.BALANCE: ("below",),
    Kind.AWAY: ("above",),
}
"""The fields of a kind that may be left out."""
AMOUNTS: Final = ("above", "below", "recover_at")
"""The fields that may be amounts. Their limit is not part of their type: older rules must load."""
COMMON: Final = frozenset(
    {"id", "kind", "enabled", "channels", "for_s", "recover_at", "repeat_s", "urgent"}
)
DEFAULT_RULES: Final = (
    Rule(id="cookie", kind=Kind.COOKIE, urgent=True),
    Rule(id="silence", kind=Kind.SILENCE, minutes=30),
    Rule(id="balance", kind=Kind.BALANCE),
)


class RuleError(ValueError):
    """A rule lacks a field of its kind, has one of another kind, or a value that is too large.

    ``field`` names it.
    """

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


def check(rule: Rule) -> None:
    """Check that a rule has exactly the fields of its kind, and amounts that exist.

    Raises:
        RuleError: it has not.
    """
    required = REQUIRED.get(rule.kind, ())
    allowed = {*COMMON, *required, *OPTIONAL.get(rule.kind, ())}
    for name in rule.__struct_fields__:
        is_set = getattr(rule, name) is not None
        if name in required and not is_set:
            raise RuleError(name, f"A rule of kind {rule.kind} needs {name}.")
        if name not in allowed and is_set:
            raise RuleError(name, f"A rule of kind {rule.kind} has no {name}.")
    if rule.model is not None and rule.api_key is not None:
        raise RuleError("api_key", "A rule watches one model or one API key, not both.")
    for name in AMOUNTS:
        value = getattr(rule, name)
        if value is not None and abs(value) > MAX_ROW_CREDITS:
            raise RuleError(name, f"{name} is {value:g}; it may be at most {MAX_ROW_CREDITS:,}.")
