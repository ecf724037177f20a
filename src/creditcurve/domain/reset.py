"""Credit resets: who asked for one, its result, and when an automatic one is due.

A reset spends something that cannot be given back. It is stored before the call is made, and a call
whose answer is lost is never repeated.
"""

from datetime import datetime, time, tzinfo
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from creditcurve.domain.credits import Credits
from creditcurve.domain.timetable import LocalTime


class Initiator(StrEnum):
    """Who asked for a reset; ``SITE`` means elsewhere, such as on the site itself."""

    USER = "user"
    TIME = "time"
    THRESHOLD = "threshold"
    SITE = "site"


class ResetState(StrEnum):
    """The progress of a reset.

    ``ASKED`` after a restart means that the answer was lost; ``SKIPPED`` that the site was not
    asked.
    """

    ASKED = "asked"
    DONE = "done"
    USED = "used"
    FAILED = "failed"
    DOUBTFUL = "doubtful"
    SKIPPED = "skipped"


class ResetEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One reset.

    Attributes:
        id: a number of the store.
        t_ms: when the call was made, ms since 1970.
        by: who asked for it.
        state: its progress.
        before: the balance before it.
        after: the balance after it.
        amount: the credited amount.
        remaining: the resets that remain today.
        reason: the code of why it was skipped or failed.
    """

    id: int
    t_ms: int
    by: Initiator
    state: ResetState
    before: Credits | None = None
    after: Credits | None = None
    amount: Credits | None = None
    remaining: int | None = None
    reason: str | None = None


class ResetResult(msgspec.Struct, frozen=True, kw_only=True):
    """The site's answer to a reset; None where a field is missing."""

    before: Credits | None = None
    after: Credits | None = None
    amount: Credits | None = None
    remaining: int | None = None


class AutoReset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a reset is used automatically: daily at a time, or at a low balance within hours.

    Both are off by default. ``between`` limits ``below`` to hours of the day, over midnight where
    its end is earlier than its start.
    """

    at: LocalTime | None = None
    below: Annotated[int, Meta(ge=0, le=10**9)] | None = None
    between: tuple[LocalTime, LocalTime] | None = None


class DailyReset(msgspec.Struct, frozen=True):
    """The time of day of automatic resets and when it was chosen, ms since 1970.

    A time that had passed by then is meant for the next day.
    """

    at: LocalTime | None = None
    since_ms: int = 0


def due(  # noqa: PLR0913 - one for each fact it depends on
    rule: AutoReset,
    *,
    balance: Credits | None,
    last_ms: int | None,
    chosen_ms: int,
    now_ms: int,
    zone: tzinfo,
) -> Initiator | None:
    """Return why a reset is due now; None where it is not.

    Args:
        rule: of the settings.
        balance: None where it is not known.
        last_ms: the last reset of this day or an earlier one, manual or automatic.
        chosen_ms: when the rule's time of day was chosen.
        now_ms: the present.
        zone: of the settings; a day begins at its midnight.
    """
    now = datetime.fromtimestamp(now_ms / 1000, zone)
    if last_ms is not None and datetime.fromtimestamp(last_ms / 1000, zone).date() >= now.date():
        return None
    if rule.at is not None and _has_come(rule.at, chosen_ms, now, zone):
        return Initiator.TIME
    is_low = rule.below is not None and balance is not None and balance <= rule.below
    return Initiator.THRESHOLD if is_low and _is_between(rule, now.time()) else None


def _has_come(local: LocalTime, chosen_ms: int, now: datetime, zone: tzinfo) -> bool:
    """Return whether a time of day has passed today, and was chosen before it did."""
    at, chosen = time.fromisoformat(local), datetime.fromtimestamp(chosen_ms / 1000, zone)
    is_for_tomorrow = chosen.date() == now.date() and chosen.time() > at
    return now.time() >= at and not is_for_tomorrow


def _is_between(rule: AutoReset, now: time) -> bool:
    if rule.between is None:
        return True
    start, end = (time.fromisoformat(one) for one in rule.between)
    return start <= now < end if start < end else now >= start or now < end
