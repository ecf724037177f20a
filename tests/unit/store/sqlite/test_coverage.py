"""Stored coverage: known time, gaps, and that a restart changes neither."""

from pathlib import Path
from typing import Any

import pytest

from creditcurve.clocks import Clock
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.reject import Reject, RejectCode
from creditcurve.store import CurveQuery, Poll, SqliteStore
from creditcurve.vault import Vault

NOW = 1_760_000_000_000
MINUTE = 60_000
HOUR = 60 * MINUTE
LOSS, IDLE = GapKind.POSSIBLE_LOSS, GapKind.NOT_COLLECTING


def row(t_ms: int, **fields: Any) -> Record:
    """A record whose id rises with its time."""
    usual = {
        "id": t_ms // 1_000,
        "t_ms": t_ms,
        "type": "USAGE",
        "endpoint": "v1/messages",
        "model": "opus",
        "credits": 1,
    }
    return Record(**{**usual, **fields})


def poll(at_ms: int, *times_ms: int, **fields: Any) -> Poll:
    usual = {
        "at_ms": at_ms,
        "answer": Answer(records=tuple(row(t_ms) for t_ms in times_ms)),
        "interval_s": 60,
        "link": Link(),
        "cookie_status": CookieStatus(),
    }
    return Poll(**{**usual, **fields})


START = NOW - HOUR
"""When the first poll of each test takes place; it sees one row, ten minutes old."""
FIRST = poll(START, START - 10 * MINUTE)


async def test_answer_that_shares_no_row_leaves_a_gap_that_stays(
    store: SqliteStore, folder: Path, vault: Vault, clock: Clock
) -> None:
    """All its rows are stored, the gap is drawn, also after a restart."""
    await store.records.append(FIRST)
    oldest = START + 40_000
    appended = await store.records.append(poll(START + MINUTE, oldest, oldest + 1_000))
    assert (appended.new, appended.overlaps) == (2, False)
    gap = Gap(START, oldest, LOSS)
    assert await store.curves.gaps(START, START + MINUTE) == (gap,)
    query = CurveQuery(from_ms=START, to_ms=START + MINUTE)
    assert (await store.curves.curve(query)).gaps == (gap,)
    await store.records.append(poll(START + 2 * MINUTE, oldest, oldest + 1_000))
    await store.close()
    again = SqliteStore.open(folder, vault=vault, clock=clock)
    try:
        assert await again.curves.gaps(START, START + MINUTE) == (gap,)
    finally:
        await again.close()


async def test_answers_that_overlap_leave_no_gap(store: SqliteStore) -> None:
    """A shared row, a row older than the newest stored, or no row at all: nothing is missing."""
    await store.records.append(FIRST)
    for minute, times in enumerate(
        [
            (START - 10 * MINUTE, START + 5_000),
            (START + 5_000, START + 65_000),
            (),
            (START + 65_000,),
        ]
    ):
        appended = await store.records.append(poll(START + (minute + 1) * MINUTE, *times))
        assert appended.overlaps
    assert await store.curves.gaps(START - 10 * MINUTE, START + 4 * MINUTE) == ()


async def test_silence_puts_the_question_off(
    store: SqliteStore, folder: Path, vault: Vault, clock: Clock
) -> None:
    """No gap while answers hold no row; what then does not overlap leaves all of it open.

    After answers with rows, an empty answer does not prove that there were no requests.
    """
    await store.records.append(FIRST)
    for minute in (1, 2):
        assert (await store.records.append(poll(START + minute * MINUTE))).overlaps
    assert await store.curves.gaps(START - 10 * MINUTE, START + 2 * MINUTE) == ()
    await store.close()
    again = SqliteStore.open(folder, vault=vault, clock=clock)
    try:
        oldest = START + 2 * MINUTE + 40_000
        assert not (await again.records.append(poll(START + 3 * MINUTE, oldest))).overlaps
        gap = Gap(START, oldest, LOSS)
        assert await again.curves.gaps(START, START + 3 * MINUTE) == (gap,)
        await again.records.append(poll(START + 4 * MINUTE))
        await again.records.append(poll(START + 5 * MINUTE, START + 5 * MINUTE - 1))
        later = Gap(START + 3 * MINUTE, START + 5 * MINUTE - 1, LOSS)
        assert await again.curves.gaps(START, START + 5 * MINUTE) == (gap, later)
    finally:
        await again.close()


