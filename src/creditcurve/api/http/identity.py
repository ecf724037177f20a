"""Answers the challenge of a command that must know which instance it calls."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from creditcurve.domain.identity import CHALLENGE, PROOF, proof

MAX_CHALLENGE = 128


class Identified:
    """ASGI middleware that adds the proof of an instance to its answers."""

    def __init__(self, app: ASGIApp, *, secret: str, address: str) -> None:
        self._app = app
        self._secret = secret
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; if it has a challenge, prove the identity."""
        challenge = Headers(scope=scope).get(CHALLENGE) if scope["type"] == "http" else None
        if not challenge or len(challenge) > MAX_CHALLENGE:
            await self._app(scope, receive, send)
            return
        own = proof(self._secret, self._address, challenge)

        async def send_with_proof(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[PROOF] = own
            await send(message)

        await self._app(scope, receive, send_with_proof)
