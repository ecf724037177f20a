"""Sessions of browsers (signed tokens) and one-time login links.

A session token is signed with a random secret of the store and the access key together: a token
allows no offline guess of the key, changing the key ends every session, and a restart ends
none. Only sessions that end early are stored, by their digest.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Container

from itsdangerous import BadData, URLSafeSerializer
from msgspec import MsgspecError, Struct, convert, to_builtins

from creditcurve.clocks import Clock
from creditcurve.domain.secret import Secret

SESSION_S = 30 * 86_400
LINK_S = 900.0
MAX_LINKS = 16
"""A new link replaces the oldest one beyond this number."""


class _Token(Struct, frozen=True):
    """The content of a session token; ``id`` makes each one unique."""

    id: str
    expires_s: int


class Sessions:
    """Creates and verifies session tokens; ``ended`` returns the digests of ended sessions."""

    def __init__(
        self,
        signing_key: bytes,
        clock: Clock,
        *,
        ended: Callable[[], Container[str]] = frozenset,
    ) -> None:
        self._serializer = URLSafeSerializer(
            signing_key, salt="session", signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._clock = clock
        self._ended = ended

    def open(self) -> str:
        """Return the token of a new session."""
        expires_s = self._clock.now_ms() // 1000 + SESSION_S
        token = _Token(id=secrets.token_urlsafe(16), expires_s=expires_s)
        return str(self._serializer.dumps(to_builtins(token)))

    def is_open(self, token: str) -> bool:
        """Return whether a token belongs to a session that has not ended or expired."""
        expires_s = self._expires_s(token)
        if expires_s is None or expires_s <= self._clock.now_ms() // 1000:
            return False
        return digest(token) not in self._ended()

    def ending(self, token: str) -> tuple[str, int] | None:
        """Return the digest and the expiry of a session, None if it is not one of ours."""
        expires_s = self._expires_s(token)
        return None if expires_s is None else (digest(token), expires_s)

    def _expires_s(self, token: str) -> int | None:
        try:
            return convert(self._serializer.loads(token), _Token).expires_s
        except (BadData, MsgspecError):
            return None


class Links:
    """One-time tokens of 256 bits, kept in memory by their digest for a quarter of an hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ends_s: dict[str, float] = {}

    def new(self) -> str:
        """Return a new token."""
        now_s = self._clock.monotonic_s()
        self._ends_s = {one: end_s for one, end_s in self._ends_s.items() if end_s > now_s}
        while len(self._ends_s) >= MAX_LINKS:
            self._ends_s.pop(next(iter(self._ends_s)))
        token = secrets.token_urlsafe(32)
        self._ends_s[digest(token)] = now_s + LINK_S
        return token

    def redeem(self, token: str) -> bool:
        """Use up a token; return whether it was valid."""
        end_s = self._ends_s.pop(digest(token), None)
        return end_s is not None and end_s > self._clock.monotonic_s()


def signing_key(store_secret: Secret, access_key: Secret) -> bytes:
    """Return the key that signs sessions, which depends on both secrets."""
    message = b"creditcurve session " + access_key.reveal()
    return hmac.digest(store_secret.reveal(), message, "sha256")


def instance_id(store_secret: Secret) -> str:
    """Return eight digits that no other program can know beforehand."""
    return hmac.digest(store_secret.reveal(), b"creditcurve instance", "sha256")[:4].hex()


def digest(token: str) -> str:
    """Return the digest to store for a token; the token cannot be derived from it."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