async def test_silence_that_an_answer_reaches_over_leaves_no_gap(store: SqliteStore) -> None:
    """Then every row of the time in between is in it."""
    await store.records.append(FIRST)
    await store.records.append(poll(START + MINUTE))
    await store.records.append(poll(START + 2 * MINUTE, START - 10 * MINUTE, START + 30_000))
    assert await store.curves.gaps(START - 10 * MINUTE, START + 2 * MINUTE) == ()


async def test_site_without_any_row_is_taken_at_its_word(store: SqliteStore) -> None:
    """Until its first rows come nothing happened; only since the last poll may one be missing."""
    for minute in range(3):
        await store.records.append(poll(START + minute * MINUTE))
    oldest = START + 2 * MINUTE + 40_000
    await store.records.append(poll(START + 3 * MINUTE, oldest))
    assert await store.curves.gaps(START, START + 3 * MINUTE) == (
        Gap(START + 2 * MINUTE, oldest, LOSS),
    )


async def test_back_fill_that_bridges_the_gap_closes_it(store: SqliteStore) -> None:
    """Its rows cover the gap and share rows on both sides."""
    await store.records.append(FIRST)
    await store.records.append(poll(START + MINUTE, START + 40_000))
    back_fill = poll(START + MINUTE, START - 10 * MINUTE, START + 20_000, START + 40_000, hours=24)
    appended = await store.records.append(back_fill)
    assert (appended.new, appended.overlaps) == (1, True)
    assert await store.curves.gaps(START - 10 * MINUTE, START + MINUTE) == ()


async def test_back_fill_that_reaches_half_way_closes_half(store: SqliteStore) -> None:
    """The gap closes only where rows bridge it."""
    await store.records.append(FIRST)
    await store.records.append(poll(START + MINUTE, START + 40_000))
    await store.records.append(poll(START + MINUTE, START + 20_000, START + 40_000, hours=24))
    assert await store.curves.gaps(START - MINUTE, START + MINUTE) == (
        Gap(START, START + 20_000, LOSS),
    )


@pytest.mark.parametrize(
    "times",
    [
        (),
        (START + 40_000,),
        (START - 10 * MINUTE, START + 20_000, START + 50_000),
        (START - 2 * HOUR, START - 90 * MINUTE),
    ],
    ids=["empty", "hours ignored", "lacks a known row", "of another time"],
)
async def test_back_fill_that_proves_nothing_closes_nothing(
    store: SqliteStore, times: tuple[int, ...]
) -> None:
    """An upstream that ignores ``hours``, or answers it with other rows, does no harm."""
    await store.records.append(FIRST)
    await store.records.append(poll(START + MINUTE, START + 40_000))
    await store.records.append(poll(START + MINUTE, *times, hours=24))
    between = await store.curves.gaps(START + 20_000, START + MINUTE)
    assert between == (Gap(START + 20_000, START + 40_000, LOSS),)


@pytest.mark.parametrize(("lacking_ms", "is_believed"), [(0, True), (1, False)])
async def test_back_fill_proves_nothing_at_the_time_of_its_oldest_row(
    store: SqliteStore, lacking_ms: int, is_believed: bool
) -> None:
    """There it was cut; any later row that is known must be in it."""
    other = row(START + 20_000 + lacking_ms, id=99)
    await store.records.append(FIRST)
    await store.records.append(poll(START + MINUTE, START + 40_000))
    await store.records.append(poll(START + MINUTE, answer=Answer(records=(other,)), hours=24))
    await store.records.append(poll(START + MINUTE, START + 20_000, START + 40_000, hours=24))
    between = Gap(other.t_ms, START + 40_000, LOSS)
    left = () if is_believed else (between,)
    assert await store.curves.gaps(START, START + MINUTE) == (Gap(START, other.t_ms, LOSS), *left)


