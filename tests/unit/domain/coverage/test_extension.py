"""The overlap rule: every loss is flagged, nothing that overlaps is."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.coverage import (
    MAX_CLOCK_SKEW_MS,
    Extension,
    Gap,
    GapKind,
    Observation,
    Span,
    extended,
    gaps,
    moment,
    sound,
)

MINUTE = 60_000
HOUR = 60 * MINUTE
LOSS, IDLE = GapKind.POSSIBLE_LOSS, GapKind.NOT_COLLECTING


def sight(
    at_ms: int,
    oldest_ms: int | None,
    *,
    shared_ms: int | None = None,
    newest_stored_ms: int | None = None,
    until_ms: int | None = None,
    interval_s: int = 60,
) -> Observation:
    return Observation(
        now_ms=at_ms,
        interval_s=interval_s,
        oldest_ms=oldest_ms,
        until_ms=at_ms if until_ms is None else until_ms,
        shared_ms=shared_ms,
        newest_stored_ms=newest_stored_ms,
    )


def bounds(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.from_ms, span.to_ms) for span in spans]


def found(spans: Sequence[Span], from_ms: int, to_ms: int, now_ms: int) -> tuple[Gap, ...]:
    return gaps(spans, from_ms=from_ms, to_ms=to_ms, now_ms=now_ms, interval_s=60)


def test_first_poll_covers_from_its_oldest_row() -> None:
    """Before the first answer's oldest row nothing is known; from there on, all is."""
    after = extended((), sight(10 * HOUR, 9 * HOUR))
    assert after == Extension(spans=(Span(9 * HOUR, 10 * HOUR, IDLE, 60),))
    assert found(after.spans, 0, 11 * HOUR, 10 * HOUR) == (Gap(0, 9 * HOUR, IDLE),)


def test_empty_first_answer_covers_nothing_before_now() -> None:
    """An answer without rows proves only its own moment."""
    after = extended((), sight(10 * HOUR, None))
    assert bounds(after.spans) == [(10 * HOUR, 10 * HOUR)]
    assert after.overlaps


