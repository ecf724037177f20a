"""Few of many callers proceed in each iteration of the event loop, in order."""

import asyncio
import contextlib
import functools

from creditcurve.turns import Turns

MOST = 3


async def iterations(count: int = 1) -> None:
    """Let the event loop make iterations."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_calls_beyond_the_limit_are_made_later_and_in_order() -> None:
    turns, made = Turns(MOST), list[int]()
    now = [turns.run(functools.partial(made.append, number)) for number in range(8)]
    assert (made, now) == ([0, 1, 2], [True] * 3 + [False] * 5)
    await iterations()
    assert made == [0, 1, 2, 3, 4, 5]
    await iterations()
    assert made == list(range(8))


async def test_a_later_call_overtakes_none_that_waits() -> None:
    turns, made = Turns(MOST), list[int]()
    for number in range(4):
        turns.run(functools.partial(made.append, number))
    assert not turns.run(functools.partial(made.append, 4))
    await iterations(2)
    assert made == [0, 1, 2, 3, 4]
    assert turns.run(functools.partial(made.append, 5))


async def test_tasks_take_turns_too() -> None:
    turns, made = Turns(MOST), list[int]()

    async def work(number: int) -> None:
        await turns.take()
        made.append(number)

    tasks = [asyncio.create_task(work(number)) for number in range(7)]
    sizes = []
    while len(made) < 7:
        await iterations()
        sizes.append(len(made))
    assert made == list(range(7))
    assert all(after - before <= MOST for before, after in zip([0, *sizes], sizes, strict=False))
    await asyncio.gather(*tasks)


async def test_a_cancelled_task_does_not_block_others() -> None:
    turns = Turns(1)
    assert turns.run(lambda: None)
    cancelled, other = asyncio.create_task(turns.take()), asyncio.create_task(turns.take())
    await iterations(0)
    cancelled.cancel()
    async with asyncio.timeout(5):
        await other
    with contextlib.suppress(asyncio.CancelledError):
        await cancelled
    assert cancelled.cancelled()
