"""The account's readings, compared with the records, and the credit resets."""

from pathlib import Path

import msgspec
import pytest

from creditcurve.domain.account import Account
from creditcurve.domain.account_change import ChangeKind
from creditcurve.domain.account_facts import Source, SourceState, SourceStatus
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.domain.reset import DailyReset, Initiator, ResetEntry, ResetState
from creditcurve.domain.unit import Unit
from creditcurve.store import SqliteStore
from creditcurve.vault import Vault
from support.record_files import record
from unit.store.conftest import HandClock

START_MS = 1_760_000_400_000 // HOUR_MS * HOUR_MS
SOURCES = {Source.CREDITS: SourceStatus(SourceState.OK, START_MS)}


def reading(balance: int, minutes: int = 0, unit: Unit = Unit.CREDITS) -> Account:
    """Return a reading some minutes after the start."""
    return Account(at_ms=START_MS + minutes * MINUTE_MS, unit=unit, balance=balance)


def asked(by: Initiator, t_ms: int) -> ResetEntry:
    """Return a reset that is about to be asked for."""
    return ResetEntry(id=0, t_ms=t_ms, by=by, state=ResetState.ASKED)


async def spend(store: SqliteStore, number: int, credits_: int, minutes: float) -> None:
    """Store a counted record."""
    one = record(number, t_ms=START_MS + round(minutes * MINUTE_MS), credits=credits_)
    await store.records.import_records([one])


async def test_a_reading_is_there_after_a_restart(
    store: SqliteStore, folder: Path, vault: Vault, clock: HandClock
) -> None:
    before = (await store.versions()).account
    await store.account.save(reading(5_000), SOURCES)
    assert (await store.versions()).account > before
    await store.close()
    again = SqliteStore.open(folder, vault=vault, clock=clock)
    assert again.account.account == reading(5_000)
    assert again.account.sources == SOURCES
    await again.close()


async def test_recorded_spending_is_explained_and_the_rest_is_kept_by_the_hour(
    store: SqliteStore,
) -> None:
    await store.account.save(reading(5_000), SOURCES)
    await spend(store, 1, 60, 0.5)
    await spend(store, 2, 1_000, 5)
    await store.account.save(reading(4_900, 1), SOURCES)
    await store.account.save(reading(3_880, 9), SOURCES)
    found = await store.account.history(START_MS, START_MS + HOUR_MS)
    assert found.unexplained == {START_MS: 60}
    assert found.balance == [5_000, 4_900, 3_880]


async def test_records_that_do_not_count_explain_the_balance_as_well(store: SqliteStore) -> None:
    """The site deducts every type; the user chooses those of the curve."""
    await store.account.save(reading(5_000), SOURCES)
    codex = record(1, t_ms=START_MS + MINUTE_MS, credits=60, type="CODEX_USAGE")
    await store.records.import_records([codex])
    await store.account.save(reading(4_940, 2), SOURCES)
    found = await store.account.history(START_MS, START_MS + HOUR_MS)
    assert (found.unexplained, found.changes) == ({}, ())


async def test_an_addition_is_a_change(store: SqliteStore) -> None:
    await store.account.save(reading(5_000), SOURCES)
    await store.account.save(reading(7_000, 1), SOURCES)
    [change] = (await store.account.history(START_MS, START_MS + HOUR_MS)).changes
    assert (change.kind, change.amount, change.by) == (ChangeKind.TOP_UP, 2_000, Initiator.SITE)


async def test_equal_balances_are_stored_as_their_ends(store: SqliteStore) -> None:
    for minute in range(10):
        await store.account.save(reading(5_000, minute), SOURCES)
    found = await store.account.history(START_MS, START_MS + HOUR_MS)
    assert found.t == [START_MS, START_MS + 9 * MINUTE_MS]