def test_empty_answer_extends_the_covered_span() -> None:
    """An empty answer is a good poll; nothing is lost by it."""
    after = extended((Span(0, HOUR),), sight(2 * HOUR, None, newest_stored_ms=HOUR // 2))
    assert bounds(after.spans) == [(0, 2 * HOUR)]
    assert after.overlaps


@pytest.mark.parametrize(
    "seen",
    [
        sight(2 * HOUR, HOUR - 5, shared_ms=HOUR - 5, newest_stored_ms=HOUR - 1),
        sight(2 * HOUR, HOUR - 5, newest_stored_ms=HOUR - 1),
        sight(2 * HOUR, HOUR - 1, newest_stored_ms=HOUR - 1),
        sight(2 * HOUR, HOUR - 1, shared_ms=HOUR - 1, newest_stored_ms=HOUR - 5),
        sight(2 * HOUR, HOUR, shared_ms=HOUR, newest_stored_ms=HOUR - 5),
        sight(2 * HOUR, HOUR, newest_stored_ms=None),
    ],
    ids=[
        "shares a row",
        "reaches back to the newest stored row",
        "reaches back to its very moment",
        "shares a row that has moved",
        "shares one that has moved to the moment of the last poll",
        "reaches back to the last poll, and no row is stored",
    ],
)
def test_overlapping_answer_leaves_no_gap(seen: Observation) -> None:
    """An answer that overlaps continues the known records."""
    after = extended((Span(0, HOUR),), seen)
    assert after.overlaps
    assert bounds(after.spans) == [(0, 2 * HOUR)]


def test_answer_that_does_not_reach_back_leaves_a_possible_loss() -> None:
    """Between the last proof and the oldest row of the answer records may be missing."""
    after = extended(
        (Span(0, HOUR),), sight(HOUR + MINUTE, HOUR + 40_000, newest_stored_ms=HOUR - 1)
    )
    assert not after.overlaps
    assert found(after.spans, 0, 2 * HOUR, HOUR + MINUTE) == (Gap(HOUR, HOUR + 40_000, LOSS),)


def test_loss_is_flagged_even_where_clocks_differ() -> None:
    """New rows that are older than the last poll: the gap then begins at the newest stored row."""
    after = extended((Span(0, HOUR),), sight(HOUR + MINUTE, HOUR - 10, newest_stored_ms=HOUR - 500))
    assert not after.overlaps
    assert found(after.spans, 0, HOUR, HOUR + MINUTE) == (Gap(HOUR - 500, HOUR - 10, LOSS),)


def test_loss_is_flagged_up_to_the_very_moment_of_the_last_poll() -> None:
    """A gap that began where it ends would be none."""
    after = extended((Span(0, HOUR),), sight(HOUR + MINUTE, HOUR, newest_stored_ms=HOUR - 500))
    assert found(after.spans, 0, HOUR, HOUR + MINUTE) == (Gap(HOUR - 500, HOUR, LOSS),)


def test_loss_in_the_past_opens_the_span_around_it() -> None:
    """An answer of old, unknown rows leaves the time before them open, and the rest unchanged."""
    seen = sight(10 * HOUR, 6 * HOUR, until_ms=7 * HOUR, newest_stored_ms=5 * HOUR)
    after = extended((Span(0, 10 * HOUR),), seen)
    assert bounds(after.spans) == [(0, 5 * HOUR), (6 * HOUR, 10 * HOUR)]
    spans = (Span(0, 4 * HOUR), Span(8 * HOUR, 10 * HOUR, LOSS))
    seen = sight(20 * HOUR, 6 * HOUR, until_ms=7 * HOUR, newest_stored_ms=3 * HOUR)
    after = extended(spans, seen)
    assert bounds(after.spans) == [(0, 3 * HOUR), (6 * HOUR, 7 * HOUR), (8 * HOUR, 10 * HOUR)]
    assert after.spans[-1].before is LOSS


def test_moment_of_an_empty_answer_stays_known() -> None:
    """A first answer without rows proves a moment; the next ones neither take nor stretch it."""
    one = (Span(HOUR, HOUR),)
    after = extended(one, sight(HOUR + MINUTE, HOUR + 40_000))
    assert found(after.spans, HOUR, 2 * HOUR, HOUR + MINUTE) == (Gap(HOUR, HOUR + 40_000, LOSS),)
    assert bounds(after.spans) == [(HOUR, HOUR), (HOUR + 40_000, HOUR + MINUTE)]
    assert extended(one, sight(HOUR, HOUR - 5)).spans[0].before is IDLE


@pytest.mark.parametrize(("late_ms", "kind"), [(0, LOSS), (1, IDLE)])
@pytest.mark.parametrize(("was_s", "is_s", "grace_s"), [(10, 10, 300), (60, 600, 1_800)])
def test_polls_follow_on_for_three_intervals_or_five_minutes(
    was_s: int, is_s: int, grace_s: int, late_ms: int, kind: GapKind
) -> None:
    """The longer of both intervals counts, in the gap that is left and in the one to come."""
    now_ms = HOUR + grace_s * 1000 + late_ms
    spans = (Span(0, HOUR, interval_s=was_s),)
    seen = sight(now_ms, now_ms - 5, newest_stored_ms=HOUR - 1, interval_s=is_s)
    assert extended(spans, seen).left is kind
    overdue = gaps(spans, from_ms=0, to_ms=now_ms, now_ms=now_ms, interval_s=is_s)
    assert bool(overdue) is (kind is IDLE)


def test_stretch_without_polls_is_not_collecting() -> None:
    """Polls further apart than three intervals and five minutes are not consecutive."""
    after = extended((Span(0, HOUR),), sight(9 * HOUR, 8 * HOUR, newest_stored_ms=HOUR - 1))
    assert not after.overlaps
    assert found(after.spans, 0, 9 * HOUR, 9 * HOUR) == (Gap(HOUR, 8 * HOUR, IDLE),)


def test_slow_polls_follow_on_by_their_own_interval() -> None:
    """With a poll a day, two polls a day apart were polled continuously."""
    day = 24 * HOUR
    slow = (Span(0, day, interval_s=86_400),)
    after = extended(slow, sight(2 * day, day + 5, newest_stored_ms=day - 1, interval_s=60))
    assert found(after.spans, 0, 2 * day, 2 * day) == (Gap(day, day + 5, LOSS),)


def test_answer_that_reaches_into_a_gap_narrows_it() -> None:
    """The proved part of a gap becomes known; the rest keeps its kind."""
    spans = (Span(0, HOUR), Span(3 * HOUR, 4 * HOUR, LOSS))
    seen = sight(5 * HOUR, 2 * HOUR, shared_ms=3 * HOUR, newest_stored_ms=4 * HOUR)
    after = extended(spans, seen)
    assert found(after.spans, 0, 5 * HOUR, 5 * HOUR) == (Gap(HOUR, 2 * HOUR, LOSS),)


def test_answer_that_reaches_over_a_gap_closes_it() -> None:
    """A back-fill whose rows bridge the gap makes one span of all."""
    spans = (Span(0, HOUR), Span(3 * HOUR, 4 * HOUR, LOSS))
    after = extended(spans, sight(5 * HOUR, HOUR, shared_ms=HOUR, newest_stored_ms=4 * HOUR))
    assert bounds(after.spans) == [(0, 5 * HOUR)]


def test_answer_that_ends_where_the_next_span_begins_is_one_with_it() -> None:
    """There is no time between the two."""
    spans = (Span(0, HOUR), Span(3 * HOUR, 4 * HOUR, LOSS))
    seen = sight(4 * HOUR, 2 * HOUR, until_ms=3 * HOUR, newest_stored_ms=4 * HOUR)
    assert bounds(extended(spans, seen).spans) == [(0, HOUR), (2 * HOUR, 4 * HOUR)]


def test_back_fill_of_the_past_leaves_the_end_s_own_interval() -> None:
    """The interval is that of the poll that proved the span's end."""
    slow = (Span(0, 4 * HOUR, interval_s=600),)
    seen = sight(4 * HOUR, HOUR, shared_ms=HOUR, newest_stored_ms=HOUR, until_ms=2 * HOUR)
    assert extended(slow, seen).spans == slow


def test_answer_of_old_rows_proves_only_their_own_stretch() -> None:
    """A back-fill that is no list of the newest: an island, and the gap's kind on both sides."""
    spans = (Span(0, HOUR), Span(6 * HOUR, 7 * HOUR, LOSS))
    seen = sight(12 * HOUR, 3 * HOUR, until_ms=4 * HOUR, newest_stored_ms=7 * HOUR)
    after = extended(spans, seen)
    assert found(after.spans, 0, 7 * HOUR, 7 * HOUR) == (
        Gap(HOUR, 3 * HOUR, LOSS),
        Gap(4 * HOUR, 6 * HOUR, LOSS),
    )


def test_shared_row_that_no_proof_knew_continues_nothing() -> None:
    """An imported row proves nothing about the time before it."""
    seen = sight(9 * HOUR, 8 * HOUR, shared_ms=8 * HOUR, newest_stored_ms=HOUR - 1)
    after = extended((Span(0, HOUR),), seen)
    assert not after.overlaps
    assert bounds(after.spans) == [(0, HOUR), (8 * HOUR, 9 * HOUR)]


def test_time_since_the_last_poll_is_a_gap_once_a_poll_is_overdue() -> None:
    """While polls are on time, the time up to now is no gap; later it is not_collecting."""
    spans = (Span(0, HOUR),)
    assert found(spans, 0, 2 * HOUR, HOUR + 5 * MINUTE) == ()
    late = HOUR + 5 * MINUTE + 1
    assert found(spans, 0, 2 * HOUR, late) == (Gap(HOUR, late, IDLE),)


def test_gaps_are_clipped_to_the_range_and_to_now() -> None:
    """No gap extends beyond the range or into the future."""
    spans = (Span(HOUR, 2 * HOUR), Span(3 * HOUR, 4 * HOUR, LOSS))
    assert found(spans, 0, 10 * HOUR, 30 * MINUTE) == (Gap(0, 30 * MINUTE, IDLE),)
    assert found(spans, 150 * MINUTE, 160 * MINUTE, 4 * HOUR) == (
        Gap(150 * MINUTE, 160 * MINUTE, LOSS),
    )
    assert found(spans, HOUR, 2 * HOUR, 4 * HOUR) == ()
    assert found((), 0, HOUR, HOUR) == (Gap(0, HOUR, IDLE),)


def test_clock_that_ran_ahead_covers_no_future() -> None:
    """A clock ten years ahead proves nothing about the future."""
    ahead = (Span(0, 10_000 * HOUR),)
    seen = sight(2 * HOUR, HOUR, shared_ms=HOUR, newest_stored_ms=HOUR)
    assert bounds(extended(ahead, seen).spans) == [(0, 2 * HOUR)]
    beyond = (Span(0, HOUR), Span(9 * HOUR, 10 * HOUR))
    assert bounds(extended(beyond, seen).spans) == [(0, 2 * HOUR)]
    assert extended(ahead, sight(2 * HOUR, None)).spans == ahead
    assert extended(beyond, sight(2 * HOUR, None)).spans == beyond


def test_clock_that_runs_behind_is_corrected_by_the_newest_row() -> None:
    """Up to the newest row everything was seen, whatever the clock said."""
    assert moment([5 * HOUR, 6 * HOUR], at_ms=HOUR) == 6 * HOUR
    assert moment([HOUR + 10], at_ms=HOUR) == HOUR + 10
    assert moment([], at_ms=HOUR) == HOUR


def test_one_row_from_the_future_is_ignored() -> None:
    """It would be in every answer until its day came, and hide every loss."""
    far = HOUR + MAX_CLOCK_SKEW_MS + 1
    assert sound([HOUR - 5, far], at_ms=HOUR) == [HOUR - 5]
    assert sound([HOUR - 5, far - 1], at_ms=HOUR) == [HOUR - 5, far - 1]
    assert moment([HOUR - 5, far], at_ms=HOUR) == HOUR


class Upstream:
    """A model of the upstream that answers with its newest rows and knows the lost ones."""

    def __init__(self) -> None:
        self.now = 1_000
        self.rows: set[int] = set()
        self.spans: tuple[Span, ...] = ()
        self.stored: set[int] = set()
        self.late: set[int] = set()

    def lost(self) -> set[int]:
        """Rows that were never seen; one that came late may have lain below the cut unseen."""
        return self.rows - self.stored - self.late

    def poll(self, limit: int) -> tuple[bool, bool, int]:
        """Poll; whether it overlapped truly, whether the rule said so, and the last proof's end."""
        last = self.spans[-1].to_ms if self.spans else self.now
        answer = sorted(self.rows)[-limit:]
        shared = [t for t in answer if t in self.stored]
        known = [t for t in self.stored if t <= last]
        reaches = bool(answer and known and answer[0] <= max(known))
        seen = Observation(
            now_ms=self.now,
            interval_s=60,
            oldest_ms=min(answer, default=None),
            until_ms=self.now,
            shared_ms=min(shared, default=None),
            newest_stored_ms=max(known, default=None),
        )
        after = extended(self.spans, seen)
        self.spans = after.spans
        self.stored.update(answer)
        return bool(shared) or reaches or not answer, after.overlaps, last


step = st.tuples(
    st.integers(1, 400_000),  # time that passes
    st.lists(st.integers(0, 10**6), max_size=8),  # new rows, placed within it
    st.lists(st.integers(1, 10**6), max_size=1),  # rows that come late, so long before now
    st.one_of(st.none(), st.integers(1, 8)),  # the answer's length; None: no poll
)


@given(st.lists(step, max_size=40))
def test_every_loss_is_flagged_and_nothing_that_overlaps(
    steps: list[tuple[int, list[int], list[int], int | None]],
) -> None:
    """For any course of events, against a model that knows the lost rows."""
    site = Upstream()
    for passed, new, late, limit in steps:
        site.rows.update(site.now + 1 + place % passed for place in new)
        site.now += passed
        behind = {site.now - back for back in late if site.now > back}
        site.late.update(behind - site.rows)
        site.rows.update(behind)
        if limit is None:
            continue
        first = not site.spans
        truly, says, last = site.poll(limit)
        if truly:
            assert says
            assert first or not found(site.spans, last, site.now, site.now)
        elif any(last < t_ms <= site.now for t_ms in site.lost()):
            assert not says or first
    if not site.spans:
        return
    assert all(a.to_ms < b.from_ms for a, b in pairwise(site.spans))
    start, end = site.spans[0].from_ms, site.spans[-1].to_ms
    flagged = found(site.spans, start, end, end)
    for t_ms in site.lost():
        if start < t_ms <= end:
            assert any(gap.from_ms <= t_ms <= gap.to_ms for gap in flagged), (t_ms, flagged)
