"""Each kind of channel against a receiver that speaks its protocol."""

import asyncio
import gzip
import socket

import pytest

from creditcurve.channels import ChannelError, Kind, Message, Target, check, send
from creditcurve.channels.http import ChannelHttp
from creditcurve.domain.secret import Secret
from support.receivers import ADDRESSES, BODY_MARK, PROTOCOLS, SECRET, Receiver, receiver

NOW_MS = 1_795_000_000_000
LONG = "信用" * 3_000
MESSAGE = Message(
    id="episode-7-fired",
    at_ms=NOW_MS,
    title="Balance below 800 · 余额低于 800",
    text="Opus 4.5 spent 1,200 credits since 02:10 <b>&amp;",
    link="http://127.0.0.1:8080/?from=1",
    data={"kind": "balance"},
)
HTTP_KINDS = list(PROTOCOLS)
IN_ADDRESS = {Kind.WECOM, Kind.BARK, Kind.SLACK, Kind.DISCORD}


def target(kind: Kind, running: Receiver, secret: str = SECRET) -> Target:
    """Return the channel of a kind at a receiver."""
    url = running.url + ADDRESSES[kind].format(secret=secret)
    return Target(kind=kind, url=url, secret=None if kind in IN_ADDRESS else Secret.of(secret))


@pytest.mark.parametrize("kind", HTTP_KINDS)
async def test_a_message_is_accepted(kind: Kind) -> None:
    with receiver(kind) as running:
        answer = await send(target(kind, running), MESSAGE, ChannelHttp(), now_ms=NOW_MS)
    assert 200 <= answer.status < 300
    assert "1,200" in running.received[0].body.decode()
    assert BODY_MARK not in answer.answer


@pytest.mark.parametrize("kind", HTTP_KINDS)
async def test_a_wrong_secret_is_an_error_that_does_not_repeat_it(kind: Kind) -> None:
    """Most of these services report a failure with status 200 and a code in the body."""
    with receiver(kind) as running:
        wrong = target(kind, running, "wr0ng-t0ken")
        with pytest.raises(ChannelError) as caught:
            await send(wrong, MESSAGE, ChannelHttp(), now_ms=NOW_MS)
    assert caught.value.answer
    assert "wr0ng" not in caught.value.answer
    assert BODY_MARK not in caught.value.answer


@pytest.mark.parametrize("kind", HTTP_KINDS)
@pytest.mark.parametrize("answer", [(200, BODY_MARK), (500, BODY_MARK), (302, "http://127.0.0.1/")])
async def test_another_answer_is_a_failure_and_is_not_repeated(
    kind: Kind, answer: tuple[int, str]
) -> None:
    with receiver(kind) as running:
        running.answer = lambda _request: answer
        if kind is Kind.WEBHOOK and answer[0] == 200:
            found = await send(target(kind, running), MESSAGE, ChannelHttp(), now_ms=NOW_MS)
            assert found.answer == ""
            return
        with pytest.raises(ChannelError) as caught:
            await send(target(kind, running), MESSAGE, ChannelHttp(), now_ms=NOW_MS)
        assert len(running.received) == 1
    assert BODY_MARK not in caught.value.answer


@pytest.mark.parametrize("kind", HTTP_KINDS)
async def test_a_long_message_is_accepted(kind: Kind) -> None:
    long = Message(id="1", at_ms=NOW_MS, title=LONG[:100], text=LONG)
    with receiver(kind) as running:
        await send(target(kind, running), long, ChannelHttp(), now_ms=NOW_MS)


@pytest.mark.parametrize(
    ("kind", "path", "answer"),
    [
        (Kind.TELEGRAM, "/?chat_id=busy", "429 Too Many Requests"),
        (Kind.WXPUSHER, "/?uid=UID_gone", "1001 用户未关注应用"),
        (Kind.TELEGRAM, "/", "chat_id"),
        (Kind.WXPUSHER, "/", "uid"),
    ],
)
async def test_an_error_of_the_protocol_is_reported(kind: Kind, path: str, answer: str) -> None:
    with receiver(kind) as running:
        channel = Target(kind=kind, url=running.url + path, secret=Secret.of(SECRET))
        with pytest.raises(ChannelError, match=answer) as caught:
            await send(channel, MESSAGE, ChannelHttp(), now_ms=NOW_MS)
    if "busy" in path:
        assert caught.value.retry_after_s == 7


