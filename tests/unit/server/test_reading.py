"""A client that does not read is disconnected; a slow one is not."""

from collections.abc import Callable

from creditcurve.server.reading import MIN_BYTES, ReadWatch


class _Timers:
    """Scheduled calls that the test makes."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], None]] = []

    def call_later(self, _delay_s: float, call: Callable[[int], None], argument: int) -> "_Timers":
        self.calls.append(lambda: call(argument))
        return self

    def cancel(self) -> None:
        self.calls.clear()

    def fire(self) -> None:
        """Make the scheduled call."""
        self.calls.pop()()


def watch(waiting: list[int]) -> tuple[_Timers, list[str]]:
    """Start a watch on a number of bytes; return its timers, and what happened."""
    timers, happened = _Timers(), list[str]()
    ReadWatch(
        call_later=timers.call_later,
        waiting_bytes=lambda: waiting[0],
        on_stalled=lambda: happened.append("stalled"),
    ).start()
    return timers, happened


def test_a_client_that_reads_nothing_is_disconnected() -> None:
    timers, happened = watch([100_000])
    timers.fire()
    assert happened == ["stalled"]
    assert not timers.calls


def test_a_slow_client_is_kept_as_long_as_it_reads() -> None:
    waiting = [100_000]
    timers, happened = watch(waiting)
    for _ in range(5):
        waiting[0] -= MIN_BYTES
        timers.fire()
    assert happened == []
    waiting[0] -= MIN_BYTES - 1
    timers.fire()
    assert happened == ["stalled"]
