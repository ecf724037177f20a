"""The effects of faults: small functions that write malformed answers to a connection."""

import asyncio
import gzip
import struct
import zlib
from collections.abc import Awaitable, Callable
from email.utils import formatdate, parsedate_to_datetime
from functools import cache
from typing import Final

import msgspec

from creditcurve.domain.instant import to_iso
from creditcurve.simulator.history import Row, encoded
from creditcurve.simulator.http import JSON, Response
from support.site.exchange import Exchange

Effect = Callable[[Exchange], Awaitable[None]]

RENEWED_TOKEN: Final = b"renewed.by-the-simulator"
_BOMB_MIB: Final = 300


def instead(status: int, body: bytes = b"", *headers: tuple[bytes, bytes]) -> Effect:
    """Send another answer."""

    async def effect(exchange: Exchange) -> None:
        await exchange.respond(Response(status, body, headers))

    return effect


def with_set_cookies(*set_cookies: bytes) -> Effect:
    """Send the good answer with ``Set-Cookie`` lines."""

    async def effect(exchange: Exchange) -> None:
        lines = tuple((b"Set-Cookie", line) for line in set_cookies)
        good = exchange.good
        await exchange.respond(msgspec.structs.replace(good, headers=good.headers + lines))

    return effect


def renewing(*set_cookies: bytes) -> Effect:
    """Send the good answer with ``Set-Cookie`` lines and accept their token from now on."""
    answer = with_set_cookies(*set_cookies)

    async def effect(exchange: Exchange) -> None:
        exchange.renew(RENEWED_TOKEN)
        await answer(exchange)

    return effect


def with_body(change: Callable[[bytes], bytes], *headers: tuple[bytes, bytes]) -> Effect:
    """Send the good answer with another body."""

    async def effect(exchange: Exchange) -> None:
        good = exchange.good
        body = change(good.body)
        await exchange.respond(Response(good.status, body, good.headers + headers))

    return effect


def with_rows(change: Callable[[list[Row]], bytes]) -> Effect:
    """Send the good answer with other rows; without rows it is unchanged."""

    async def effect(exchange: Exchange) -> None:
        good = exchange.good
        body = change(exchange.rows) if exchange.rows else good.body
        await exchange.respond(msgspec.structs.replace(good, body=body))

    return effect


def echoing(spell: Callable[[str], Response]) -> Effect:
    """Send another answer, which repeats the login of the request."""

    async def effect(exchange: Exchange) -> None:
        cookie = (exchange.request.header(b"cookie") or b"").decode("latin-1")
        await exchange.respond(spell(cookie.partition("session-token=")[2].partition(";")[0]))

    return effect


def echoing_rows(change: Callable[[list[Row], str], list[Row]]) -> Effect:
    """Send the good answer with rows that repeat the cookie of the request."""

    async def effect(exchange: Exchange) -> None:
        cookie = (exchange.request.header(b"cookie") or b"").decode("latin-1")
        body = encoded(change(exchange.rows, cookie)) if exchange.rows else exchange.good.body
        await exchange.respond(msgspec.structs.replace(exchange.good, body=body))

    return effect


def spelled(field: str, literal: str) -> Effect:
    """Send the good answer with ``literal`` as the newest row's ``field``."""

    def change(rows: list[Row]) -> bytes:
        marked = encoded([rows[0] | {field: "@here@"}, *rows[1:]])
        return marked.replace(b'"@here@"', literal.encode(), 1)

    return with_rows(change)


def moved(shift_ms: int) -> Effect:
    """Send the good answer with another time in the newest row."""

    async def effect(exchange: Exchange) -> None:
        now_ms = round(parsedate_to_datetime(exchange.date).timestamp() * 1000)
        await spelled("createdAt", f'"{to_iso(now_ms + shift_ms)}"')(exchange)

    return effect


async def wait_until_http_date(exchange: Exchange) -> None:
    """Send 429 with a date two minutes ahead."""
    now_s = parsedate_to_datetime(exchange.date).timestamp()
    later = formatdate(now_s + 120, usegmt=True).encode()
    await exchange.respond(Response(429, b"", ((b"Retry-After", later),)))


async def hang(exchange: Exchange) -> None:
    """Never send a byte."""
    await asyncio.Event().wait()
    exchange.close()


