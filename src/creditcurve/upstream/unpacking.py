"""Decompress a body in small pieces, up to a limit.

No compression is requested, but a site may compress regardless. The limit is on the output, so that
300 kB that unpack to 300 MB cost neither memory nor time.
"""

import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import Final

from creditcurve.upstream.errors import ConnectionBrokenError, NotJsonError, TooLargeError

MAX_BODY_BYTES: Final = 8 * 1024 * 1024
_PIECE_BYTES: Final = 65_536
_WINDOW_BITS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""For ``zlib``: a gzip header, or zlib's own (RFC 9110 8.4.1)."""


class Unpacker:
    """Decompresses one body, piece by piece.

    Raises ``NotJsonError`` for an unknown encoding or a damaged body.
    """

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        self._zlib = None
        if name in _WINDOW_BITS:
            self._zlib = zlib.decompressobj(_WINDOW_BITS[name])
        elif name not in ("", "identity"):
            raise NotJsonError("The site's answer has an unknown compression.")

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Return the decompressed chunk, in pieces of at most 64 KiB if it was compressed."""
        if self._zlib is None:
            yield chunk
            return
        try:
            while chunk and not self._zlib.eof:
                yield self._zlib.decompress(chunk, _PIECE_BYTES)
                chunk = self._zlib.unconsumed_tail
        except zlib.error:
            raise NotJsonError("The site's compressed answer is damaged.") from None

    def finish(self) -> bytes:
        """Return the rest after the last chunk.

        Raises:
            ConnectionBrokenError: the compressed body is incomplete.
        """
        if self._zlib is None:
            return b""
        rest = self._zlib.flush()
        if not self._zlib.eof:
            raise ConnectionBrokenError
        return rest


async def read_whole(chunks: AsyncIterator[bytes], encoding: str) -> bytes:
    """Return the complete body.

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
    """Return the first ``limit`` bytes of the body."""
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
