"""How each fault is played: small functions that write to a connection what no site should."""

import asyncio
import zlib
from collections.abc import Awaitable, Callable
from email.utils import formatdate, parsedate_to_datetime
from functools import cache
from typing import Final

import msgspec

from creditcurve.domain.instant import to_iso
from creditcurve.simulator.exchange import JSON, Exchange, Response
from creditcurve.simulator.history import Row, encoded

Play = Callable[[Exchange], Awaitable[None]]

RENEWED_TOKEN: Final = b"renewed.by-the-simulator"
_BOMB_MIB: Final = 300


def instead(status: int, body: bytes = b"", *headers: tuple[bytes, bytes]) -> Play:
    """Another answer."""

    async def play(exchange: Exchange) -> None:
        await exchange.respond(Response(status, body, headers))

    return play


def dressed(*set_cookies: bytes) -> Play:
    """The good answer, with ``Set-Cookie`` lines."""

    async def play(exchange: Exchange) -> None:
        lines = tuple((b"Set-Cookie", line) for line in set_cookies)
        good = exchange.good
        await exchange.respond(msgspec.structs.replace(good, headers=good.headers + lines))

    return play


def renewing(*set_cookies: bytes) -> Play:
    """The good answer, with ``Set-Cookie`` lines whose token is valid from now on."""
    dress = dressed(*set_cookies)

    async def play(exchange: Exchange) -> None:
        exchange.renew(RENEWED_TOKEN)
        await dress(exchange)

    return play


def with_body(change: Callable[[bytes], bytes], *headers: tuple[bytes, bytes]) -> Play:
    """The good answer with another body."""

    async def play(exchange: Exchange) -> None:
        good = exchange.good
        body = change(good.body)
        await exchange.respond(Response(good.status, body, good.headers + headers))

    return play


def with_rows(change: Callable[[list[Row]], bytes]) -> Play:
    """The good answer with other rows; where there is none, as it is."""

    async def play(exchange: Exchange) -> None:
        good = exchange.good
        body = change(exchange.rows) if exchange.rows else good.body
        await exchange.respond(msgspec.structs.replace(good, body=body))

    return play


def echoing(spell: Callable[[str], Response]) -> Play:
    """Another answer, which repeats the login of the request."""

    async def play(exchange: Exchange) -> None:
        cookie = (exchange.request.header(b"cookie") or b"").decode("latin-1")
        await exchange.respond(spell(cookie.partition("session-token=")[2].partition(";")[0]))

    return play


def echoing_rows(change: Callable[[list[Row], str], list[Row]]) -> Play:
    """The good answer with rows that repeat the cookie of the request."""

    async def play(exchange: Exchange) -> None:
        cookie = (exchange.request.header(b"cookie") or b"").decode("latin-1")
        body = encoded(change(exchange.rows, cookie)) if exchange.rows else exchange.good.body
        await exchange.respond(msgspec.structs.replace(exchange.good, body=body))

    return play


def spelled(field: str, literal: str) -> Play:
    """The good answer, but the newest row's ``field`` is spelled as ``literal``."""

    def change(rows: list[Row]) -> bytes:
        marked = encoded([rows[0] | {field: "@here@"}, *rows[1:]])
        return marked.replace(b'"@here@"', literal.encode(), 1)

    return with_rows(change)


def moved(shift_ms: int) -> Play:
    """The good answer, but the newest row was made at another time."""

    async def play(exchange: Exchange) -> None:
        now_ms = round(parsedate_to_datetime(exchange.date).timestamp() * 1000)
        await spelled("createdAt", f'"{to_iso(now_ms + shift_ms)}"')(exchange)

    return play


async def wait_until_http_date(exchange: Exchange) -> None:
    """429 with a date two minutes ahead."""
    now_s = parsedate_to_datetime(exchange.date).timestamp()
    later = formatdate(now_s + 120, usegmt=True).encode()
    await exchange.respond(Response(429, b"", ((b"Retry-After", later),)))


async def hang(exchange: Exchange) -> None:
    """Not a byte, for ever."""
    await asyncio.Event().wait()
    exchange.close()


