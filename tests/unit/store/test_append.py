"""A poll is stored as a whole or not at all; the same poll again changes nothing."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from creditcurve.clocks import Clock
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import Curve
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.reject import Reject, RejectCode
from creditcurve.domain.secret import Secret
from creditcurve.store import (
    Appended,
    CurveQuery,
    ExportQuery,
    Poll,
    RecordsQuery,
    SqliteStore,
)

NOW = 1_760_000_000_000


def row(number: int, **fields: Any) -> Record:
    usual = {
        "id": number,
        "t_ms": NOW - 600_000 + number * 1_000,
        "type": "USAGE",
        "endpoint": "v1/messages",
        "model": "opus",
        "credits": 5,
        "status": 200,
    }
    return Record(**{**usual, **fields})


def poll(*records: Record, **fields: Any) -> Poll:
    usual = {
        "at_ms": NOW,
        "answer": Answer(records=records),
        "interval_s": 60,
        "link": Link(state=LinkState.OK),
        "cookie_status": CookieStatus(),
    }
    return Poll(**{**usual, **fields})


async def stored(store: SqliteStore) -> list[Record]:
    return [record async for chunk in store.records.export(ExportQuery()) for record in chunk]


async def curve(store: SqliteStore, **fields: Any) -> Curve:
    """Whole days, so that sums come out of rollups where a bucket allows it."""
    day_ms = 86_400_000
    return await store.curves.curve(CurveQuery(from_ms=NOW - day_ms, to_ms=NOW + day_ms, **fields))


async def test_new_rows_get_a_revision_each_oldest_first(store: SqliteStore) -> None:
    """Each new row gets its own revision, in the order of time."""
    appended = await store.records.append(poll(row(3), row(2), row(1)))
    assert appended == Appended(revision=3, new=3, updated=0, is_first=True)
    assert store.records.revision == 3
    since = (await store.records.since(0, 10)).records
    assert [(one.revision, one.record.id) for one in since] == [(1, 1), (2, 2), (3, 3)]


async def test_same_answer_twice_changes_nothing(store: SqliteStore) -> None:
    """The second time nothing is new, and the revision is the same."""
    answer = poll(row(2), row(1, credits=Decimal("0.125")), row(3, api_key="laptop", status=None))
    await store.records.append(answer)
    before = await stored(store), await curve(store), await store.records.summary()
    appended = await store.records.append(answer)
    assert appended == Appended(revision=3, new=0, updated=0)
    assert before == (await stored(store), await curve(store), await store.records.summary())


@pytest.mark.parametrize(
    "fields",
    [
        {"credits": 6},
        {"credits": Decimal("5.000000000000000000000000000000000000001")},
        {"status": 500},
        {"status": None},
        {"t_ms": NOW - 9_000},
        {"model": "haiku"},
        {"api_key": "laptop"},
        {"api_key": ""},
        {"extra": '{"x":1}'},
    ],
    ids=str,
)
async def test_changed_row_is_updated(store: SqliteStore, fields: dict[str, Any]) -> None:
    """Whatever changed, the row is updated, has a new revision, and the total follows."""
    await store.records.append(poll(row(1), row(2)))
    changed = row(1, **fields)
    appended = await store.records.append(poll(changed, row(2)))
    assert appended == Appended(revision=3, new=0, updated=1)
    assert [(one.revision, one.record) for one in (await store.records.since(2, 9)).records] == [
        (3, changed)
    ]
    assert (await curve(store)).total == total([changed.credits, 5])


async def test_first_word_on_an_id_is_taken(store: SqliteStore) -> None:
    """An id twice in one answer is one record; the answer is newest first."""
    appended = await store.records.append(poll(row(1, credits=7), row(1, credits=5)))
    assert appended.new == 1
    assert (await curve(store)).total == 7
    assert (await store.records.append(poll(row(1, credits=7), row(1, credits=5)))).updated == 0


async def test_late_row_lands_at_its_own_time(store: SqliteStore) -> None:
    """A row older than the newest stored is placed where it belongs."""
    await store.records.append(poll(row(5), row(4)))
    await store.records.append(poll(row(5), row(4), row(2, credits=1)))
    (series,) = (await curve(store)).series
    assert series.t == [row(2).t_ms, row(4).t_ms, row(5).t_ms]
    assert series.v == [1, 5, 5]
    assert series.last == 5


@pytest.mark.parametrize("bucket", ["none", 60, 900, 3_600, 86_400])
async def test_row_that_starts_or_stops_counting_changes_the_sums(
    store: SqliteStore, bucket: Any
) -> None:
    """Only what counts is in the curve, also when a row changes its mind."""
    idle = row(1, endpoint="v1/messages/count_tokens")
    await store.records.append(poll(idle, row(2)))
    assert (await curve(store, bucket=bucket)).requests == 1
    await store.records.append(poll(row(1), row(2)))
    assert (await curve(store, bucket=bucket)).requests == 2
    assert (await store.records.summary()).counted == 2
    await store.records.append(poll(row(1), row(2, type="REFUND")))
    assert (await curve(store, bucket=bucket)).total == 5
    summary = await store.records.summary()
    assert (summary.total, summary.counted, summary.versions.revision) == (2, 1, 4)


@pytest.mark.parametrize(
    "amounts",
    [
        (Decimal("0.1"), Decimal("0.2")),
        (10**12, 1),
        (10**12 + 1, -1),
        (10**300, Decimal("1e-300")),
        (2**63, 2**63),
        (-5, 5),
    ],
    ids=str,
)
async def test_credits_are_kept_and_summed_exactly(
    store: SqliteStore, amounts: tuple[Credits, Credits]
) -> None:
    """Neither large nor tiny numbers lose a digit, one by one or in a sum."""
    one, two = amounts
    await store.records.append(poll(row(1, credits=one), row(2, credits=two)))
    assert [record.credits for record in await stored(store)] == [one, two]
    exact = {
        (Decimal("0.1"), Decimal("0.2")): Decimal("0.3"),
        (10**12, 1): 10**12 + 1,
        (10**12 + 1, -1): 10**12,
        (2**63, 2**63): 2**64,
        (-5, 5): 0,
    }
    for bucket in ("none", 60, 3_600):
        summed = (await curve(store, bucket=bucket)).total
        assert summed == exact.get(amounts, Decimal("1" + 300 * "0" + "." + 299 * "0" + "1"))


async def test_an_amount_that_is_corrected_leaves_no_rest(store: SqliteStore) -> None:
    """Also with more than Python's usual 28 digits, a sum is exact again after a removal."""
    long = Decimal("12345678901234567890.12345678901234567891")
    await store.records.append(poll(row(1, credits=long), row(2, credits=1)))
    await store.records.append(poll(row(1, credits=1), row(2, credits=1)))
    assert (await curve(store, bucket=3_600)).total == 2