@pytest.mark.parametrize(
    ("kind", "answer", "is_final"),
    [
        (Kind.FEISHU, (200, {"code": 19021, "msg": "sign match fail"}), True),
        (Kind.FEISHU, (200, {"code": 19024, "msg": "Key Words Not Found"}), True),
        (Kind.FEISHU, (200, {"code": 11232, "msg": "frequency limited"}), False),
        (Kind.WECOM, (200, {"errcode": 93000, "errmsg": "invalid webhook url"}), True),
        (Kind.WECOM, (200, {"errcode": 45009, "errmsg": "api freq out of limit"}), False),
        (Kind.DINGTALK, (200, {"errcode": 310000, "errmsg": "keywords not in content"}), True),
        (Kind.DINGTALK, (200, {"errcode": 130101, "errmsg": "send too fast"}), False),
        (Kind.SERVERCHAN, (200, {"code": 40001, "message": "bad pushtoken"}), True),
        (Kind.PUSHPLUS, (200, {"code": 903, "msg": "无效的用户令牌"}), True),
        (Kind.PUSHPLUS, (200, {"code": 500, "msg": "服务器异常"}), False),
        (Kind.BARK, (400, {"code": 400, "message": "failed to get device token"}), True),
        (Kind.NTFY, (507, {"code": 50701, "error": "insufficient storage"}), False),
        (Kind.SLACK, (404, "channel_not_found"), True),
        (Kind.WEBHOOK, (410, ""), True),
        (Kind.WEBHOOK, (503, ""), False),
    ],
)
async def test_only_errors_that_last_are_final(
    kind: Kind, answer: tuple[int, object], is_final: bool
) -> None:
    with receiver(kind) as running:
        running.answer = lambda _request: answer
        with pytest.raises(ChannelError) as caught:
            await send(target(kind, running), MESSAGE, ChannelHttp(), now_ms=NOW_MS)
    assert caught.value.is_final == is_final


async def test_the_wait_that_a_body_asks_for_is_kept() -> None:
    limited = {"message": "You are being rate limited.", "retry_after": 1.5, "global": False}
    with receiver(Kind.DISCORD) as running:
        running.answer = lambda _request: (429, limited)
        with pytest.raises(ChannelError) as caught:
            await send(target(Kind.DISCORD, running), MESSAGE, ChannelHttp(), now_ms=NOW_MS)
    assert caught.value.retry_after_s == 1.5


@pytest.mark.parametrize(("header", "wait_s"), [("120", 120), ("soon", None), ("-5", None)])
async def test_the_wait_that_a_header_asks_for_is_kept(header: str, wait_s: int | None) -> None:
    with receiver(Kind.WEBHOOK) as running:
        running.answer = lambda _request: (429, "")
        running.headers = {"retry-after": header}
        with pytest.raises(ChannelError) as caught:
            await send(target(Kind.WEBHOOK, running), MESSAGE, ChannelHttp(), now_ms=NOW_MS)
    assert caught.value.retry_after_s == wait_s


async def test_a_receiver_that_is_down_is_an_error() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/{SECRET}"
        with pytest.raises(ChannelError) as caught:
            await send(Target(kind=Kind.BARK, url=url), MESSAGE, ChannelHttp(), now_ms=NOW_MS)
    assert not caught.value.is_final
    assert SECRET not in caught.value.answer


@pytest.mark.parametrize(
    "url",
    [
        "https://192.168.1.5/x",
        "https://10.0.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/x",
        "https://[::ffff:192.168.1.5]/x",
        "https://[64:ff9b::a00:1]/x",
        "https://[2002:a00:1::]/x",
        "https://[::a00:1]/x",
        "https://[fec0::1]/x",
        "https://0.0.0.0/x",
        "http://8.8.8.8/x",
    ],
)
async def test_no_other_private_address_and_no_plain_http_is_reached(url: str) -> None:
    with pytest.raises(ChannelError) as caught:
        await send(Target(kind=Kind.WEBHOOK, url=url), MESSAGE, ChannelHttp(), now_ms=NOW_MS)
    assert "not public" in caught.value.answer


async def test_a_compressed_answer_is_not_unpacked() -> None:
    """Forty megabytes of zeros, in forty kilobytes."""
    packed = gzip.compress(bytes(40_000_000))

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"{}")
        head = f"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {len(packed)}\r\n\r\n"
        writer.write(head.encode() + packed)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        reply = await ChannelHttp().post(f"http://127.0.0.1:{port}/", b"{}")
    assert reply.body == packed


@pytest.mark.parametrize(
    "target_",
    [
        Target(kind=Kind.BARK, url="ftp://api.day.app/x"),
        Target(kind=Kind.BARK, url="https://"),
        Target(kind=Kind.BARK, url="https://a:b:c/"),
        Target(kind=Kind.MAIL, url="https://mail.example"),
        Target(kind=Kind.TELEGRAM, url="https://api.telegram.org/?chat_id=1"),
    ],
)
def test_an_address_that_cannot_work_is_refused_before_it_is_stored(target_: Target) -> None:
    with pytest.raises(ChannelError):
        check(target_)


def test_a_target_shows_neither_address_nor_secret() -> None:
    shown = repr(Target(kind=Kind.BARK, url=f"https://api.day.app/{SECRET}"))
    assert SECRET not in shown
