"""A few downloads run at a time, in small pieces."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from creditcurve.api.http.downloads import AT_ONCE, PIECE_BYTES, Downloads


async def _chunks(*sizes: int) -> AsyncIterator[bytes]:
    for size in sizes:
        yield b"x" * size


async def test_a_chunk_is_cut_into_pieces() -> None:
    pieces = [piece async for piece in Downloads().limited(_chunks(3 * PIECE_BYTES + 1, 5))]
    assert [len(piece) for piece in pieces] == [PIECE_BYTES, PIECE_BYTES, PIECE_BYTES, 1, 5]


async def test_a_further_download_waits_until_one_has_ended() -> None:
    downloads = Downloads()
    running = [downloads.limited(_chunks(1, 1)) for _ in range(AT_ONCE)]
    for one in running:
        await anext(one)
    further = asyncio.ensure_future(anext(downloads.limited(_chunks(7))))
    for _ in range(10):
        await asyncio.sleep(0)
    assert not further.done()
    assert [len(piece) async for piece in running[0]] == [1]
    assert len(await further) == 7


async def test_an_abandoned_download_ends_its_turn() -> None:
    downloads = Downloads()
    for _ in range(3 * AT_ONCE):
        async with contextlib.aclosing(downloads.limited(_chunks(1, 1))) as given_up:
            await anext(given_up)
    assert len([piece async for piece in downloads.limited(_chunks(1))]) == 1
