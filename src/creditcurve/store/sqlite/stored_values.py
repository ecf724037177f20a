"""Single values in the database: settings, link, cookie status, ended sessions, the sealed cookie.

All but the sealed cookie are JSON, checked by the rules of their type when they are read.
"""

import logging
import secrets
from typing import Final, TypeVar

import apsw
import msgspec

from creditcurve.decoding import decode
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.link import Link, LinkState, idle_state
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.store.sqlite import versions

log = logging.getLogger(__name__)

MAX_ENDED_SESSIONS: Final = 1_000
"""More logouts than happen before the first of these sessions would have expired."""

_GET: Final = "SELECT value FROM state WHERE name = ?"
_PUT: Final = "INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)"
_DELETE: Final = "DELETE FROM state WHERE name = ?"
_GET_COOKIE: Final = "SELECT sealed FROM cookie"
_PUT_COOKIE: Final = "INSERT OR REPLACE INTO cookie (id, sealed) VALUES (1, ?)"
_DELETE_COOKIE: Final = "DELETE FROM cookie"
_SESSION_SIGNING: Final = "session_signing"

S = TypeVar("S", bound=msgspec.Struct)


class EndedSessions(msgspec.Struct, frozen=True):
    """Sessions that were ended before they expired: digest to the second of expiry."""

    expires_s: dict[str, int] = {}

    def add(self, digest: str, expires_s: int) -> "EndedSessions":
        """Return the same with one more; those that expire last are kept."""
        ended = sorted({**self.expires_s, digest: expires_s}.items(), key=lambda item: item[1])
        return EndedSessions(dict(ended[-MAX_ENDED_SESSIONS:]))


class _ParserVersion(msgspec.Struct, frozen=True):
    version: int


class _SessionSecret(msgspec.Struct, frozen=True):
    value: bytes


def get(connection: apsw.Connection, name: str, kind: type[S]) -> S | None:
    """Return the value of that name, or None.

    An invalid value comes from another program or from damage: it is logged and ignored.
    """
    found = connection.execute(_GET, (name,)).fetchone()
    if found is None:
        return None
    try:
        return decode(found[0], kind)
    except msgspec.MsgspecError as error:
        log.warning("state unreadable name=%s: %s", name, error)
        return None


def put(connection: apsw.Connection, name: str, value: msgspec.Struct) -> None:
    """Store the value under that name."""
    connection.execute(_PUT, (name, msgspec.json.encode(value).decode()))


def delete(connection: apsw.Connection, name: str) -> None:
    """Delete the value of that name."""
    connection.execute(_DELETE, (name,))


def settings(connection: apsw.Connection) -> Settings:
    """Return the stored settings, or the defaults."""
    return get(connection, "settings", Settings) or Settings()


def save_settings(connection: apsw.Connection, value: Settings) -> int:
    """Store the settings; return their version."""
    before = settings(connection)
    if value != before:
        put(connection, "settings", value)
        versions.advance_settings(connection)
    if value.poll_interval_s != before.poll_interval_s:  # it decides when a poll is overdue
        versions.advance_coverage(connection)
    return versions.of_settings(connection)


def link(connection: apsw.Connection) -> Link:
    """Return the stored link; a new store has one that fits its settings and its cookie."""
    stored = get(connection, "link", Link)
    if stored is not None:
        return stored
    return Link(state=idle_state(settings(connection), cookie_status(connection)) or LinkState.OFF)


def save_link(connection: apsw.Connection, value: Link) -> None:
    """Store the link."""
    put(connection, "link", value)


def cookie_status(connection: apsw.Connection) -> CookieStatus:
    """Return the stored status; without a cookie it is ``missing``, whatever is stored."""
    status = get(connection, "cookie_status", CookieStatus) or CookieStatus()
    return status if sealed_cookie(connection) else _missing(status)


def save_cookie_status(connection: apsw.Connection, value: CookieStatus) -> None:
    """Store the cookie's status."""
    put(connection, "cookie_status", value)


def ended_sessions(connection: apsw.Connection) -> EndedSessions:
    """Return the stored ended sessions."""
    return get(connection, "ended_sessions", EndedSessions) or EndedSessions()


def save_ended_sessions(connection: apsw.Connection, value: EndedSessions) -> None:
    """Store the ended sessions."""
    put(connection, "ended_sessions", value)


def session_secret(connection: apsw.Connection) -> Secret | None:
    """Return the secret that signs sessions."""
    found = get(connection, _SESSION_SIGNING, _SessionSecret)
    return None if found is None else Secret(found.value)


def create_session_secret(connection: apsw.Connection) -> Secret:
    """Create and store a new secret that signs sessions."""
    secret = secrets.token_bytes(32)
    put(connection, _SESSION_SIGNING, _SessionSecret(secret))
    return Secret(secret)


def delete_secrets(connection: apsw.Connection) -> None:
    """Delete the sealed cookie and the secret that signs sessions, for a copy."""
    delete_cookie(connection)
    delete(connection, _SESSION_SIGNING)


def parser_version(connection: apsw.Connection) -> int | None:
    """Return the version of the parser that last read the quarantine again."""
    found = get(connection, "reading", _ParserVersion)
    return None if found is None else found.version


def save_parser_version(connection: apsw.Connection, version: int) -> None:
    """Store the version of the parser."""
    put(connection, "reading", _ParserVersion(version))


def sealed_cookie(connection: apsw.Connection) -> bytes | None:
    """Return the cookie as the vault sealed it."""
    found = connection.execute(_GET_COOKIE).fetchone()
    return None if found is None else bytes(found[0])


def save_sealed_cookie(connection: apsw.Connection, sealed: bytes) -> None:
    """Store the sealed cookie in place of the previous one."""
    connection.execute(_PUT_COOKIE, (sealed,))


def delete_cookie(connection: apsw.Connection) -> None:
    """Delete the cookie; ``secure_delete`` overwrites its bytes."""
    connection.execute(_DELETE_COOKIE)


def _missing(status: CookieStatus) -> CookieStatus:
    """Keep the origin, and the generation: the next cookie must get a new one."""
    return CookieStatus(
        state=CookieState.MISSING, origin=status.origin, generation=status.generation
    )