async def test_unreadable_rows_are_quarantined_once(store: SqliteStore) -> None:
    """They are counted and kept with the good rows, and do not double."""
    answer = Answer(
        records=(row(1),), rejects=(Reject(raw='{"id":"x"}', code=RejectCode.ID_NOT_AN_INTEGER),)
    )
    await store.records.append(poll(answer=answer))
    await store.records.append(poll(answer=answer))
    summary = await store.records.summary()
    assert (summary.total, summary.quarantined, summary.versions.revision) == (1, 1, 1)


async def test_renewed_cookie_link_and_status_come_with_the_rows(
    store: SqliteStore, folder: Any, vault: Any, clock: Clock
) -> None:
    """All of a poll is there after a restart."""
    status = CookieStatus(state=CookieState.VALID, names=("a",), generation=1)
    await store.state.save(cookie=Secret(b"a=1"), cookie_status=status, link=Link())
    link = Link(state=LinkState.OK, last_success_ms=NOW)
    await store.records.append(
        poll(row(1), renewed=Secret(b"a=2"), cookie_status=status, link=link)
    )
    await store.close()
    again = SqliteStore.open(folder, vault=vault, clock=clock)
    try:
        assert await again.state.cookie() == Secret(b"a=2")
        assert (again.records.revision, again.state.link, again.state.cookie_status) == (
            1,
            link,
            status,
        )
    finally:
        await again.close()


async def test_poll_of_an_older_cookie_adds_only_rows(store: SqliteStore) -> None:
    """A renewal or proof of an older cookie does not affect the newer one."""
    old = CookieStatus(state=CookieState.VALID, generation=1)
    new = CookieStatus(state=CookieState.UNVERIFIED, generation=2)
    await store.state.save(cookie=Secret(b"new"), cookie_status=new, link=Link(code="new"))
    await store.records.append(
        poll(row(1), renewed=Secret(b"old"), cookie_status=old, link=Link(code="old"))
    )
    assert (await store.records.summary()).total == 1
    assert await store.state.cookie() == Secret(b"new")
    assert store.state.cookie_status == new
    assert store.state.link == Link(code="new")


async def test_answer_without_rows_deletes_nothing(store: SqliteStore) -> None:
    """An empty answer leaves the records, and is no gap."""
    await store.records.append(poll(row(1)))
    later = NOW + 60_000
    appended = await store.records.append(poll(at_ms=later))
    assert appended == Appended(revision=1, new=0, updated=0)
    assert await store.curves.gaps(row(1).t_ms, later) == ()


async def test_readers_see_committed_data(store: SqliteStore) -> None:
    """A record that the store has announced can be asked for at once."""
    for number in range(1, 30):
        appended = await store.records.append(poll(row(number)))
        (found,) = (await store.records.since(appended.revision - 1, 10)).records
        assert found.record.id == number


async def test_page_goes_back_record_by_record(store: SqliteStore) -> None:
    """Pages join without a doubled or a missing record, also among records of one moment."""
    same = [row(number, t_ms=NOW - number // 4) for number in range(1, 24)]
    await store.records.append(poll(*same))
    seen: list[Record] = []
    query = RecordsQuery(limit=5)
    while True:
        page = await store.records.page(query)
        seen += [one.record for one in page.records]
        if page.next is None:
            break
        query = msgspec.structs.replace(query, before=page.next)
    assert seen == sorted(same, key=lambda one: (one.t_ms, one.id), reverse=True)


async def test_a_back_fill_does_not_change_the_link(store: SqliteStore) -> None:
    """It was built before collecting was switched off, and comes after: off stays off."""
    off = Link(state=LinkState.OFF)
    await store.state.save_link(off)
    await store.records.append(poll(row(1), hours=24))
    assert store.state.link == off
    await store.records.append(poll(row(2)))
    assert store.state.link.state is LinkState.OK
