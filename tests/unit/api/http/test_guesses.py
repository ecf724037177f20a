"""Wrong keys are counted and slow further wrong ones down; a correct one passes at once."""

import asyncio

import pytest

from creditcurve.api.http.access import Access
from creditcurve.api.http.guesses import (
    CLIENT_DELAY_S,
    MAX_PER_CLIENT,
    MAX_TOTAL,
    RAPID_S,
    TOTAL_DELAY_S,
    WINDOW_S,
    Guesses,
)
from creditcurve.api.http.problems import ProblemError
from creditcurve.api.http.sessions import Links, Sessions
from creditcurve.domain.secret import Secret
from support.clocks import HandClock

KEY = "made-up access key"


class Door:
    """An access object whose waits are recorded instead of slept."""

    def __init__(self) -> None:
        self.clock = HandClock(1_764_000_000_000)
        self.waits: list[float] = []
        self.sessions = Sessions(b"key", self.clock, cookie="session")
        self.access = Access(
            Secret.of(KEY),
            "local token",
            sessions=self.sessions,
            links=Links(self.clock),
            guesses=Guesses(self.clock, sleep=self._sleep),
        )

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def attempt(self, key: str, client: str = "192.0.2.1") -> int:
        """Return the status with which a bearer is answered."""
        try:
            await self.access.authorize(bearer=key.encode(), session=None, client=client)
        except ProblemError as problem:
            return problem.view.status
        return 200


@pytest.fixture
def door() -> Door:
    return Door()


async def test_wrong_keys_of_a_client_are_slowed_after_ten(door: Door) -> None:
    answers = [await door.attempt("guess") for _ in range(MAX_PER_CLIENT)]
    assert (set(answers), door.waits) == ({401}, [])
    assert await door.attempt("guess") == 429
    assert door.waits == [CLIENT_DELAY_S]


async def test_the_addresses_of_one_ipv6_network_are_one_client(door: Door) -> None:
    for number in range(MAX_PER_CLIENT):
        assert await door.attempt("guess", f"2001:db8:1:2::{number:x}") == 401
    assert await door.attempt("guess", "2001:db8:1:2:ffff::1") == 429
    assert await door.attempt("guess", "2001:db8:1:3::1") == 401


async def test_an_ipv4_address_is_one_client_in_either_form(door: Door) -> None:
    for _ in range(MAX_PER_CLIENT):
        await door.attempt("guess", "::ffff:192.0.2.1")
    assert await door.attempt("guess", "192.0.2.1") == 429
    assert await door.attempt("guess", "192.0.2.2") == 401


async def test_the_correct_key_does_not_wait_for_the_wrong_ones_of_its_address(door: Door) -> None:
    """Behind a proxy, or on a machine of several people, all clients have one address."""
    for _ in range(3 * MAX_PER_CLIENT):
        await door.attempt("guess")
        door.clock.advance(2 * RAPID_S / MAX_PER_CLIENT)
    door.waits.clear()
    assert await door.attempt(KEY) == 200
    assert door.waits == []
    assert await door.attempt("guess") == 429


async def test_a_client_that_ignores_slow_answers_tries_no_more_keys(door: Door) -> None:
    """It would send hundreds at once, and take the one answer that comes early as the key's."""
    for _ in range(MAX_PER_CLIENT):
        await door.attempt("guess")
    assert await door.attempt(KEY) == 200
    assert door.waits == [CLIENT_DELAY_S]
    door.clock.advance(RAPID_S)
    assert await door.attempt(KEY) == 200
    assert door.waits == [CLIENT_DELAY_S]


async def test_a_wrong_key_counts_before_its_slow_answer_is_sent() -> None:
    """Else those that wait at the same time would not count against each other."""
    clock, is_over = HandClock(1_764_000_000_000), asyncio.Event()

    async def sleep(_: float) -> None:
        await is_over.wait()

    guesses = Guesses(clock, sleep=sleep)
    for _ in range(MAX_PER_CLIENT):
        await guesses.attempt("192.0.2.1", is_right=False)
    clock.advance(RAPID_S)
    wrong = [
        asyncio.create_task(guesses.attempt("192.0.2.1", is_right=False))
        for _ in range(MAX_PER_CLIENT)
    ]
    await asyncio.sleep(0)
    right = asyncio.create_task(guesses.attempt("192.0.2.1", is_right=True))
    await asyncio.sleep(0)
    assert not right.done()
    is_over.set()
    await asyncio.gather(*wrong, right)


async def test_many_wrong_keys_of_many_clients_slow_every_wrong_one(door: Door) -> None:
    for number in range(MAX_TOTAL):
        await door.attempt("guess", f"192.0.2.{number}")
    assert await door.attempt("guess", "198.51.100.1") == 401
    assert await door.attempt(KEY, "198.51.100.2") == 200
    assert door.waits == [TOTAL_DELAY_S] * 2
    door.clock.advance(RAPID_S)
    assert await door.attempt(KEY, "198.51.100.2") == 200
    assert door.waits == [TOTAL_DELAY_S] * 2


async def test_a_minute_later_nothing_is_slowed(door: Door) -> None:
    for _ in range(MAX_PER_CLIENT):
        await door.attempt("guess")
    door.clock.advance(WINDOW_S)
    assert await door.attempt("guess") == 401
    assert door.waits == []


async def test_the_local_token_and_sessions_never_wait(door: Door) -> None:
    for _ in range(MAX_PER_CLIENT + 1):
        await door.attempt("guess")
    door.waits.clear()
    assert await door.attempt("local token") == 200
    await door.access.authorize(
        bearer=None, session=door.sessions.open(needs_proof=False), client="192.0.2.1"
    )
    assert door.waits == []


async def test_a_call_without_a_key_is_not_counted_as_a_guess(door: Door) -> None:
    for _ in range(MAX_PER_CLIENT + 1):
        with pytest.raises(ProblemError):
            await door.access.authorize(bearer=None, session=None, client="192.0.2.1")
    assert await door.attempt("guess") == 401
