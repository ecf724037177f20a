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
    step,
)
from creditcurve.domain.episode.values import shifted
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS

START_MS = 1_795_000_000_000
RULE = Rule(id="r", kind=Kind.BALANCE, below=100)
BAD = Verdict(value=90, fires=True, recovers=False, is_low_bad=True)
BETWEEN = Verdict(value=105, fires=False, recovers=False, is_low_bad=True)
GOOD = Verdict(value=200, fires=False, recovers=True, is_low_bad=True)
UNKNOWN = None
VERDICTS = st.sampled_from([BAD, BETWEEN, GOOD, UNKNOWN])


def play(
    verdicts: Iterable[Verdict | None],
    rule: Rule = RULE,
    *,
    every_s: int = 60,
    snoozed_until_ms: int | None = None,
) -> tuple[Episode | None, list[Notice]]:
    """Return the last episode and all notices of verdicts that come at an interval."""
    episode, notices = None, []
    for number, verdict in enumerate(verdicts):
        now_ms = START_MS + number * every_s * 1000
        result = step(episode, rule, verdict, now_ms, snoozed_until_ms)
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


def test_a_repetition_comes_at_its_interval() -> None:
    rule = msgspec.structs.replace(RULE, repeat_s=600)
    _, notices = play([BAD] * 21, rule)
    assert notices == [Notice.FIRED, Notice.REPEATED, Notice.REPEATED]


def test_a_confirmed_episode_repeats_nothing_and_reports_its_end() -> None:
    rule = msgspec.structs.replace(RULE, repeat_s=600)
    episode, _ = play([BAD], rule)
    assert episode is not None
    confirmed = msgspec.structs.replace(episode, confirmed_ms=START_MS)
    for verdict in (BAD, UNKNOWN):
        assert step(confirmed, rule, verdict, START_MS + HOUR_MS).notice is None
    recovering = step(confirmed, rule, GOOD, START_MS + HOUR_MS).episode
    end = step(recovering, rule, GOOD, START_MS + 2 * HOUR_MS)
    assert end.notice is Notice.RECOVERED


def test_a_snoozed_rule_repeats_nothing_and_reports_once_afterwards() -> None:
    rule = msgspec.structs.replace(RULE, repeat_s=600)
    firing, _ = play([BAD], rule)
    until_ms = START_MS + HOUR_MS
    for now_ms in range(START_MS + MINUTE_MS, until_ms, MINUTE_MS):
        assert step(firing, rule, BAD, now_ms, until_ms).notice is None
    after = step(firing, rule, BAD, until_ms, until_ms)
    assert after.notice is Notice.REPEATED
    assert step(after.episode, rule, BAD, until_ms + MINUTE_MS, until_ms).notice is None


def test_an_episode_that_ends_while_snoozed_sends_nothing() -> None:
    firing, _ = play([BAD])
    until_ms = START_MS + HOUR_MS
    recovering = step(firing, RULE, GOOD, START_MS + MINUTE_MS, until_ms).episode
    over = step(recovering, RULE, GOOD, until_ms - 1, until_ms)
    assert over.episode is not None
    assert (over.episode.state, over.notice) == (State.OVER, None)


def test_an_episode_that_begins_while_snoozed_is_reported_if_it_still_fires() -> None:
    until_ms = START_MS + 10 * MINUTE_MS
    assert play([BAD] * 10, snoozed_until_ms=until_ms)[1] == []
    assert play([BAD] * 30, snoozed_until_ms=until_ms)[1] == [Notice.FIRED]
    assert play([BAD] + [GOOD] * 30, snoozed_until_ms=until_ms)[1] == []


def test_an_unknown_value_after_a_snooze_reports_nothing() -> None:
    until_ms = START_MS + 10 * MINUTE_MS
    assert play([BAD] + [UNKNOWN] * 30, snoozed_until_ms=until_ms)[1] == []


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


@given(st.lists(VERDICTS, max_size=120), st.integers(0, 120), st.sampled_from([None, 300]))
def test_no_message_is_due_before_a_snooze_ends(
    verdicts: list[Verdict | None], minutes: int, repeat_s: int | None
) -> None:
    rule = msgspec.structs.replace(RULE, repeat_s=repeat_s)
    until_ms = START_MS + minutes * MINUTE_MS
    assert play(verdicts[:minutes], rule, snoozed_until_ms=until_ms)[1] == []
    assert play(verdicts, rule, snoozed_until_ms=until_ms)[1].count(Notice.FIRED) <= play(
        verdicts, rule
    )[1].count(Notice.FIRED)


@pytest.mark.parametrize("state", [State.PENDING, State.FIRING, State.RECOVERING])
def test_an_episode_survives_encoding(state: State) -> None:
    episode, _ = play([BAD])
    assert episode is not None
    kept = msgspec.structs.replace(episode, state=state)
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Episode) == kept


def test_a_clock_that_was_set_moves_every_instant_of_an_episode() -> None:
    episode, _ = play([BAD, GOOD])
    assert episode is not None
    known = msgspec.structs.replace(episode, until_ms=START_MS + 60_000)
    moved = shifted(known, HOUR_MS)
    for name in ("since_ms", "changed_ms", "until_ms", "notified_ms"):
        assert getattr(moved, name) == getattr(known, name) + HOUR_MS
    unset = msgspec.structs.replace(known, until_ms=None, notified_ms=None)
    assert shifted(unset, HOUR_MS).until_ms is None
    assert shifted(unset, HOUR_MS).notified_ms is None
