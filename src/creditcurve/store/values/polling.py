"""The values that a poll stores, and its changes."""

from datetime import tzinfo

import msgspec

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.coverage import GapKind
from creditcurve.domain.credits import Credits
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer
from creditcurve.domain.secret import Secret


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """What rules need and the store does not contain.

    Attributes:
        now_ms: the instant.
        zone: the time zone of away hours.
        watched_since_ms: since when polls have been made without a pause, a suspend or a change of
            the clock.
        run: names this run of the program.
        elapsed_ms: a clock that is never set, comparable within one run.
        usual_per_h: the usual rate of this hour.
        runs_out_ms: the median instant at which the balance is empty.
        disk_free: the free share of the data folder's disk.
    """

    now_ms: int
    zone: tzinfo
    watched_since_ms: int
    run: str
    elapsed_ms: int
    usual_per_h: Credits | None = None
    runs_out_ms: int | None = None
    disk_free: float | None = None


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """A successful poll, stored as a whole or not at all.

    Attributes:
        at_ms: when the upstream was asked.
        answer: the parsed answer.
        interval_s: the poll interval at that moment.
        link: the link after the poll.
        cookie_status: the cookie's status after the poll. If its generation is older than the
            stored one, cookie, status and link stay unchanged.
        renewed: the cookie as the answer renewed it.
        hours: the hours asked for, if the answer is a back-fill.
        was_scheduled: whether the timetable paused polls before this one.
        observed: what alert rules need beside the stored data; None judges no rule.
    """

    at_ms: int
    answer: Answer
    interval_s: int
    link: Link
    cookie_status: CookieStatus
    renewed: Secret | None = None
    hours: int | None = None
    was_scheduled: bool = False
    observed: Observed | None = None


class Appended(msgspec.Struct, frozen=True, kw_only=True):
    """The changes a poll made.

    Attributes:
        revision: the revision after it.
        new: the number of new records.
        updated: the number of changed records.
        left: the kind of gap it left before itself; None if it overlaps the known records.
        is_first: whether it is the first answer that contains records.
        are_alerts_changed: whether an episode or a message changed.
    """

    revision: int
    new: int
    updated: int
    left: GapKind | None = None
    is_first: bool = False
    are_alerts_changed: bool = False

    @property
    def overlaps(self) -> bool:
        """Whether the answer continued the known records; if not, some may have been missed."""
        return self.left is None