async def slow_bytes(exchange: Exchange) -> None:
    """Send the good answer byte by byte."""
    await exchange.drip(exchange.good.encoded(date=exchange.date))


async def slow_body(exchange: Exchange) -> None:
    """Send the good answer's head at once, its body byte by byte."""
    whole = exchange.good.encoded(date=exchange.date)
    head = whole[: len(whole) - len(exchange.good.body)]
    await exchange.send(head)
    await exchange.drip(exchange.good.body)


async def slow_headers(exchange: Exchange) -> None:
    """Send headers without end, one at a time."""
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-Again: and again\r\n")
        await asyncio.sleep(exchange.pace_s)


async def endless_headers(exchange: Exchange) -> None:
    """Send headers without end, as fast as possible."""
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-Again: and again\r\n" * 500)


async def endless_body(exchange: Exchange) -> None:
    """Send a body of white space without end."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await exchange.send(b"10000\r\n" + b" " * 65_536 + b"\r\n")


async def cut_body(exchange: Exchange) -> None:
    """Send half of the announced body, then close."""
    good = exchange.good
    half = msgspec.structs.replace(good, body=good.body[: len(good.body) // 2])
    await exchange.respond(half, length=len(good.body))
    exchange.close()


async def reset_in_body(exchange: Exchange) -> None:
    """Send half of the announced body, then reset."""
    await cut_body(exchange)
    exchange.reset()


async def reset(exchange: Exchange) -> None:
    """Reset the connection instead of an answer."""
    exchange.reset()


async def close(exchange: Exchange) -> None:
    """Close the connection instead of an answer."""
    exchange.close()


async def stale(exchange: Exchange) -> None:
    """Send the good answer; close the connection at its next request."""
    await exchange.respond(exchange.good)
    exchange.closes_on_next = True


async def no_http(exchange: Exchange) -> None:
    """Send the greeting of another protocol."""
    await exchange.send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    exchange.close()


async def gzip_bomb(exchange: Exchange) -> None:
    """Send ``bomb()``."""
    await exchange.respond(Response(200, bomb(), (JSON, (b"Content-Encoding", b"gzip"))))


@cache
def bomb() -> bytes:
    """Return 300 kB of gzip that unpack to 300 MB of white space."""
    space = b" " * 1_048_576
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # After a full flush, equal blocks are packed as equal bytes: one is enough.
    packed = packer.compress(space) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(_BOMB_MIB):
        checksum = zlib.crc32(space, checksum)
    head = gzip.compress(b"")[:10]
    trailer = struct.pack("<II", checksum, _BOMB_MIB * len(space))
    return head + packed * _BOMB_MIB + packer.flush() + trailer


def one_malformed(rows: list[Row]) -> bytes:
    """Insert a malformed row in the middle."""
    middle = len(rows) // 2
    return encoded([*rows[:middle], {"id": "none", "note": "malformed"}, *rows[middle:]])


def all_malformed(rows: list[Row]) -> bytes:
    """Return rows of an unknown form."""
    return encoded([{"uuid": str(row["id"]), "cost": row["creditsUsed"]} for row in rows])


def newest_changed(rows: list[Row]) -> bytes:
    """Change credits and status of the newest row."""
    return encoded([rows[0] | {"creditsUsed": 1_000, "statusCode": 500}, *rows[1:]])


def late_row(rows: list[Row]) -> bytes:
    """Add an old row that was not in earlier answers."""
    return encoded([*rows, rows[-1] | {"id": 1, "creditsUsed": 77}])


def row_left_out(rows: list[Row]) -> bytes:
    """Omit the tenth newest row, though the chart counts it."""
    return encoded([*rows[:9], *rows[10:]])


def unknown_fields(rows: list[Row]) -> bytes:
    """Add unknown fields to every row."""
    return encoded([row | {"cached": True, "tokens": {"in": 1.50, "out": []}} for row in rows])


def unknown_types(rows: list[Row]) -> bytes:
    """Give the newest row an unknown type."""
    unknown: Row = {"type": "GIFT", "endpoint": None, "model": None, "creditsUsed": -500}
    return encoded([rows[0] | unknown, *rows[1:]])


def doubled_keys(body: bytes) -> bytes:
    """Repeat a name in the first row."""
    return body.replace(b'{"id"', b'{"id":1,"id"', 1)