async def slow_bytes(exchange: Exchange) -> None:
    """The good answer, byte by byte."""
    await exchange.drip(exchange.good.encoded(date=exchange.date))


async def slow_body(exchange: Exchange) -> None:
    """The good answer's head at once, its body byte by byte."""
    whole = exchange.good.encoded(date=exchange.date)
    head = whole[: len(whole) - len(exchange.good.body)]
    await exchange.send(head)
    await exchange.drip(exchange.good.body)


async def slow_headers(exchange: Exchange) -> None:
    """A header, and another, and never the body."""
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-Again: and again\r\n")
        await asyncio.sleep(exchange.pace_s)


async def endless_headers(exchange: Exchange) -> None:
    """As many headers as the line takes."""
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-Again: and again\r\n" * 500)


async def endless_body(exchange: Exchange) -> None:
    """As much white space as the line takes."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await exchange.send(b"10000\r\n" + b" " * 65_536 + b"\r\n")


async def cut_body(exchange: Exchange) -> None:
    """Half of what was announced, then the end."""
    good = exchange.good
    half = msgspec.structs.replace(good, body=good.body[: len(good.body) // 2])
    await exchange.respond(half, length=len(good.body))
    exchange.close()


async def reset_in_body(exchange: Exchange) -> None:
    """Half of what was announced, then a reset."""
    await cut_body(exchange)
    exchange.reset()


async def reset(exchange: Exchange) -> None:
    """A reset instead of an answer."""
    exchange.reset()


async def close(exchange: Exchange) -> None:
    """The end instead of an answer."""
    exchange.close()


async def stale(exchange: Exchange) -> None:
    """The good answer; the connection's next request is met by its end."""
    await exchange.respond(exchange.good)
    exchange.is_doomed = True


async def no_http(exchange: Exchange) -> None:
    """The greeting of some other protocol."""
    await exchange.send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    exchange.close()


async def gzip_bomb(exchange: Exchange) -> None:
    """See ``bomb``."""
    await exchange.respond(Response(200, bomb(), (JSON, (b"Content-Encoding", b"gzip"))))


@cache
def bomb() -> bytes:
    """300 kB of gzip that unpack to 300 MB of JSON's own white space."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    space = b" " * 1_048_576
    return b"".join(packer.compress(space) for _ in range(_BOMB_MIB)) + packer.flush()


def one_malformed(rows: list[Row]) -> bytes:
    """A row in the middle that is none."""
    middle = len(rows) // 2
    return encoded([*rows[:middle], {"id": "none", "note": "malformed"}, *rows[middle:]])


def all_malformed(rows: list[Row]) -> bytes:
    """Rows of a form that nobody has seen."""
    return encoded([{"uuid": str(row["id"]), "cost": row["creditsUsed"]} for row in rows])


def newest_changed(rows: list[Row]) -> bytes:
    """The newest row, with other credits and another status."""
    return encoded([rows[0] | {"creditsUsed": 1_000, "statusCode": 500}, *rows[1:]])


def late_row(rows: list[Row]) -> bytes:
    """A row that was made with the oldest, and is told of only now."""
    return encoded([*rows, rows[-1] | {"id": 1, "creditsUsed": 77}])


def row_left_out(rows: list[Row]) -> bytes:
    """The tenth newest row is kept back, though the chart counts it."""
    return encoded([*rows[:9], *rows[10:]])


def unknown_fields(rows: list[Row]) -> bytes:
    """Fields that nobody knows, in every row."""
    return encoded([row | {"cached": True, "tokens": {"in": 1.50, "out": []}} for row in rows])


def unknown_types(rows: list[Row]) -> bytes:
    """The newest row is of a type that nobody knows."""
    strange: Row = {"type": "GIFT", "endpoint": None, "model": None, "creditsUsed": -500}
    return encoded([rows[0] | strange, *rows[1:]])


def doubled_keys(body: bytes) -> bytes:
    """A name twice in the first row."""
    return body.replace(b'{"id"', b'{"id":1,"id"', 1)