async def test_amounts_of_another_unit_are_left_out(store: SqliteStore) -> None:
    await store.account.save(reading(5_000), SOURCES)
    await store.account.save(reading(199_564, 1, Unit.YUAN), SOURCES)
    found = await store.account.history(START_MS, START_MS + HOUR_MS)
    assert (found.balance, found.changes) == ([199_564], ())


async def test_a_reset_is_stored_before_it_is_asked_for(
    store: SqliteStore, folder: Path, vault: Vault, clock: HandClock
) -> None:
    """After a kill it is still there, and counts as one that may have been used."""
    await store.account.add_reset(asked(Initiator.THRESHOLD, START_MS))
    await store.close()
    again = SqliteStore.open(folder, vault=vault, clock=clock)
    [entry] = await again.account.resets(10)
    assert (entry.by, entry.state) == (Initiator.THRESHOLD, ResetState.ASKED)
    assert await again.account.last_reset_ms() == START_MS
    await again.close()


@pytest.mark.parametrize(
    ("state", "last_ms"), [(ResetState.DONE, START_MS), (ResetState.FAILED, None)]
)
async def test_a_reset_that_failed_was_not_used(
    store: SqliteStore, state: ResetState, last_ms: int | None
) -> None:
    entry = await store.account.add_reset(asked(Initiator.USER, START_MS))
    done = msgspec.structs.replace(entry, state=state, before=980, after=8_000, amount=7_020)
    await store.account.end_reset(done)
    assert await store.account.resets(10) == [done]
    assert await store.account.last_reset_ms() == last_ms


async def test_the_credits_of_a_reset_are_attributed_to_who_asked(store: SqliteStore) -> None:
    low = msgspec.structs.replace(reading(980), maximum=8_000)
    await store.account.save(low, SOURCES)
    entry = await store.account.add_reset(asked(Initiator.TIME, START_MS + 1))
    await store.account.end_reset(msgspec.structs.replace(entry, state=ResetState.DONE))
    full = msgspec.structs.replace(reading(8_000, 1), maximum=8_000)
    await store.account.save(full, SOURCES)
    [change] = (await store.account.history(START_MS, START_MS + HOUR_MS)).changes
    assert (change.kind, change.by) == (ChangeKind.RESET, Initiator.TIME)


async def test_the_remainder_of_an_hour_adds_up_and_each_hour_has_its_own(
    store: SqliteStore,
) -> None:
    for minutes, balance in ((0, 5_000), (10, 4_990), (20, 4_987), (59, 4_987), (61, 4_980)):
        await store.account.save(reading(balance, minutes), SOURCES)
    found = await store.account.history(START_MS, START_MS + 2 * HOUR_MS)
    assert found.unexplained == {START_MS: 13, START_MS + HOUR_MS: 7}
    later = await store.account.history(START_MS + HOUR_MS, START_MS + 2 * HOUR_MS)
    assert later.unexplained == {START_MS + HOUR_MS: 7}
    assert (later.t, later.balance) == ([START_MS + 61 * MINUTE_MS], [4_980])
    assert (await store.account.history(0, START_MS)).unexplained == {}


async def test_a_range_contains_its_first_instant_and_not_its_last(store: SqliteStore) -> None:
    for minutes, balance in ((0, 1), (1, 1_002), (2, 3_003)):
        await store.account.save(reading(balance, minutes), SOURCES)
    found = await store.account.history(START_MS + MINUTE_MS, START_MS + 2 * MINUTE_MS)
    assert (found.t, found.balance) == ([START_MS + MINUTE_MS], [1_002])
    assert [one.t_ms for one in found.changes] == [START_MS + MINUTE_MS]


async def test_before_the_first_reading_there_is_no_history(store: SqliteStore) -> None:
    found = await store.account.history(START_MS, START_MS + HOUR_MS)
    assert (found.t, found.balance, found.changes, found.unexplained) == ([], [], (), {})


