"""Unreadable rows are quarantined, shown, and released once their record is known."""

from typing import Any

import apsw
import pytest

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.reject import Reject, RejectCode
from creditcurve.store import BadCursorError, Poll, Quarantined, SqliteStore
from creditcurve.store.sqlite.migrations import known_scripts, migrate
from creditcurve.store.sqlite.quarantine_rows import MAX_LARGE, MAX_ROWS

NOW = 1_760_000_000_000


def row(number: int) -> Record:
    return Record(
        id=number, t_ms=NOW - number, type="USAGE", endpoint="v1/messages", model="m", credits=5
    )


def reject(number: int, **fields: Any) -> Reject:
    return Reject(
        **{"raw": f'{{"id":{number}}}', "code": RejectCode.ROW_TOO_LONG, "id": number, **fields}
    )


def poll(*records: Record, rejects: tuple[Reject, ...] = ()) -> Poll:
    return Poll(
        at_ms=NOW,
        answer=Answer(records=records, rejects=rejects),
        interval_s=60,
        link=Link(),
        cookie_status=CookieStatus(),
    )


async def held(store: SqliteStore) -> list[int]:
    rows = (await store.quarantine.page(limit=100, before=None)).rows
    assert (await store.records.summary()).quarantined == len(rows)
    return [int(one.raw.removeprefix('{"id":').removesuffix("}")) for one in rows]


async def test_the_newest_come_first_and_by_the_page(store: SqliteStore) -> None:
    """Each with its time, its reason and its own text."""
    rejects = tuple(reject(number, is_cut=number == 3) for number in (1, 2, 3))
    await store.records.append(poll(row(9), rejects=rejects))
    first = await store.quarantine.page(limit=2, before=None)
    assert first.rows[0] == Quarantined(
        id=3, at_ms=NOW, code=RejectCode.ROW_TOO_LONG, detail="", raw='{"id":3}', is_cut=True
    )
    last = await store.quarantine.page(limit=2, before=first.next)
    assert ([one.id for one in last.rows], last.next) == ([1], None)


@pytest.mark.parametrize("cursor", ["", "x", "-1", "9" * 20, "\u0663"])
async def test_an_invented_cursor_is_refused(store: SqliteStore, cursor: str) -> None:
    with pytest.raises(BadCursorError):
        await store.quarantine.page(limit=1, before=cursor)


async def test_a_row_leaves_when_its_record_comes(store: SqliteStore) -> None:
    """By a later answer, by an import, or by the same answer; others stay."""
    await store.records.append(poll(row(9), rejects=tuple(map(reject, range(1, 6)))))
    await store.records.append(poll(row(1), row(9)))
    await store.records.import_records([row(2)])
    await store.records.append(poll(row(3), row(9), rejects=(reject(3, raw='{"id":3,"x":1}'),)))
    assert await held(store) == [5, 4]


async def test_the_oldest_make_room(store: SqliteStore) -> None:
    """The count is the number of quarantined rows."""
    for start in range(0, MAX_ROWS + 500, 500):
        await store.quarantine.add([reject(start + number) for number in range(500)], NOW)
    assert (await store.records.summary()).quarantined == MAX_ROWS
    assert (await store.quarantine.uncut(after=0, limit=1))[0].raw == '{"id":500}'


async def test_of_whole_answers_only_the_last_few_are_kept(store: SqliteStore) -> None:
    """They are large."""
    for number in range(MAX_LARGE + 5):
        await store.quarantine.add(
            [reject(number, raw=f"{number:05}" + "x" * 60_000, id=None)], NOW
        )
    rows = (await store.quarantine.page(limit=100, before=None)).rows
    assert [int(one.raw[:5]) for one in rows] == list(range(MAX_LARGE + 4, 4, -1))


async def test_rows_that_were_parsed_later_leave_as_their_records_arrive(
    store: SqliteStore,
) -> None:
    """A record stored meanwhile is unchanged; cut rows are not returned."""
    rejects = (reject(1), reject(2), reject(3, is_cut=True))
    await store.records.append(poll(row(9), rejects=rejects))
    readable = await store.quarantine.uncut(after=0, limit=10)
    assert [one.id for one in readable] == [1, 2]
    taken = await store.quarantine.replace([1, 2], [row(1), row(9)])
    assert (taken.new, taken.known, store.records.revision) == (1, 1, 2)
    assert await held(store) == [3]


def test_the_sentences_of_earlier_versions_become_codes() -> None:
    """A sentence without a code is kept as the detail of ``unknown``."""
    scripts = known_scripts()
    connection = apsw.Connection(":memory:")
    migrate(connection, scripts[:5])
    connection.executemany(
        "INSERT INTO quarantine (at_ms, raw, reason) VALUES (1, ?, ?)",
        [("a", "creditsUsed: not a decimal number"), ("b", "a sentence of a test version")],
    )
    migrate(connection, scripts)
    assert list(connection.execute("SELECT raw, code, detail FROM quarantine ORDER BY raw")) == [
        ("a", "credits_not_a_number", ""),
        ("b", "unknown", "a sentence of a test version"),
    ]
