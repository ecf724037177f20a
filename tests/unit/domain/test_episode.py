"""Episodes: one message for each, whatever the value does around its thresholds."""

from collections.abc import Iterable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.alert import Kind, Rule, Verdict
from creditcurve.domain.episode import (
    MAX_DIP_S,
    Episode,
    Notice,
    State,
    ended,
    snoozed,
    step,
)
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS

START_MS = 1_795_000_000_000
RULE = Rule(id="r", kind=Kind.BALANCE, below=100)
BAD = Verdict(value=90, fires=True, recovers=False, is_low_bad=True)
BETWEEN = Verdict(value=105, fires=False, recovers=False, is_low_bad=True)
GOOD = Verdict(value=200, fires=False, recovers=True, is_low_bad=True)
UNKNOWN = None
VERDICTS = st.sampled_from([BAD, BETWEEN, GOOD, UNKNOWN])


def play(
    verdicts: Iterable[Verdict | None], rule: Rule = RULE, *, every_s: int = 60
) -> tuple[Episode | None, list[Notice]]:
    """Return the last episode and all notices of verdicts that come at an interval."""
    episode, notices = None, []
    for number, verdict in enumerate(verdicts):
        result = step(episode, rule, verdict, START_MS + number * every_s * 1000)
        episode = result.episode if result.episode and result.episode.is_open else None
        if result.notice:
            notices.append(result.notice)
    return episode, notices


def test_an_episode_fires_once_and_ends_with_one_message() -> None:
    _, notices = play([BAD] * 5 + [GOOD] * 7)
    assert notices == [Notice.FIRED, Notice.RECOVERED]


def test_a_value_between_the_thresholds_ends_nothing() -> None:
    episode, notices = play([BAD, BETWEEN] * 20)
    assert notices == [Notice.FIRED]
    assert episode is not None
    assert episode.state is State.FIRING


def test_a_short_dip_is_the_same_episode() -> None:
    dip = [GOOD] * (MAX_DIP_S // 60 - 1)
    _, notices = play([BAD, *dip, BAD, *dip, BAD])
    assert notices == [Notice.FIRED]


def test_nothing_fires_before_the_minimum_duration() -> None:
    rule = msgspec.structs.replace(RULE, for_s=180)
    assert play([BAD, BAD, BAD, BETWEEN, BAD, BAD], rule)[1] == []
    assert play([BAD] * 4, rule)[1] == [Notice.FIRED]


def test_an_unknown_value_neither_fires_nor_ends() -> None:
    assert play([UNKNOWN] * 10) == (None, [])
    episode, notices = play([BAD] + [UNKNOWN] * 100)
    assert notices == [Notice.FIRED]
    assert episode is not None


def test_a_repetition_comes_at_its_interval_and_not_while_snoozed() -> None:
    rule = msgspec.structs.replace(RULE, repeat_s=600)
    episode, notices = play([BAD] * 21, rule)
    assert notices == [Notice.FIRED, Notice.REPEATED, Notice.REPEATED]
    assert episode is not None
    silent = snoozed(episode, START_MS + HOUR_MS)
    assert step(silent, rule, BAD, START_MS + HOUR_MS - 1).notice is None
    assert step(silent, rule, BAD, START_MS + HOUR_MS).notice is Notice.REPEATED


def test_the_peak_is_the_value_farthest_beyond() -> None:
    values = [90, 20, 60]
    episode, _ = play([msgspec.structs.replace(BAD, value=value) for value in values])
    assert episode is not None
    assert (episode.value, episode.peak) == (60, 20)


def test_a_clock_that_was_set_back_does_not_stop_an_episode() -> None:
    rule = msgspec.structs.replace(RULE, for_s=60)
    pending = step(None, rule, BAD, START_MS).episode
    back = step(pending, rule, BAD, START_MS - HOUR_MS)
    assert back.notice is None
    fired = step(back.episode, rule, BAD, START_MS - HOUR_MS + MINUTE_MS)
    assert fired.notice is Notice.FIRED


def test_an_episode_whose_rule_is_gone_ends_without_a_message() -> None:
    episode, _ = play([BAD])
    assert episode is not None
    assert ended(episode, START_MS + 1).state is State.OVER


@given(st.lists(VERDICTS, max_size=200), st.sampled_from([0, 120, 600]))
def test_messages_alternate_and_only_known_values_change_anything(
    verdicts: list[Verdict | None], for_s: int
) -> None:
    rule = msgspec.structs.replace(RULE, for_s=for_s)
    _, notices = play(verdicts, rule)
    expected = [Notice.FIRED, Notice.RECOVERED] * len(notices)
    assert notices == expected[: len(notices)]
    known = [verdict for verdict in verdicts if verdict is not None]
    if BAD not in known:
        assert notices == []


@pytest.mark.parametrize("state", [State.PENDING, State.FIRING, State.RECOVERING])
def test_an_episode_survives_encoding(state: State) -> None:
    episode, _ = play([BAD])
    assert episode is not None
    kept = msgspec.structs.replace(episode, state=state)
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Episode) == kept
