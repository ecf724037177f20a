"""The access key: who may call when the program can be reached from other machines.

The key comes as ``Authorization: Bearer KEY`` or opens a session, whose token the browser keeps; a
link that is good once opens one too. A token is signed with the key itself: changing the key ends
every session, a restart ends none, and a session that was ended stays so. The command line of the
same machine has a token of its own, new with each start.
"""

import hashlib
import hmac
import secrets
from collections import deque
from collections.abc import Callable, Container

from creditcurve.api.http.problems import Problem
from creditcurve.clocks import Clock
from creditcurve.domain.secret import Secret

SESSION_COOKIE = "creditcurve_session"
MAX_FAILURES = 10
FAILURES_WINDOW_S = 60.0
LINK_S = 900.0
MAX_LINKS = 16
"""The oldest makes room for another."""
_MAX_CLIENTS = 10_000


class Access:
    """Compares keys in constant time and slows guessing down.

    ``ended`` gives the sessions that were ended before their time, by digest.
    """

    session_s = 30 * 86_400

    def __init__(
        self,
        key: Secret,
        local_token: str,
        clock: Clock,
        *,
        ended: Callable[[], Container[str]] = frozenset,
    ) -> None:
        self._key = key
        self._local_token = local_token
        self._clock = clock
        self._ended = ended
        self._failures: dict[str, deque[float]] = {}
        self._links: dict[str, float] = {}

    def demand(self, *, bearer: str | None, token: str | None, client: str) -> None:
        """Pass, or refuse. What cannot be guessed passes however often others guessed wrong.

        Raises:
            Problem: 401 without a key or with a wrong one, 429 after ten wrong ones in a minute.
        """
        if token is not None and self.is_session(token):
            return
        if bearer is not None:
            self._compare(bearer, client)
            return
        self._demand_patience(client)
        raise _refusal("key_required", "This address needs the access key.")

    def open_session(self, key: str, client: str) -> str:
        """A token for the right key.

        Raises:
            Problem: 401 for a wrong key, 429 after ten of them in a minute.
        """
        self._compare(key, client)
        return self._new_session()

    def new_link(self) -> str:
        """A token that opens one session, within a quarter of an hour."""
        now_s = self._clock.monotonic_s()
        self._links = {digest: end_s for digest, end_s in self._links.items() if end_s > now_s}
        while len(self._links) >= MAX_LINKS:
            self._links.pop(next(iter(self._links)))
        token = secrets.token_urlsafe(32)
        self._links[_digest(token)] = now_s + LINK_S
        return token

    def redeem(self, link: str, client: str) -> str:
        """A session's token for a link's; a second time there is none.

        Raises:
            Problem: 401 for one that is wrong, used or too old; 429 as for keys.
        """
        self._demand_patience(client)
        end_s = self._links.pop(_digest(link), None)
        if end_s is None or end_s <= self._clock.monotonic_s():
            self._note_failure(client)
            raise _refusal("link_wrong", "This link was used, or is too old.")
        return self._new_session()

    def ending(self, token: str) -> tuple[str, int] | None:
        """The digest and the last second of a session that is to end; None where it is none."""
        expires_s = self._expires_s(token)
        return None if expires_s is None else (_digest(token), expires_s)

    def is_session(self, token: str) -> bool:
        """Whether a token is that of a session which is open now."""
        expires_s = self._expires_s(token)
        if expires_s is None or expires_s <= self._clock.now_ms() // 1000:
            return False
        return _digest(token) not in self._ended()

    def _new_session(self) -> str:
        expires_s = self._clock.now_ms() // 1000 + self.session_s
        body = f"{expires_s}.{secrets.token_urlsafe(16)}"
        return f"{body}.{self._signature(body)}"

    def _expires_s(self, token: str) -> int | None:
        """The last second of a session that was opened here, over or not."""
        body, _, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(body).encode(), signature.encode()):
            return None
        return int(body.partition(".")[0])

    def _signature(self, body: str) -> str:
        message = b"creditcurve session " + body.encode()
        return hmac.new(self._key.reveal(), message, hashlib.sha256).hexdigest()

    def _compare(self, key: str, client: str) -> None:
        given = key.encode()
        if hmac.compare_digest(given, self._local_token.encode()):
            return
        self._demand_patience(client)
        if hmac.compare_digest(given, self._key.reveal()):
            return
        self._note_failure(client)
        raise _refusal("key_wrong", "This is not the access key.")

    def _note_failure(self, client: str) -> None:
        failures = self._failures.setdefault(client, deque(maxlen=MAX_FAILURES))
        failures.append(self._clock.monotonic_s())
        while len(self._failures) > _MAX_CLIENTS:
            self._failures.pop(next(iter(self._failures)))

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


def _digest(token: str) -> str:
    """What a token is known by where it is kept: the token does not follow from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _refusal(code: str, detail: str) -> Problem:
    return Problem(401, code, detail, headers={"www-authenticate": "Bearer"})
