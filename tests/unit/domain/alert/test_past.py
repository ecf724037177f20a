"""The past as the snapshots that each kind of rule would have been judged by."""

from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.alert.past import Past, is_replayable, snapshots
from creditcurve.domain.alert.snapshot import AwayQuestion, Snapshot, SpendQuestion
from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.instant import DAY_MS, HOUR_MS, MINUTE_MS, from_iso
from creditcurve.domain.sums import Sums
from creditcurve.domain.usual import DayClass, UsualHour

UTC = ZoneInfo("UTC")
NINE_MS = from_iso("2026-11-18T09:00:00Z")
"""Nine o'clock on a Wednesday."""
STEP_MS = 5 * MINUTE_MS


def replay(kind: Kind, rule: dict[str, Any] | None = None, **known: Any) -> list[Snapshot]:
    """Return the snapshots of the hour from nine o'clock on."""
    usual = Past(from_ms=NINE_MS, to_ms=NINE_MS + HOUR_MS, step_ms=STEP_MS, zone=UTC)
    past = msgspec.structs.replace(usual, **known)
    return list(snapshots(Rule(id="r", kind=kind, **(rule or {})), past))


def minutes(found: list[Snapshot]) -> list[int]:
    """Return the instants in minutes after nine o'clock."""
    return [(one.now_ms - NINE_MS) // MINUTE_MS for one in found]


def test_a_range_has_a_snapshot_at_the_end_of_each_step() -> None:
    assert minutes(replay(Kind.UNREADABLE)) == list(range(5, 61, 5))


@pytest.mark.parametrize("kind", [GapKind.NOT_COLLECTING, GapKind.SCHEDULED])
def test_time_without_polls_has_no_snapshot(kind: GapKind) -> None:
    """The start of a pause was polled, and so was every moment after its end."""
    pauses = (
        Gap(NINE_MS + 40 * MINUTE_MS, NINE_MS + 44 * MINUTE_MS, kind),
        Gap(NINE_MS + 10 * MINUTE_MS, NINE_MS + 25 * MINUTE_MS, kind),
        Gap(NINE_MS + 51 * MINUTE_MS, NINE_MS + 99 * MINUTE_MS, kind),
    )
    assert minutes(replay(Kind.UNREADABLE, gaps=pauses)) == [5, 10, 30, 35, 40, 45, 50]


def test_a_possible_loss_is_no_pause() -> None:
    loss = Gap(NINE_MS, NINE_MS + HOUR_MS, GapKind.POSSIBLE_LOSS)
    assert len(replay(Kind.LOSS, gaps=(loss,))) == 12


def test_spend_is_the_sum_of_the_window_of_its_rule() -> None:
    spent = Sums({NINE_MS + number * STEP_MS: float(number + 1) for number in range(12)})
    found = replay(Kind.SPEND, {"window_s": 600, "above": 5}, spent=spent)
    question = SpendQuestion(window_s=600)
    assert [one.spend[question] for one in found[:4]] == [1, 3, 5, 7]


def test_a_rate_is_four_quarter_hours_beside_the_usual_of_the_hour() -> None:
    usual = tuple(
        UsualHour(day_class=day_class, hour=hour, p25=0, p50=1, p75=p75, n=20)
        for day_class, hour, p75 in [
            (DayClass.WEEKDAY, 9, 40),
            (DayClass.WEEKEND, 9, 50),
            (DayClass.WEEKDAY, 8, 60),
        ]
    )
    spent = Sums({NINE_MS + number * STEP_MS: 10.0 for number in range(12)})
    found = replay(Kind.RATE, {"times_usual": 2}, spent=spent, usual=usual)
    assert [one.rate_per_h for one in found[:4]] == [40, 80, 120, 120]
    assert {one.usual_per_h for one in found[:-1]} == {40}
    assert found[-1].usual_per_h is None, "ten o'clock"


def test_spend_while_away_counts_from_the_start_of_the_window() -> None:
    spent = Sums({NINE_MS + number * STEP_MS: 1.0 for number in range(12)})
    found = replay(Kind.AWAY, {"start": "09:10", "end": "09:30"}, spent=spent)
    question = AwayQuestion(start="09:10", end="09:30")
    assert [one.away[question] for one in found] == [0, 0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0]


def test_a_balance_is_the_last_one_read_with_the_maximum() -> None:
    balances = ([NINE_MS + 7 * MINUTE_MS, NINE_MS + 15 * MINUTE_MS], [500, 400])
    found = replay(Kind.BALANCE, balances=balances, maximum=1_000)
    assert [one.balance for one in found[:4]] == [None, 500, 400, 400]
    assert {one.maximum for one in found} == {1_000}


def test_the_end_of_the_balance_is_the_one_expected_at_the_hour() -> None:
    found = replay(Kind.RUNS_OUT, {"within_h": 4}, run_outs={NINE_MS: 99})
    assert [one.runs_out_ms for one in found] == [99] * 11 + [None]


def test_the_hours_of_a_zone_may_begin_at_half_past() -> None:
    half_past_ms = NINE_MS + 30 * MINUTE_MS
    found = replay(
        Kind.RUNS_OUT,
        {"within_h": 4},
        run_outs={half_past_ms: 99},
        zone=ZoneInfo("Asia/Kolkata"),
    )
    assert [one.runs_out_ms for one in found] == [None] * 5 + [99] * 7


def test_a_key_is_new_for_a_day() -> None:
    instants = {
        "old": NINE_MS + 30 * MINUTE_MS - DAY_MS,
        "new": NINE_MS + 10 * MINUTE_MS,
    }
    found = replay(Kind.NEW_KEY, key_instants=instants)
    assert [one.new_keys for one in found[:7]] == [
        ("old",),
        ("old", "new"),
        ("old", "new"),
        ("old", "new"),
        ("old", "new"),
        ("new",),
        ("new",),
    ]


def test_a_loss_counts_from_its_end_for_a_day() -> None:
    losses = tuple(
        Gap(end_ms - MINUTE_MS, end_ms, GapKind.POSSIBLE_LOSS)
        for end_ms in (NINE_MS + 20 * MINUTE_MS, NINE_MS + 10 * MINUTE_MS - DAY_MS)
    )
    assert [one.losses for one in replay(Kind.LOSS, gaps=losses)[:5]] == [1, 1, 0, 1, 1]


def test_a_difference_counts_from_the_end_of_its_hour_for_a_day() -> None:
    hours = [NINE_MS + 10 * MINUTE_MS - DAY_MS - HOUR_MS, NINE_MS + 20 * MINUTE_MS - HOUR_MS]
    found = replay(Kind.MISMATCH, differing_hours=hours)
    assert [one.mismatches for one in found[:5]] == [1, 1, 0, 1, 1]


def test_unreadable_rows_count_from_their_reading_on() -> None:
    found = replay(Kind.UNREADABLE, unreadable=[NINE_MS, NINE_MS + 10 * MINUTE_MS])
    assert [one.unreadable for one in found[:3]] == [1, 2, 2]


def test_kinds_whose_values_are_not_kept_cannot_be_replayed() -> None:
    assert {kind for kind in Kind if not is_replayable(kind)} == {
        Kind.COOKIE,
        Kind.SILENCE,
        Kind.DISK,
    }
