"""The access key: who may call when other machines can reach the program.

The key is sent as ``Authorization: Bearer KEY`` or exchanged for a session, whose token the
browser keeps; a one-time link opens a session too. The command line of this machine has a token of
its own, new at each start.
"""

import hmac

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.guesses import Guesses
from creditcurve.api.http.problems import ProblemError
from creditcurve.api.http.sessions import Links, Sessions
from creditcurve.domain.secret import Secret


class Access:
    """Compares keys in constant time; sessions, links and the local token are never slowed."""

    def __init__(
        self, key: Secret, local_token: str, *, sessions: Sessions, links: Links, guesses: Guesses
    ) -> None:
        self._key = key.reveal()
        self._local_token = local_token.encode()
        self._sessions = sessions
        self._links = links
        self._guesses = guesses

    async def authorize(self, *, bearer: bytes | None, token: str | None, client: str) -> None:
        """Let a request pass that shows an open session, the key or the local token.

        Raises:
            ProblemError: 401, or 429 after too many wrong keys.
        """
        if token is not None and self._sessions.is_open(token):
            return
        if bearer is None:
            raise _refusal(ProblemCode.KEY_REQUIRED, "This address requires the access key.")
        await self._compare(bearer, client)

    async def open_session(self, key: str, client: str) -> str:
        """Exchange the access key for a session token.

        Raises:
            ProblemError: 401, or 429 after too many wrong keys.
        """
        await self._compare(key.encode("utf-8", "surrogatepass"), client)
        return self._sessions.open()

    def new_link(self) -> str:
        """Return a one-time token that opens a session within a quarter of an hour."""
        return self._links.new()

    def redeem(self, link: str) -> str | None:
        """Exchange a link's token for a session token; None if it was used or has expired."""
        return self._sessions.open() if self._links.redeem(link) else None

    def is_session(self, token: str) -> bool:
        """Return whether a token belongs to an open session."""
        return self._sessions.is_open(token)

    def ending(self, token: str) -> tuple[str, int] | None:
        """Return the digest and the expiry of a session to end, None if it is not one of ours."""
        return self._sessions.ending(token)

    async def _compare(self, given: bytes, client: str) -> None:
        if hmac.compare_digest(given, self._local_token):
            return
        await self._guesses.slow_down(client)
        if hmac.compare_digest(given, self._key):
            return
        wait_s = self._guesses.wait_s(client)
        self._guesses.note(client)
        if wait_s == 0:
            raise _refusal(ProblemCode.KEY_WRONG, "This is not the access key.")
        raise ProblemError(
            ProblemCode.TOO_MANY_ATTEMPTS,
            "Too many wrong keys; wait a minute. The correct key still works.",
            headers={"retry-after": str(int(wait_s) + 1)},
        )


def _refusal(code: ProblemCode, detail: str) -> ProblemError:
    return ProblemError(code, detail, headers={"www-authenticate": "Bearer"})
