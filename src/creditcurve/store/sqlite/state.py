"""State that changes by itself: the link, the cookie's status, and the sealed cookie."""

import logging
from typing import Final, TypeVar

import apsw
import msgspec

from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.link import Link

log = logging.getLogger(__name__)

MAX_ENDED_SESSIONS: Final = 1_000
"""More than anybody logs out before the first of them would have run out by itself."""

_GET = "SELECT value FROM state WHERE name = ?"
_PUT = "INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)"
_DROP = "DELETE FROM state WHERE name = ?"

S = TypeVar("S", bound=msgspec.Struct)


def read(connection: apsw.Connection, name: str, kind: type[S]) -> S | None:
    """The value of that name, or None where there is none.

    One that breaks the rules of ``kind`` was written by another program, or is damaged: it is not
    followed, the log says so, and it stands until the next is written.
    """
    found = connection.execute(_GET, (name,)).fetchone()
    if found is None:
        return None
    try:
        return msgspec.json.decode(found[0], type=kind)
    except msgspec.MsgspecError as error:
        log.warning("state unreadable name=%s: %s", name, error)
        return None


def write(connection: apsw.Connection, name: str, value: msgspec.Struct) -> None:
    """Store the value under that name."""
    connection.execute(_PUT, (name, msgspec.json.encode(value).decode()))


def forget(connection: apsw.Connection, name: str) -> None:
    """There is no value under that name any more."""
    connection.execute(_DROP, (name,))


def link(connection: apsw.Connection) -> Link:
    """The stored link."""
    return read(connection, "link", Link) or Link()


def save_link(connection: apsw.Connection, value: Link) -> None:
    """Store the link."""
    write(connection, "link", value)


def cookie_status(connection: apsw.Connection) -> CookieStatus:
    """The stored status; without a cookie it is ``missing``, whatever was known of it."""
    status = read(connection, "cookie_status", CookieStatus) or CookieStatus()
    return status if sealed_cookie(connection) else missing(status)


def save_cookie_status(connection: apsw.Connection, value: CookieStatus) -> None:
    """Store the cookie's status."""
    write(connection, "cookie_status", value)


def missing(status: CookieStatus) -> CookieStatus:
    """The status once there is no cookie; its generation stands, so that it never comes again."""
    return CookieStatus(state=CookieState.MISSING, generation=status.generation)


class EndedSessions(msgspec.Struct, frozen=True):
    """Sessions of the page that were ended before their time: digest to last second."""

    expires_s: dict[str, int] = {}

    def with_one(self, digest: str, expires_s: int) -> "EndedSessions":
        """The same and another; those that would have lasted longest are kept."""
        ended = sorted({**self.expires_s, digest: expires_s}.items(), key=lambda item: item[1])
        return EndedSessions(dict(ended[-MAX_ENDED_SESSIONS:]))


def ended_sessions(connection: apsw.Connection) -> EndedSessions:
    """The stored ones."""
    return read(connection, "ended_sessions", EndedSessions) or EndedSessions()


def save_ended_sessions(connection: apsw.Connection, value: EndedSessions) -> None:
    """Store them."""
    write(connection, "ended_sessions", value)


class _Reading(msgspec.Struct, frozen=True):
    version: int


def reading(connection: apsw.Connection) -> int | None:
    """The version of the reader that looked at the quarantine last."""
    found = read(connection, "reading", _Reading)
    return None if found is None else found.version


def save_reading(connection: apsw.Connection, version: int) -> None:
    """Store the version of the reader."""
    write(connection, "reading", _Reading(version))


def sealed_cookie(connection: apsw.Connection) -> bytes | None:
    """The cookie as the vault sealed it."""
    found = connection.execute("SELECT sealed FROM cookie").fetchone()
    return None if found is None else bytes(found[0])


def save_sealed_cookie(connection: apsw.Connection, sealed: bytes) -> None:
    """Store the sealed cookie in place of the one before."""
    connection.execute("INSERT OR REPLACE INTO cookie (id, sealed) VALUES (1, ?)", (sealed,))


def delete_cookie(connection: apsw.Connection) -> None:
    """Delete the cookie; ``secure_delete`` overwrites where it stood."""
    connection.execute("DELETE FROM cookie")
