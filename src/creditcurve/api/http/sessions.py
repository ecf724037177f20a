"""Sessions of browsers (signed tokens) and one-time login links.

A session token is signed with a random secret of the store and the access key together: a token
allows no offline guess of the key, changing the key ends every session, and a restart ends
none. Only sessions that end early are stored, by their digest.

Browsers send a cookie to every port of its host. The token of a browser's session is therefore
valid only together with a proof, which the page keeps in its storage and sends in a header.
"""

import functools
import hashlib
import hmac
import secrets
from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from msgspec import MsgspecError, Struct, to_builtins

from creditcurve.clocks import Clock
from creditcurve.decoding import convert
from creditcurve.domain.secret import Secret

if TYPE_CHECKING:
    from itsdangerous import URLSafeSerializer

SESSION_S = 30 * 86_400
LINK_S = 900.0
TICKET_S = 60.0
MAX_LINKS = 16
"""A new link replaces the oldest one beyond this number."""


class _Token(Struct, frozen=True):
    """The content of a session token; ``id`` makes each one unique."""

    id: str
    expires_s: int
    needs_proof: bool


class Credentials(Struct, frozen=True):
    """A session as a request proves it: the token of its cookie, and the proof of its header."""

    token: str
    proof: str | None = None


class Links:
    """One-time tokens of 256 bits, kept in memory by their digest for a limited time."""

    def __init__(self, clock: Clock, *, lifetime_s: float = LINK_S) -> None:
        self._clock = clock
        self._lifetime_s = lifetime_s
        self._ends_s: dict[str, float] = {}

    def new(self) -> str:
        """Return a new token."""
        now_s = self._clock.monotonic_s()
        self._ends_s = {one: end_s for one, end_s in self._ends_s.items() if end_s > now_s}
        while len(self._ends_s) >= MAX_LINKS:
            self._ends_s.pop(next(iter(self._ends_s)))
        token = secrets.token_urlsafe(32)
        self._ends_s[digest(token)] = now_s + self._lifetime_s
        return token

    def redeem(self, token: str) -> bool:
        """Use up a token; return whether it was valid."""
        end_s = self._ends_s.pop(digest(token), None)
        return end_s is not None and end_s > self._clock.monotonic_s()


class Sessions:
    """Creates and verifies session tokens; ``ended`` returns the digests of ended sessions.

    Attributes:
        cookie: the name of a session's cookie, which no other program of the host uses.
        tickets: one-time tokens that replace the proof of a session.
    """

    def __init__(
        self,
        signing_key: bytes,
        clock: Clock,
        *,
        cookie: str,
        ended: Callable[[], Container[str]] = frozenset,
    ) -> None:
        self.cookie = cookie
        self.tickets = Links(clock, lifetime_s=TICKET_S)
        self._key = signing_key
        self._clock = clock
        self._ended = ended

    def open(self, *, needs_proof: bool) -> Credentials:
        """Return the credentials of a new session; only a browser's session needs its proof."""
        expires_s = self._clock.now_ms() // 1000 + SESSION_S
        content = _Token(id=secrets.token_urlsafe(16), expires_s=expires_s, needs_proof=needs_proof)
        token = str(self._serializer.dumps(to_builtins(content)))
        return Credentials(token, self._proof(token) if needs_proof else None)

    def is_open(self, given: Credentials, *, is_proven: bool = False) -> bool:
        """Return whether credentials belong to a session that has not ended or expired.

        Args:
            given: the credentials of a request.
            is_proven: whether the proof was shown by other means.
        """
        token = self._content(given.token)
        if token is None or token.expires_s <= self._clock.now_ms() // 1000:
            return False
        if digest(given.token) in self._ended():
            return False
        return is_proven or not token.needs_proof or self._is_proof(given)

    def ending(self, given: Credentials) -> tuple[str, int] | None:
        """Return the digest and the expiry of an open session, None without one."""
        token = self._content(given.token)
        is_ours = token is not None and self.is_open(given)
        return (digest(given.token), token.expires_s) if token and is_ours else None

    @functools.cached_property
    def _serializer(self) -> "URLSafeSerializer":
        from itsdangerous import URLSafeSerializer  # noqa: PLC0415 - no session, no import

        return URLSafeSerializer(
            self._key, salt="session", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def _content(self, token: str) -> _Token | None:
        from itsdangerous import BadData  # noqa: PLC0415 - as above

        try:
            return convert(self._serializer.loads(token), _Token)
        except (BadData, MsgspecError):
            return None

    def _is_proof(self, given: Credentials) -> bool:
        shown = (given.proof or "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(shown, self._proof(given.token).encode())

    def _proof(self, token: str) -> str:
        message = b"creditcurve proof " + token.encode("utf-8", "surrogateescape")
        return hmac.digest(self._key, message, "sha256").hex()


def signing_key(store_secret: Secret, access_key: Secret | None) -> bytes:
    """Return the key that signs sessions, which depends on both secrets."""
    message = b"creditcurve session " + (b"" if access_key is None else access_key.reveal())
    return hmac.digest(store_secret.reveal(), message, "sha256")


def instance_id(store_secret: Secret) -> str:
    """Return eight digits that no other program can know beforehand."""
    return hmac.digest(store_secret.reveal(), b"creditcurve instance", "sha256")[:4].hex()


def digest(token: str) -> str:
    """Return the digest to store for a token; the token cannot be derived from it."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
