"""An instance proves to commands which one it is, and tells other programs nothing."""

from collections.abc import Iterable

from starlette.responses import PlainTextResponse
from starlette.types import Message

from creditcurve.api.http.identity import MAX_CHALLENGE, Identified
from creditcurve.domain.identity import CHALLENGE, PROOF, proof

SECRET, ADDRESS = "made up", "http://127.0.0.1:8080"


async def answered(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return the headers of an answer to a request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    app = Identified(PlainTextResponse("text"), secret=SECRET, address=ADDRESS)
    scope = {"type": "http", "method": "GET", "path": "/", "headers": list(headers)}
    await app(scope, receive, send)
    return dict(sent[0]["headers"])


async def test_an_answer_to_a_challenge_has_the_proof_of_the_instance() -> None:
    headers = await answered([(CHALLENGE.encode(), b"random")])
    assert headers[PROOF.encode()].decode() == proof(SECRET, ADDRESS, "random")


async def test_without_a_challenge_or_with_a_huge_one_there_is_no_proof() -> None:
    huge = b"x" * (MAX_CHALLENGE + 1)
    assert PROOF.encode() not in await answered([])
    assert PROOF.encode() not in await answered([(CHALLENGE.encode(), b"")])
    assert PROOF.encode() not in await answered([(CHALLENGE.encode(), huge)])