async def test_back_fill_that_ends_early_proves_as_far_as_it_goes(store: SqliteStore) -> None:
    """Cut at its newer end, it still contains every known row up to there."""
    await store.records.append(FIRST)
    await store.records.append(poll(START + MINUTE, START + 40_000))
    await store.records.append(poll(START + MINUTE, START - 10 * MINUTE, START + 20_000, hours=24))
    assert await store.curves.gaps(START - MINUTE, START + MINUTE) == (
        Gap(START + 20_000, START + 40_000, LOSS),
    )


async def test_back_fill_of_the_first_poll_covers_its_rows(store: SqliteStore) -> None:
    """Without stored rows, nothing contradicts it."""
    await store.records.append(poll(START, START - 20 * HOUR, START - MINUTE, hours=24))
    assert await store.curves.gaps(START - 24 * HOUR, START) == (
        Gap(START - 24 * HOUR, START - 20 * HOUR, IDLE),
    )


async def test_time_off_is_not_collecting(store: SqliteStore) -> None:
    """After hours off, an answer that does not overlap leaves a gap of that kind."""
    await store.records.append(FIRST)
    await store.records.append(poll(START + 50 * MINUTE, START + 45 * MINUTE))
    assert await store.curves.gaps(START, START + 50 * MINUTE) == (
        Gap(START, START + 45 * MINUTE, IDLE),
    )


async def test_time_off_that_an_answer_bridges_is_known(store: SqliteStore) -> None:
    """The program was off, but nothing was lost: the answer reaches back."""
    await store.records.append(FIRST)
    await store.records.append(poll(START + 50 * MINUTE, START - 10 * MINUTE, START + 20 * MINUTE))
    assert await store.curves.gaps(START - 10 * MINUTE, START + 50 * MINUTE) == ()


async def test_time_since_the_last_poll_is_a_gap_once_one_is_overdue(
    store: SqliteStore, clock: Any
) -> None:
    """While polls are on time there is no gap, and never one beyond now."""
    await store.records.append(poll(NOW, NOW - MINUTE))
    clock.t_ms = NOW + 5 * MINUTE
    assert await store.curves.gaps(NOW - MINUTE, NOW + HOUR) == ()
    clock.t_ms += 1
    assert await store.curves.gaps(NOW - MINUTE, NOW + HOUR) == (
        Gap(NOW, NOW + 5 * MINUTE + 1, IDLE),
    )


async def test_answer_of_only_unreadable_rows_proves_nothing(store: SqliteStore) -> None:
    """They have no time that could be read: it is no answer without rows."""
    await store.records.append(FIRST)
    rejects = (Reject(raw="{}", code=RejectCode.ID_NOT_AN_INTEGER),)
    await store.records.append(poll(START + 2 * MINUTE, answer=Answer(records=(), rejects=rejects)))
    assert await store.curves.gaps(START, NOW) == (Gap(START, NOW, IDLE),)


async def test_row_of_the_very_moment_of_a_poll_is_known_to_it(store: SqliteStore) -> None:
    """A row of the same time reaches back to it, although it is another row."""
    await store.records.append(poll(START, START - 10 * MINUTE, START))
    late = row(START - 5, id=98)
    assert (
        await store.records.append(poll(START + MINUTE, answer=Answer(records=(late,))))
    ).overlaps


async def test_unknown_row_between_newest_and_last_poll_is_no_overlap(
    store: SqliteStore,
) -> None:
    """Clocks differ: it shares nothing, and the newest stored row is not reached."""
    await store.records.append(FIRST)
    assert not (await store.records.append(poll(START + MINUTE, START - MINUTE))).overlaps
    gap = Gap(START - 10 * MINUTE, START - MINUTE, LOSS)
    assert await store.curves.gaps(START - 10 * MINUTE, START + MINUTE) == (gap,)


