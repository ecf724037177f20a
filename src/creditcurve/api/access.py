"""The access key: who may call when the program can be reached from other machines.

The key comes as ``Authorization: Bearer KEY`` or opens a session, whose token the browser keeps. A
token is signed with the key itself: changing the key ends every session, a restart ends none. The
command line of the same machine has a token of its own, new with each start.
"""

import hashlib
import hmac
import secrets
from collections import deque

from creditcurve.api.problems import Problem
from creditcurve.domain.clock import Clock
from creditcurve.domain.secret import Secret

SESSION_COOKIE = "creditcurve_session"
MAX_FAILURES = 10
FAILURES_WINDOW_S = 60.0
_MAX_CLIENTS = 10_000


class Access:
    """Compares keys in constant time and slows guessing down."""

    session_s = 30 * 86_400

    def __init__(self, key: Secret, local_token: str, clock: Clock) -> None:
        self._key = key
        self._local_token = local_token
        self._clock = clock
        self._failures: dict[str, deque[float]] = {}
        self._closed: set[str] = set()

    def demand(self, *, bearer: str | None, token: str | None, client: str) -> None:
        """Pass, or refuse.

        Raises:
            Problem: 401 without a key or with a wrong one, 429 after ten wrong ones in a minute.
        """
        self._demand_patience(client)
        if token is not None and self._is_session(token):
            return
        if bearer is not None:
            self._compare(bearer, client)
            return
        raise _refusal("key_required", "This address needs the access key.")

    def open_session(self, key: str, client: str) -> str:
        """A token for the right key.

        Raises:
            Problem: 401 for a wrong key, 429 after ten of them in a minute.
        """
        self._demand_patience(client)
        self._compare(key, client)
        expires_s = self._clock.now_ms() // 1000 + self.session_s
        body = f"{expires_s}.{secrets.token_urlsafe(16)}"
        return f"{body}.{self._signature(body)}"

    def close_session(self, token: str) -> None:
        """Make a token worthless."""
        if self._is_session(token):
            self._closed.add(token)

    def _is_session(self, token: str) -> bool:
        body, _, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(body).encode(), signature.encode()):
            return False
        expires_s = int(body.partition(".")[0])
        return expires_s > self._clock.now_ms() // 1000 and token not in self._closed

    def _signature(self, body: str) -> str:
        message = b"creditcurve session " + body.encode()
        return hmac.new(self._key.reveal(), message, hashlib.sha256).hexdigest()

    def _compare(self, key: str, client: str) -> None:
        given = key.encode()
        is_key = hmac.compare_digest(given, self._key.reveal())
        is_local = hmac.compare_digest(given, self._local_token.encode())
        if is_key or is_local:
            return
        failures = self._failures.setdefault(client, deque(maxlen=MAX_FAILURES))
        failures.append(self._clock.monotonic_s())
        while len(self._failures) > _MAX_CLIENTS:
            self._failures.pop(next(iter(self._failures)))
        raise _refusal("key_wrong", "This is not the access key.")

    def _demand_patience(self, client: str) -> None:
        failures = self._failures.get(client)
        if failures is None or len(failures) < MAX_FAILURES:
            return
        wait_s = failures[0] + FAILURES_WINDOW_S - self._clock.monotonic_s()
        if wait_s > 0:
            raise Problem(
                429,
                "too_many_attempts",
                "Too many wrong keys: wait a minute.",
                headers={"retry-after": str(int(wait_s) + 1)},
            )


def _refusal(code: str, detail: str) -> Problem:
    return Problem(401, code, detail, headers={"www-authenticate": "Bearer"})
