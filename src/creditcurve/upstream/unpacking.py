"""A body as it was before it was packed for the way, in small pieces and up to a bound.

No packing is asked for; a site that packs all the same is understood. The bound is on what comes
out, so that 300 kB that unpack to 300 MB cost neither memory nor time.
"""

import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import Final

from creditcurve.upstream.errors import ConnectionBrokenError, NotJsonError, TooLargeError

MAX_BODY_BYTES: Final = 8 * 1024 * 1024
_PIECE_BYTES: Final = 65_536
_WINDOW_BITS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""For ``zlib``: with a gzip header, or with zlib's own (RFC 9110 8.4.1)."""


class Unpacker:
    """Unpacks one body, piece by piece.

    Raises ``NotJsonError`` for a packing it does not know or that is damaged.
    """

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        self._zlib = None
        if name in _WINDOW_BITS:
            self._zlib = zlib.decompressobj(_WINDOW_BITS[name])
        elif name not in ("", "identity"):
            raise NotJsonError("The site packs its answer in a way that it was not asked for.")

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """What ``chunk`` unpacks to, in pieces of at most 64 KiB where it was packed."""
        if self._zlib is None:
            yield chunk
            return
        try:
            while chunk and not self._zlib.eof:
                yield self._zlib.decompress(chunk, _PIECE_BYTES)
                chunk = self._zlib.unconsumed_tail
        except zlib.error:
            raise NotJsonError("The site's packed answer is damaged.") from None

    def finish(self) -> bytes:
        """The rest, once everything was fed.

        Raises:
            ConnectionBrokenError: the packed body ends before its own end.
        """
        if self._zlib is None:
            return b""
        rest = self._zlib.flush()
        if not self._zlib.eof:
            raise ConnectionBrokenError
        return rest


async def read_whole(chunks: AsyncIterator[bytes], encoding: str) -> bytes:
    """The whole body.

    Raises:
        TooLargeError: it is larger than 8 MiB; the rest was not read.
    """
    body = bytearray()
    async with aclosing(_unpacked(chunks, encoding)) as pieces:
        async for piece in pieces:
            body += piece
            if len(body) > MAX_BODY_BYTES:
                raise TooLargeError
    return bytes(body)


async def read_start(chunks: AsyncIterator[bytes], encoding: str, limit: int) -> bytes:
    """The first ``limit`` bytes of the body, or all where it is shorter."""
    body = bytearray()
    async with aclosing(_unpacked(chunks, encoding)) as pieces:
        async for piece in pieces:
            body += piece
            if len(body) >= limit:
                break
    return bytes(body[:limit])


async def _unpacked(chunks: AsyncIterator[bytes], encoding: str) -> AsyncGenerator[bytes, None]:
    unpacker = Unpacker(encoding)
    async for chunk in chunks:
        for piece in unpacker.feed(chunk):
            yield piece
    yield unpacker.finish()
