"""Episodes that a rule would have had on past snapshots."""

from creditcurve.domain.alert import Kind, Rule, Snapshot
from creditcurve.domain.episode import State
from creditcurve.domain.replay import replayed

START_MS = 1_795_000_000_000
MINUTE_MS = 60_000
RULE = Rule(id="r", kind=Kind.BALANCE, below=100)


def snapshots(*balances: int | None) -> list[Snapshot]:
    """Return a snapshot each minute; None is an unknown balance."""
    return [
        Snapshot(now_ms=START_MS + number * 5 * MINUTE_MS, balance=balance)
        for number, balance in enumerate(balances)
    ]


def test_each_episode_is_found_with_its_times() -> None:
    first, second = replayed(RULE, snapshots(500, 50, 500, 500, 500, 40, 500, 500, 500)).episodes
    assert (first.since_ms, second.since_ms) == (
        START_MS + 5 * MINUTE_MS,
        START_MS + 25 * MINUTE_MS,
    )
    assert not first.is_open
    assert not second.is_open


def test_the_last_episode_may_be_open() -> None:
    (episode,) = replayed(RULE, snapshots(500, 50, 50)).episodes
    assert episode.is_open
    assert episode.state is State.FIRING


def test_a_value_that_is_unknown_begins_nothing() -> None:
    assert replayed(RULE, snapshots(None, 500, None)).episodes == ()


def test_an_episode_that_was_not_long_enough_yet_is_left_out() -> None:
    rule = Rule(id="r", kind=Kind.BALANCE, below=100, for_s=3_600)
    assert replayed(rule, snapshots(50, 50)).episodes == ()