async def test_row_that_has_moved_is_still_a_shared_one(store: SqliteStore) -> None:
    """It is known by its id, and one from the future beside it changes nothing."""
    future = row(START + 20 * HOUR, id=98)
    before = Answer(records=(row(START - 10 * MINUTE, id=97), future))
    await store.records.append(poll(START, answer=before))
    after = Answer(records=(row(START - 5 * MINUTE, id=97), future))
    assert (await store.records.append(poll(START + MINUTE, answer=after))).overlaps


async def test_gap_begins_at_the_newest_row_where_our_clock_is_behind(store: SqliteStore) -> None:
    """Up to that row everything was seen, although our clock had not come so far."""
    await store.records.append(poll(START, START - MINUTE, START + 100_000))
    await store.records.append(poll(START + 3 * MINUTE, START + 150_000))
    gap = Gap(START + 100_000, START + 150_000, LOSS)
    assert await store.curves.gaps(START, START + 3 * MINUTE) == (gap,)


async def test_row_from_the_future_proves_nothing_once_its_day_has_come(store: SqliteStore) -> None:
    """No proof knew of the time around it."""
    future = START + 20 * MINUTE
    await store.records.append(poll(START, START - 10 * MINUTE, future))
    late = poll(START + 25 * MINUTE, START + 15 * MINUTE, future)
    assert not (await store.records.append(late)).overlaps
    assert await store.curves.gaps(START, START + 25 * MINUTE) == (
        Gap(START, START + 15 * MINUTE, IDLE),
    )


async def test_row_from_a_clock_ahead_is_no_overlap(store: SqliteStore) -> None:
    """Once the clock is right, it is in the future like any other."""
    await store.records.append(poll(START + 10 * HOUR, START - HOUR, START + 9 * HOUR))
    assert not (await store.records.append(poll(START, START - MINUTE))).overlaps


async def test_row_from_the_future_hides_no_loss(store: SqliteStore) -> None:
    """Every answer contains it until its day comes; it proves nothing about the time before."""
    future = START + 20 * HOUR
    await store.records.append(poll(START, START - 10 * MINUTE, future))
    appended = await store.records.append(poll(START + MINUTE, START + 40_000, future))
    assert not appended.overlaps
    assert await store.curves.gaps(START, START + MINUTE) == (Gap(START, START + 40_000, LOSS),)


async def test_polls_make_one_span(store: SqliteStore, folder: Path) -> None:
    """Hours of polls that overlap are one row of coverage, not one each."""
    last = START - 10 * MINUTE
    for minute in range(60):
        new = START + minute * MINUTE - 1_000
        await store.records.append(poll(START + minute * MINUTE, last, new))
        last = new
    assert await store.curves.gaps(START - 10 * MINUTE, START + 59 * MINUTE) == ()
    spans = await store._database.read(
        lambda connection: connection.execute("SELECT count(*) FROM coverage").get
    )
    assert spans == 1


async def test_the_coverage_has_a_new_version_when_a_gap_changes_and_only_then(
    store: SqliteStore, folder: Path, vault: Vault, clock: Any
) -> None:
    """A page fetches the gaps again because of it."""
    clock.t_ms = START

    async def version() -> int:
        return (await store.records.summary()).versions.coverage

    await store.records.append(FIRST)
    begun = await version()
    clock.t_ms += MINUTE
    await store.records.append(poll(START + MINUTE, START - 10 * MINUTE, START + 40_000))
    assert await version() == begun, "a poll that overlaps the known records"
    clock.t_ms = later = START + 2 * MINUTE
    await store.records.append(poll(later, later - 2_000, later - 1_000))
    torn = await version()
    assert torn != begun, "a possible loss"
    await store.close()
    again = SqliteStore.open(folder, vault=vault, clock=clock)
    assert (await again.records.summary()).versions.coverage == torn, "a restart"
    times = [START - 10 * MINUTE, START + 40_000, later - 2_000, later - 1_000]
    await again.records.append(poll(later + 1_000, *times, hours=24))
    assert await again.curves.gaps(START, later) == ()
    assert (await again.records.summary()).versions.coverage > torn, "the loss is closed"
    await again.close()
