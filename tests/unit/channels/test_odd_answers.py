"""Channels against receivers whose answers are odd: cut off, huge, slow, or of another kind."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

import pytest

from creditcurve.channels import ChannelError, Kind, Message, Target, send
from creditcurve.channels.http import ChannelHttp
from creditcurve.domain.secret import Secret
from support.receivers import ADDRESSES, BODY_MARK, PROTOCOLS, SECRET

pytestmark = pytest.mark.slow

MESSAGE: Final = Message(id="1", at_ms=0, title="Low balance", text="5 credits left")
HTTP_KINDS: Final = list(PROTOCOLS)
WITH_CODE: Final = [kind for kind in HTTP_KINDS if kind is not Kind.WEBHOOK]
OK: Final = b"HTTP/1.1 200 OK\r\n"

Answering = Callable[[asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def answering(answer: Answering) -> AsyncIterator[str]:
    """Serve one answer to each request; yield the address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        try:
            await answer(writer)
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def sent(kind: Kind, answer: Answering) -> str:
    """Send a message; return the answer, or raise why it was not accepted."""
    async with answering(answer) as url:
        target = Target(
            kind=kind, url=url + ADDRESSES[kind].format(secret=SECRET), secret=Secret.of(SECRET)
        )
        return (await send(target, MESSAGE, ChannelHttp(), now_ms=0)).answer


def whole(body: bytes, kind: bytes = b"application/json") -> Answering:
    """Return the answer 200 with a body."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        length = f"content-length: {len(body)}\r\n\r\n".encode()
        writer.write(OK + b"content-type: " + kind + b"\r\n" + length + body)

    return answer


BODIES: Final = {
    "html": b"<!doctype html><title>Sign in</title>" + BODY_MARK.encode(),
    "empty": b"",
    "null": b"null",
    "list": b"[0]",
    "text": b'"success"',
    "no code": b'{"note":"%s"}' % BODY_MARK.encode(),
    "code of another type": b'{"code":{"a":1},"errcode":[],"ok":"yes","id":null}',
    "not utf-8": b'{"code":"\xff\xfe"}',
    "cut off": b'{"code":0,"errcode":0,"ok":true,"msg":"' + b"x" * 20,
    "deep": b'{"code":' + b"[" * 5_000,
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("kind", WITH_CODE)
async def test_a_body_without_the_code_of_success_is_a_failure(kind: Kind, name: str) -> None:
    with pytest.raises(ChannelError) as caught:
        await sent(kind, whole(BODIES[name], b"text/html"))
    assert caught.value.answer
    assert BODY_MARK not in caught.value.answer
    assert len(caught.value.answer) <= 200


@pytest.mark.parametrize("kind", [Kind.FEISHU, Kind.SLACK, Kind.WEBHOOK])
async def test_five_megabytes_are_not_kept(kind: Kind) -> None:
    """The code of success comes after them."""
    huge = b'{"note":"' + b"x" * 5_000_000 + b'","code":0,"errcode":0,"ok":true}'
    if kind is Kind.WEBHOOK:
        assert await sent(kind, whole(huge)) == ""
        return
    with pytest.raises(ChannelError) as caught:
        await sent(kind, whole(huge))
    assert len(caught.value.answer) <= 200


async def test_a_connection_that_ends_within_the_body_is_an_error() -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(OK + b'content-length: 400\r\n\r\n{"code":0}')

    with pytest.raises(ChannelError):
        await sent(Kind.FEISHU, answer)


@pytest.mark.parametrize("head", [b"", b"\r\n\r\n", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 2"])
async def test_an_answer_that_is_not_http_is_an_error(head: bytes) -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(head)

    with pytest.raises(ChannelError):
        await sent(Kind.WEBHOOK, answer)
