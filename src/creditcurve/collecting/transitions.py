"""Transitions of the connection's state: settings, cookie status and link change together.

Pure functions from one state to the next; ``collecting.connection`` stores the result.
"""

from datetime import tzinfo
from typing import TYPE_CHECKING, Final

import msgspec

from creditcurve.clocks import zone_or_local
from creditcurve.collecting.renewal import Renewal
from creditcurve.domain import cookie_status as cookies
from creditcurve.domain import link as links
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.fault import Fault
from creditcurve.domain.link import FORBIDDEN_LIMIT, Link, LinkState
from creditcurve.domain.pace import next_speedup, pace_s
from creditcurve.domain.settings import Settings
from creditcurve.domain.timetable import collects, next_change_ms

if TYPE_CHECKING:
    from creditcurve.cookie.parse import Cookie

_IDLE: Final = frozenset({LinkState.OFF, LinkState.NO_COOKIE, LinkState.COOKIE_INVALID})


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The user's settings, the cookie's status and the link at one moment."""

    settings: Settings
    cookie: CookieStatus
    link: Link

    def idle_at(self, at_ms: int) -> LinkState | None:
        """Return why no automatic call is made, or None where calls are made."""
        idle = links.idle_state(self.settings, self.cookie)
        return LinkState.OFF if idle is None and self.is_paused_at(at_ms) else idle

    def is_paused_at(self, at_ms: int) -> bool:
        """Return whether the timetable pauses polls; the switch and the cookie go before it."""
        if links.idle_state(self.settings, self.cookie) is not None:
            return False
        schedule = self.settings.schedule
        return schedule is not None and not collects(schedule, at_ms, self._zone)

    def next_change_ms(self, at_ms: int) -> int | None:
        """Return when the timetable next starts or pauses polls."""
        schedule = self.settings.schedule
        return None if schedule is None else next_change_ms(schedule, at_ms, self._zone)

    @property
    def _zone(self) -> tzinfo:
        return zone_or_local(self.settings.time_zone)

    @property
    def pace_s(self) -> int:
        """The seconds between two good polls."""
        return pace_s(self.settings.poll_interval_s, self.link.speedup)


def settled(state: State, at_ms: int) -> State:
    """Return the state with an idle link exactly where no calls are made."""
    if state.is_paused_at(at_ms):
        return _paused(state, at_ms)
    idle = state.idle_at(at_ms)
    if idle is not None:
        is_settled = state.link.state is idle and not state.link.is_scheduled
        return state if is_settled else _with_link(state, links.idle(state.link, idle, at_ms=at_ms))
    if state.link.state in _IDLE:
        return _with_link(state, links.started(state.link, at_ms=at_ms))
    return state


def after_success(state: State, renewal: Renewal, at_ms: int) -> State:
    """Return the state after a good poll: the cookie is valid, and a fault is over."""
    after = msgspec.structs.replace(state, cookie=renewal.status(cookies.valid(state.cookie)))
    link = links.succeeded(
        state.link, at_ms=at_ms, pause_s=state.pace_s, collecting=after.idle_at(at_ms) is None
    )
    return settled(_with_link(after, link), at_ms)


def after_renewal(state: State, renewal: Renewal) -> State:
    """Return the state after a good answer that proves nothing but may renew the login."""
    return msgspec.structs.replace(state, cookie=renewal.status(state.cookie))


def after_check(state: State, renewal: Renewal) -> State:
    """Return the state after a good check: the cookie is valid, other faults are unchanged."""
    status = cookies.checked(renewal.status(state.cookie), at_ms=renewal.at_ms)
    return settled(msgspec.structs.replace(state, cookie=status), renewal.at_ms)


def after_failure(state: State, fault: Fault, at_ms: int, *, pause_s: float) -> State:
    """Return the state after a failed call that does not concern the cookie.

    Too many 403s in a row switch collecting off: more calls would not help.
    """
    link = links.failed(
        state.link,
        fault,
        at_ms=at_ms,
        pause_s=pause_s,
        collecting=state.settings.collecting and not state.is_paused_at(at_ms),
    )
    if link.refusals < FORBIDDEN_LIMIT or not state.settings.collecting:
        return _with_link(state, link)
    settings = msgspec.structs.replace(state.settings, collecting=False)
    return msgspec.structs.replace(state, settings=settings, link=links.switched_off(link))


def after_refusal(state: State, fault: Fault, at_ms: int) -> State:
    """Return the state after the site refused the cookie."""
    return msgspec.structs.replace(
        state,
        cookie=cookies.invalid(state.cookie, fault.code, at_ms=at_ms),
        link=links.cookie_refused(state.link, fault, at_ms=at_ms),
    )


def after_storage_failure(state: State, detail: str, at_ms: int, *, pause_s: float) -> State:
    """Return the state while the store fails; an idle link keeps its reason."""
    if state.idle_at(at_ms) is not None:
        return state
    link = links.storage_failed(state.link, detail, at_ms=at_ms, pause_s=pause_s)
    return _with_link(state, link)


def with_cookie(
    state: State, cookie: "Cookie", renewal: Renewal | None, at_ms: int, *, origin: str
) -> State:
    """Return the state with a cookie that the user gave: calls begin again where they may.

    ``renewal`` comes from the answer to the cookie's check; without it the cookie is unverified.
    ``origin`` is the site's origin that the cookie belongs to.
    """
    status = CookieStatus(
        state=CookieState.UNVERIFIED,
        names=cookie.names,
        saved_at_ms=at_ms,
        expires_at_ms=cookie.expires_at_ms,
        origin=origin,
        generation=state.cookie.generation + 1,
    )
    if renewal is not None:
        status = cookies.checked(renewal.status(status), at_ms=renewal.at_ms)
    after = msgspec.structs.replace(state, cookie=status)
    if after.is_paused_at(at_ms):
        return _paused(after, at_ms)
    idle = after.idle_at(at_ms)
    if idle is None:
        return _with_link(after, links.started(state.link, at_ms=at_ms))
    return _with_link(after, links.idle(state.link, idle, at_ms=at_ms))


def with_origin(state: State, origin: str) -> State:
    """Return the state with the origin of a cookie that was stored before origins were."""
    if state.cookie.origin is not None or state.cookie.state is CookieState.MISSING:
        return state
    return msgspec.structs.replace(
        state, cookie=msgspec.structs.replace(state.cookie, origin=origin)
    )


def without_cookie(state: State, at_ms: int) -> State:
    """Return the state after the user deleted the cookie: collecting is off, the origin is kept."""
    return State(
        settings=msgspec.structs.replace(state.settings, collecting=False),
        cookie=CookieStatus(origin=state.cookie.origin, generation=state.cookie.generation + 1),
        link=links.idle(state.link, LinkState.NO_COOKIE, at_ms=at_ms),
    )


def with_unreadable_cookie(state: State, at_ms: int) -> State:
    """Return the state after the key that sealed the cookie was lost."""
    status = state.cookie.with_state(CookieState.UNREADABLE)
    return settled(msgspec.structs.replace(state, cookie=status), at_ms)


def with_readable_cookie(state: State, at_ms: int) -> State:
    """Return the state after the cookie could be unsealed: the state it had before."""
    if state.cookie.state is not CookieState.UNREADABLE:
        return settled(state, at_ms)
    status = cookies.readable_again(state.cookie)
    return settled(msgspec.structs.replace(state, cookie=status), at_ms)


def after_answer(state: State, *, is_loss: bool, new: int, rows: int) -> State:
    """Return the state with the pace that a stored answer asks for; an idle link keeps its own.

    Args:
        state: the state after the answer was stored.
        is_loss: whether the answer leaves a possible loss behind.
        new: how many of its rows are new.
        rows: how many rows it has.
    """
    if state.link.state is not LinkState.OK:
        return state
    interval_s = state.settings.poll_interval_s
    speedup = next_speedup(
        state.link.speedup, interval_s=interval_s, is_loss=is_loss, new=new, rows=rows
    )
    pause_s = pace_s(interval_s, speedup)
    return _with_link(state, links.repaced(state.link, speedup=speedup, pause_s=pause_s))


def with_settings(state: State, settings: Settings, at_ms: int) -> State:
    """Return the state with other settings; a new interval ends a speedup and counts at once."""
    after = settled(msgspec.structs.replace(state, settings=settings), at_ms)
    is_same_interval = settings.poll_interval_s == state.settings.poll_interval_s
    if is_same_interval or after.idle_at(at_ms) is not None or state.link.state is not LinkState.OK:
        return after
    link = links.repaced(
        state.link, speedup=0, pause_s=settings.poll_interval_s, not_before_ms=at_ms
    )
    return _with_link(after, link)


def has_started(before: State, after: State) -> bool:
    """Return whether polls begin with this change."""
    return before.link.state in _IDLE and after.link.state is LinkState.OK


def _paused(state: State, at_ms: int) -> State:
    change_ms = state.next_change_ms(at_ms)
    return _with_link(state, links.scheduled(state.link, at_ms=at_ms, next_change_ms=change_ms))


def _with_link(state: State, link: Link) -> State:
    return msgspec.structs.replace(state, link=link)
