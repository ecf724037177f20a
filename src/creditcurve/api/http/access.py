"""The access key: who may call when other machines can reach the program.

The key is sent as ``Authorization: Bearer KEY`` or exchanged for a session, whose token the
browser keeps; a one-time link opens a session too. A browser cannot send a header when it follows a
link to a download, so the address contains a one-time ticket instead. The command line of this
machine has a token of its own, new at each start.
"""

import hmac

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.guesses import Guesses
from creditcurve.api.http.problems import ProblemError
from creditcurve.api.http.sessions import Credentials, Links, Sessions
from creditcurve.domain.secret import Secret


class Access:
    """Compares keys in constant time; sessions, links and the local token are never slowed.

    Args:
        key: the access key; None if only links open sessions.
        local_token: the token of this machine's command line.
        sessions: creates and verifies session tokens.
        links: the one-time links.
        guesses: counts wrong keys.
    """

    def __init__(
        self,
        key: Secret | None,
        local_token: str,
        *,
        sessions: Sessions,
        links: Links,
        guesses: Guesses,
    ) -> None:
        self._key = None if key is None else key.reveal()
        self._local_token = local_token.encode()
        self._sessions = sessions
        self._links = links
        self._guesses = guesses

    async def authorize(
        self, *, bearer: bytes | None, session: Credentials | None, client: str
    ) -> None:
        """Let a request pass that shows an open session, the key or the local token.

        Raises:
            ProblemError: 401, or 429 after too many wrong keys.
        """
        if session is not None and self._sessions.is_open(session):
            return
        if bearer is None:
            raise self._login_required()
        await self._compare(bearer, client)

    @property
    def cookie(self) -> str:
        """The name of a session's cookie."""
        return self._sessions.cookie

    def is_ticket(self, ticket: str, session: Credentials | None) -> bool:
        """Use up a ticket; return whether it and the cookie of its session are valid."""
        is_valid = self._sessions.tickets.redeem(ticket)
        return is_valid and session is not None and self.is_session(session, is_proven=True)

    def new_ticket(self) -> str:
        """Return a one-time token that replaces the proof of a session within a minute."""
        return self._sessions.tickets.new()

    async def open_session(self, key: str, client: str, *, needs_proof: bool) -> Credentials:
        """Exchange the access key, or a link's token, for a session.

        Raises:
            ProblemError: 401, or 429 after too many wrong keys.
        """
        if not self._links.redeem(key):
            await self._compare(key.encode("utf-8", "surrogatepass"), client)
        return self._sessions.open(needs_proof=needs_proof)

    def new_link(self) -> str:
        """Return a one-time token that opens a session within a quarter of an hour."""
        return self._links.new()

    def redeem(self, link: str, *, needs_proof: bool) -> Credentials | None:
        """Exchange a link's token for a session; None if it was used or has expired."""
        return self._sessions.open(needs_proof=needs_proof) if self._links.redeem(link) else None

    def is_session(self, session: Credentials, *, is_proven: bool = False) -> bool:
        """Return whether credentials belong to an open session; see ``Sessions.is_open``."""
        return self._sessions.is_open(session, is_proven=is_proven)

    def ending(self, session: Credentials) -> tuple[str, int] | None:
        """Return the digest and the expiry of a session to end, None if it is not one of ours."""
        return self._sessions.ending(session)

    def _login_required(self) -> ProblemError:
        if self._key is None:
            detail = "Log in with a link: run creditcurve login on the machine of the program."
            return _refusal(ProblemCode.LOGIN_REQUIRED, detail)
        return _refusal(ProblemCode.KEY_REQUIRED, "This address requires the access key.")

    async def _compare(self, given: bytes, client: str) -> None:
        if hmac.compare_digest(given, self._local_token):
            return
        is_right = self._key is not None and hmac.compare_digest(given, self._key)
        wait_s = await self._guesses.attempt(client, is_right=is_right)
        if is_right:
            return
        if wait_s == 0:
            raise _refusal(ProblemCode.KEY_WRONG, "This is not the access key.")
        raise ProblemError(
            ProblemCode.TOO_MANY_ATTEMPTS,
            "Too many wrong keys; wait a minute. The correct key still works.",
            headers={"retry-after": str(int(wait_s) + 1)},
        )


def _refusal(code: ProblemCode, detail: str) -> ProblemError:
    return ProblemError(code, detail, headers={"www-authenticate": "Bearer"})
