"""The site's hourly sums beside ours, in a real store."""

from decimal import Decimal

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.credits import Credits
from creditcurve.domain.link import Link
from creditcurve.domain.reconciliation import ChartHour, Difference
from creditcurve.domain.record import Answer, Record
from creditcurve.store import CurveQuery, Poll, SqliteStore

HOUR = 3_600_000
NOW = 1_760_000_400_000
FIRST = NOW // HOUR * HOUR - 3 * HOUR


def record(
    number: int, t_ms: int, credits_: Credits, endpoint: str = "v1/messages", model: str = "m"
) -> Record:
    return Record(
        id=number, t_ms=t_ms, type="USAGE", endpoint=endpoint, model=model, credits=credits_
    )


async def poll(store: SqliteStore, *records: Record, at_ms: int = NOW) -> None:
    await store.records.append(
        Poll(
            at_ms=at_ms,
            answer=Answer(records=records),
            interval_s=60,
            link=Link(),
            cookie_status=CookieStatus(),
        )
    )


async def differences(store: SqliteStore) -> tuple[Difference, ...]:
    query = CurveQuery(from_ms=FIRST, to_ms=NOW, bucket=3_600)
    return (await store.curves.curve(query)).differences


def chart(*sums: Credits) -> list[ChartHour]:
    return [ChartHour(FIRST + number * HOUR, consumed) for number, consumed in enumerate(sums)]


async def test_hours_agree_to_the_last_digit(store: SqliteStore) -> None:
    """Decimals, several models, and an hour without requests."""
    await poll(
        store,
        record(1, FIRST, Decimal("0.1")),
        record(2, FIRST + HOUR - 1, Decimal("0.2"), model="n"),
        record(3, FIRST + 2 * HOUR, 7),
    )
    await store.curves.save_chart(chart(Decimal("0.3"), 0, 7), at_ms=NOW)
    found = (await store.records.summary()).reconciliation
    assert found is not None
    assert (found.at_ms, found.hours, found.agree, found.in_gap) == (NOW, 3, 3, 0)
    assert await differences(store) == ()


async def test_a_late_record_removes_the_difference(store: SqliteStore) -> None:
    """Sums are compared on request, not when the site reports them."""
    rest = (record(1, FIRST, 5), record(3, FIRST + 2 * HOUR, 7))
    await poll(store, *rest)
    await store.curves.save_chart(chart(5, 4, 7), at_ms=NOW)
    assert await differences(store) == (
        Difference(t_ms=FIRST + HOUR, ours=0, theirs=4, in_gap=False),
    )
    await poll(store, *rest, record(2, FIRST + HOUR + 9, 4))
    assert await differences(store) == ()


async def test_a_late_record_that_does_not_count_may_explain_the_difference(
    store: SqliteStore,
) -> None:
    await poll(store, record(1, FIRST, 5))
    await store.curves.save_chart(chart(7), at_ms=NOW)
    assert len(await differences(store)) == 1
    await store.records.import_records([record(2, FIRST + 1, 2, "backend-api/codex/responses")])
    assert await differences(store) == ()


async def test_records_of_a_reported_hour_change_the_version_of_the_sums(
    store: SqliteStore,
) -> None:
    """Clients add new records to their curve, but cannot compare hours."""
    first = record(1, FIRST, 5)
    await poll(store, first)
    await store.curves.save_chart(chart(5), at_ms=NOW)
    reported = (await store.versions()).sums
    await store.records.import_records([record(2, FIRST + HOUR, 1)])
    assert (await store.versions()).sums == reported
    await store.records.import_records([record(3, FIRST + HOUR - 1, 4)])
    imported = (await store.versions()).sums
    assert imported > reported
    await poll(store, first, record(4, FIRST + 1, 2))
    polled = (await store.versions()).sums
    assert polled > imported
    await poll(store, first, record(4, FIRST + 2 * HOUR, 2))
    assert (await store.versions()).sums > polled


async def test_an_hour_before_the_first_record_is_in_a_gap(store: SqliteStore) -> None:
    """The site knows of it, we do not, and say so already."""
    await poll(store, record(3, FIRST + 2 * HOUR, 7))
    await store.curves.save_chart(chart(5, 0, 7), at_ms=NOW)
    found = (await store.records.summary()).reconciliation
    assert found is not None
    assert (found.hours, found.agree, found.in_gap) == (2, 2, 1)
    assert [(one.theirs, one.in_gap) for one in await differences(store)] == [(5, True)]


async def test_an_hour_that_no_poll_has_seen_the_end_of_is_not_compared(store: SqliteStore) -> None:
    """The last rows of it may simply not have been asked for yet."""
    await poll(store, record(1, FIRST, 5), at_ms=FIRST + 2 * HOUR - 1)
    await store.curves.save_chart(chart(5, 4), at_ms=NOW)
    found = (await store.records.summary()).reconciliation
    assert found is not None
    assert found.hours == 1


async def test_credits_of_other_endpoints_may_be_in_the_site_s_sum(store: SqliteStore) -> None:
    """And a negative amount is credit that was added, not consumed."""
    await poll(
        store,
        record(1, FIRST, 5),
        record(2, FIRST + 1, Decimal("2.5"), "backend-api/codex/responses"),
        record(3, FIRST + 2, Decimal("-1.5"), "gift"),
        record(4, FIRST + 3, -9, "gift"),
    )
    await store.curves.save_chart(chart(Decimal("7.5"), 0, 0), at_ms=NOW)
    assert await differences(store) == ()
    await store.curves.save_chart(chart(Decimal("-1.5"), 0, 0), at_ms=NOW)
    assert len(await differences(store)) == 1


async def test_a_site_that_never_sent_sums_is_not_compared(store: SqliteStore) -> None:
    """Nothing is claimed."""
    await poll(store, record(1, FIRST, 5))
    assert (await store.records.summary()).reconciliation is None
    assert await differences(store) == ()
