"""Silence: counted while polls were made, and ended only by a poll."""

import pytest

from creditcurve.domain.episode import Episode, State
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.domain.silence import silent_since_ms

NOW = 1_795_000_000_000
MINUTES = 30


def since(last_success_ms: int | None, *, state: State | None = None, began_ms: int = NOW) -> int:
    """Return since when silence counts; polls have been made for an hour."""
    episode = None
    if state is not None:
        episode = Episode(
            rule="r", state=state, since_ms=began_ms, changed_ms=began_ms, value=31, peak=31
        )
    return silent_since_ms(
        last_success_ms,
        episode=episode,
        minutes=MINUTES,
        watched_since_ms=NOW - HOUR_MS,
        now_ms=NOW,
    )


@pytest.mark.parametrize("last_success_ms", [None, NOW - 2 * HOUR_MS, NOW + HOUR_MS])
def test_only_watched_time_counts(last_success_ms: int | None) -> None:
    """The last success may be unknown, from before, or of a clock that was set back."""
    assert since(last_success_ms) == NOW - HOUR_MS


def test_a_success_restarts_it() -> None:
    assert since(NOW - MINUTE_MS) == NOW - MINUTE_MS


@pytest.mark.parametrize("state", [State.PENDING, State.FIRING])
@pytest.mark.parametrize("began_ms", [NOW, NOW - HOUR_MS, NOW + 1_000])
def test_an_open_episode_continues_when_the_clock_changes(state: State, began_ms: int) -> None:
    assert NOW - since(NOW + HOUR_MS, state=state, began_ms=began_ms) > MINUTES * MINUTE_MS