@pytest.mark.parametrize("minutes", [0, -1])
async def test_a_reading_that_is_no_later_is_compared_with_nothing(
    store: SqliteStore, minutes: int
) -> None:
    """A clock that was set back, or two readings of one moment."""
    await store.account.save(reading(5_000), SOURCES)
    assert await store.account.save(reading(9_000, minutes), SOURCES) is None
    found = await store.account.history(START_MS - HOUR_MS, START_MS + HOUR_MS)
    assert (found.changes, found.unexplained) == ((), {})
    assert store.account.account == reading(9_000, minutes)


async def test_a_reading_without_a_balance_leaves_no_point(store: SqliteStore) -> None:
    await store.account.save(reading(5_000), SOURCES)
    unknown = msgspec.structs.replace(reading(0, 1), balance=None)
    await store.account.save(unknown, SOURCES)
    assert (await store.account.history(START_MS, START_MS + HOUR_MS)).balance == [5_000]


async def test_balances_that_differ_between_equal_ones_are_all_stored(store: SqliteStore) -> None:
    balances = [5_000, 5_000, 4_000, 5_000, 5_000]
    for minute, balance in enumerate(balances):
        await store.account.save(reading(balance, minute), SOURCES)
    found = await store.account.history(START_MS, START_MS + HOUR_MS)
    assert found.balance == balances


@pytest.mark.parametrize(
    ("state", "age_ms", "by"),
    [
        (ResetState.ASKED, 1, Initiator.USER),
        (ResetState.DONE, HOUR_MS - 1, Initiator.USER),
        (ResetState.DONE, HOUR_MS, Initiator.SITE),
        (ResetState.FAILED, 1, Initiator.SITE),
        (ResetState.SKIPPED, 1, Initiator.SITE),
    ],
)
async def test_only_a_reset_that_may_have_been_used_shortly_before_explains_its_credits(
    store: SqliteStore, state: ResetState, age_ms: int, by: Initiator
) -> None:
    full_at = msgspec.structs.replace(reading(8_000, 5), maximum=8_000)
    await store.account.save(msgspec.structs.replace(reading(980), maximum=8_000), SOURCES)
    entry = await store.account.add_reset(asked(Initiator.USER, full_at.at_ms - age_ms))
    await store.account.end_reset(msgspec.structs.replace(entry, state=state))
    await store.account.save(full_at, SOURCES)
    [change] = (await store.account.history(START_MS, START_MS + HOUR_MS)).changes
    assert (change.kind, change.by) == (ChangeKind.RESET, by)


async def test_credits_added_after_a_reset_of_ours_are_still_a_top_up(store: SqliteStore) -> None:
    await store.account.add_reset(asked(Initiator.USER, START_MS))
    await store.account.save(reading(5_000), SOURCES)
    await store.account.save(reading(7_000, 1), SOURCES)
    [change] = (await store.account.history(START_MS, START_MS + HOUR_MS)).changes
    assert (change.kind, change.by) == (ChangeKind.TOP_UP, Initiator.SITE)


async def test_the_time_of_daily_resets_is_there_after_a_restart(
    store: SqliteStore, folder: Path, vault: Vault, clock: HandClock
) -> None:
    daily = DailyReset(at="23:00", since_ms=START_MS)
    assert store.account.daily_reset == DailyReset()
    await store.account.save_daily_reset(daily)
    assert store.account.daily_reset == daily
    await store.close()
    again = SqliteStore.open(folder, vault=vault, clock=clock)
    assert again.account.daily_reset == daily
    await again.close()


async def test_the_report_has_the_resets_newest_first(store: SqliteStore) -> None:
    first = await store.account.add_reset(asked(Initiator.USER, START_MS))
    second = await store.account.add_reset(asked(Initiator.TIME, START_MS + 1))
    assert store.account.report.resets == (second, first)
    assert second.id > first.id
    ended = msgspec.structs.replace(second, state=ResetState.DONE)
    await store.account.end_reset(ended)
    assert store.account.report.resets == (ended, first)
