"""Episodes and messages are stored with the poll that caused them, and addresses are sealed."""

from datetime import UTC
from pathlib import Path

import msgspec
import pytest

from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.channel import Address, Channel
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.outbox import State as MessageState
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.store import EpisodesQuery, Observed, Poll, SqliteStore
from creditcurve.vault import Vault
from support.record_files import record
from support.sweeps import first
from unit.store.conftest import HandClock

SPENT = Rule(id="spent", kind=Kind.SPEND, window_s=3_600, above=100.0)


def observed(now_ms: int) -> Observed:
    """Return an observation of that moment."""
    return Observed(now_ms=now_ms, zone=UTC, watched_since_ms=now_ms, run="test", elapsed_ms=now_ms)


def poll(now_ms: int, credits_: int) -> Poll:
    """Return a good poll with one record."""
    record = Record(
        id=credits_,
        t_ms=now_ms - 60_000,
        type="USAGE",
        endpoint="v1/messages",
        model="opus",
        credits=credits_,
        api_key="laptop",
    )
    return Poll(
        at_ms=now_ms,
        answer=Answer(records=(record,)),
        interval_s=60,
        link=Link(state=LinkState.OK, last_success_ms=now_ms),
        cookie_status=CookieStatus(state=CookieState.VALID),
        observed=observed(now_ms),
    )


def contains(text: bytes, folder: Path) -> bool:
    """Return whether a file of a folder contains a text."""
    return any(text in file.read_bytes() for file in folder.iterdir())


async def test_a_poll_stores_the_episode_and_one_message(
    store: SqliteStore, folder: Path, vault: Vault, clock: HandClock
) -> None:
    await store.alerts.save_rule(SPENT, at_ms=clock.t_ms)
    first = await store.records.append(poll(clock.t_ms, 500))
    assert first.are_alerts_changed
    (before,) = await store.outbox.open_messages()
    await store.close()
    again = SqliteStore.open(folder, vault=vault, clock=clock)
    try:
        await again.records.append(poll(clock.t_ms + 60_000, 500))
        assert [one.id for one in await again.outbox.open_messages()] == [before.id]
        (episode,) = (await again.alerts.episodes(EpisodesQuery())).episodes
        assert (episode.episode.value, episode.episode.since_ms) == (500, clock.t_ms)
    finally:
        await again.close()


async def test_the_message_of_the_end_has_the_cost(store: SqliteStore, clock: HandClock) -> None:
    """The second and third requests are made during the episode, the fourth after it."""
    start_ms = clock.t_ms
    await store.alerts.save_rule(SPENT, at_ms=start_ms)
    for minutes, credits_ in ((0, 500), (30, 70), (100, 3), (110, 4)):
        await store.records.append(poll(start_ms + minutes * 60_000, credits_))
    _, ended = await store.outbox.open_messages()
    assert (ended.contents[0].notice, ended.contents[0].cost) == ("recovered", 73)


@pytest.mark.parametrize("minutes", first(5, [2, 59, 61, 120, 1_500, 10, 60, 90, 119, 200]))
@pytest.mark.parametrize("minute_of_hour", first(2, [0, 59, 1, 30]))
async def test_a_window_sums_its_minutes_and_no_others(
    store: SqliteStore, minutes: int, minute_of_hour: int
) -> None:
    """One credit was spent in each minute of the last 26 hours."""
    hour_ms = 1_760_000_400_000
    now_ms = hour_ms + minute_of_hour * 60_000 + 1
    records = [record(one, t_ms=now_ms - one * 60_000, credits=1) for one in range(1, 1_560)]
    await store.records.import_records(records)
    rule = Rule(id="spent", kind=Kind.SPEND, window_s=minutes * 60, above=0.5)
    await store.alerts.save_rule(rule, at_ms=now_ms)
    await store.records.append(poll(now_ms, 0))
    (episode,) = (await store.alerts.episodes(EpisodesQuery())).episodes
    # The poll's own request is free; the first minute began before the window.
    assert episode.episode.value == minutes - 1


@pytest.mark.parametrize(
    "rule",
    [
        SPENT,
        Rule(id="away", kind=Kind.AWAY, start="00:00", end="00:00"),
        Rule(id="model", kind=Kind.SPEND, window_s=3_600, above=10, model="haiku"),
    ],
)
async def test_a_message_names_the_model_and_the_key_with_most_of_the_spending(
    store: SqliteStore, clock: HandClock, rule: Rule
) -> None:
    """The largest sum, not the largest request; of a rule on a model, only its requests."""
    await store.alerts.save_rule(rule, at_ms=clock.t_ms)
    spent = [("haiku", "ci", 90), ("opus", "laptop", 60), ("opus", "laptop", 60)]
    records = tuple(
        record(n + 1, t_ms=clock.t_ms - 60_000, model=model, api_key=key, credits=amount)
        for n, (model, key, amount) in enumerate(spent)
    )
    found = msgspec.structs.replace(poll(clock.t_ms, 5), answer=Answer(records=records))
    await store.records.append(found)
    messages = await store.outbox.open_messages()
    (part,) = [one.contents[0] for one in messages if one.contents[0].rule.id == rule.id]
    expected = ("haiku", "ci") if rule.model else ("opus", "laptop")
    assert (part.model, part.api_key) == expected


async def test_an_episode_can_be_confirmed_and_again_not(
    store: SqliteStore, clock: HandClock
) -> None:
    await store.alerts.save_rule(SPENT, at_ms=clock.t_ms)
    await store.records.append(poll(clock.t_ms, 500))
    (one,) = (await store.alerts.episodes(EpisodesQuery())).episodes
    for at_ms in (clock.t_ms, None):
        await store.alerts.confirm(one.id, at_ms)
        found = await store.alerts.episode(one.id)
        assert found is not None
        assert found.episode.confirmed_ms == at_ms
    assert await store.alerts.confirm(99, clock.t_ms) is None


async def test_a_tick_without_a_poll_does_not_end_an_episode_of_values(
    store: SqliteStore, clock: HandClock
) -> None:
    await store.alerts.save_rule(SPENT, at_ms=clock.t_ms)
    await store.records.append(poll(clock.t_ms, 500))
    await store.alerts.advance(observed(clock.t_ms + 7_200_000))
    states = [one.episode for one in (await store.alerts.episodes(EpisodesQuery())).episodes]
    assert [one.state for one in states if one.rule == SPENT.id] == ["firing"]


async def snoozed_episode(store: SqliteStore, now_ms: int, until_ms: int) -> None:
    """Store an episode that fires, and snooze it before its message was sent."""
    await store.alerts.save_rule(SPENT, at_ms=now_ms)
    await store.records.append(poll(now_ms, 500))
    (one,) = (await store.alerts.episodes(EpisodesQuery())).episodes
    after = await store.alerts.snooze(one.id, until_ms, at_ms=now_ms)
    assert after is not None
    assert after.snoozed_until_ms == until_ms


async def test_a_snooze_drops_the_messages_that_were_not_sent(
    store: SqliteStore, clock: HandClock
) -> None:
    await snoozed_episode(store, clock.t_ms, clock.t_ms + HOUR_MS)
    assert await store.outbox.open_messages() == []
    (one,) = (await store.alerts.episodes(EpisodesQuery())).episodes
    assert [message.state for message in one.messages] == [MessageState.DROPPED]


async def test_a_snooze_covers_later_episodes_of_the_rule_and_a_restart(
    store: SqliteStore, folder: Path, vault: Vault, clock: HandClock
) -> None:
    """The first spending has left the window after 61 minutes, and the episode is over."""
    start_ms = clock.t_ms
    await snoozed_episode(store, start_ms, start_ms + 3 * HOUR_MS)
    await store.close()
    again = SqliteStore.open(folder, vault=vault, clock=clock)
    try:
        for minutes, credits_ in ((70, 1), (80, 2), (90, 600)):
            await again.records.append(poll(start_ms + minutes * 60_000, credits_))
        newest, first = (await again.alerts.episodes(EpisodesQuery())).episodes
        assert (newest.episode.state, first.episode.state) == ("firing", "over")
        assert await again.outbox.open_messages() == []
        await again.records.append(poll(start_ms + 3 * HOUR_MS, 700))
        (message,) = await again.outbox.open_messages()
        assert message.contents[0].notice == "fired"
    finally:
        await again.close()


async def test_a_rule_that_is_switched_off_is_no_longer_snoozed(
    store: SqliteStore, clock: HandClock
) -> None:
    await snoozed_episode(store, clock.t_ms, clock.t_ms + HOUR_MS)
    for enabled in (False, True):
        changed = msgspec.structs.replace(SPENT, enabled=enabled)
        await store.alerts.save_rule(changed, at_ms=clock.t_ms)
    await store.records.append(poll(clock.t_ms + 60_000, 501))
    assert len(await store.outbox.open_messages()) == 1


async def test_an_open_episode_is_written_again_only_when_the_shown_value_changes(
    store: SqliteStore, clock: HandClock
) -> None:
    """A login that ends in 20 hours: the message shows whole hours."""
    expires_ms = clock.t_ms + 20 * HOUR_MS
    expiring = CookieStatus(state=CookieState.VALID, generation=1, expires_at_ms=expires_ms)
    await store.state.save(cookie=Secret(b"c"), cookie_status=expiring)
    ticks_ms = range(clock.t_ms, clock.t_ms + 2 * HOUR_MS, 30_000)
    written = [await store.alerts.advance(observed(now_ms)) for now_ms in ticks_ms]
    assert sum(written) == 2


async def test_the_keys_of_the_first_poll_are_not_new(store: SqliteStore, clock: HandClock) -> None:
    await store.alerts.save_rule(Rule(id="key", kind=Kind.NEW_KEY), at_ms=clock.t_ms)
    assert not (await store.records.append(poll(clock.t_ms, 5))).are_alerts_changed


async def test_the_first_key_is_not_new_after_polls_without_rows(
    store: SqliteStore, clock: HandClock
) -> None:
    await store.alerts.save_rule(Rule(id="key", kind=Kind.NEW_KEY), at_ms=clock.t_ms)
    empty = msgspec.structs.replace(poll(clock.t_ms, 5), answer=Answer(records=()))
    await store.records.append(empty)
    assert not (await store.records.append(poll(clock.t_ms + 60_000, 5))).are_alerts_changed


async def test_an_address_is_sealed_and_absent_from_a_backup(
    store: SqliteStore, folder: Path, vault: Vault, clock: HandClock, tmp_path: Path
) -> None:
    address = Address(Secret.of("https://a.test/t0ken"), Secret.of("s3cret"))
    await store.alerts.save_channel(Channel(id="c", kind="bark", name="phone"), address)
    assert await store.alerts.address("c") == address
    copy = tmp_path / "copy" / "creditcurve.db"
    copy.parent.mkdir()
    await store.storage.backup(copy)
    assert not contains(b"t0ken", folder)
    assert not contains(b"t0ken", copy.parent)
    restored = SqliteStore.open(copy.parent, vault=vault, clock=clock)
    try:
        assert [one.name for one in restored.alerts.setup.channels] == ["phone"]
        assert await restored.alerts.address("c") is None
    finally:
        await restored.close()


async def test_a_deleted_channel_leaves_no_address_and_no_other_is_deleted(
    store: SqliteStore, folder: Path
) -> None:
    for name in ("a", "b"):
        address = Address(Secret.of(f"https://{name}.test/"))
        await store.alerts.save_channel(Channel(id=name, kind="bark", name=name), address)
    before = store.alerts.setup
    assert await store.alerts.delete_channel("a")
    assert [one.id for one in store.alerts.setup.channels] == ["b"]
    assert store.alerts.setup.version > before.version
    assert (await store.alerts.address("a"), await store.alerts.address("b")) == (
        None,
        Address(Secret.of("https://b.test/")),
    )
    after = store.alerts.setup
    assert not await store.alerts.delete_channel("a")
    assert store.alerts.setup == after


async def test_a_channel_that_is_saved_without_an_address_keeps_its_own(
    store: SqliteStore,
) -> None:
    address = Address(Secret.of("https://a.test/"), Secret.of("s"))
    await store.alerts.save_channel(Channel(id="a", kind="bark", name="phone"), address)
    await store.alerts.save_channel(Channel(id="a", kind="bark", name="tablet"))
    assert [one.name for one in store.alerts.setup.channels] == ["tablet"]
    assert await store.alerts.address("a") == address


async def test_a_snooze_can_be_ended(store: SqliteStore, clock: HandClock) -> None:
    await snoozed_episode(store, clock.t_ms, clock.t_ms + HOUR_MS)
    (one,) = (await store.alerts.episodes(EpisodesQuery())).episodes
    version = store.alerts.setup.version
    after = await store.alerts.snooze(one.id, None, at_ms=clock.t_ms + 1)
    assert after is not None
    assert (after.id, after.snoozed_until_ms) == (one.id, None)
    assert store.alerts.setup.version > version


async def end_snooze(store: SqliteStore, at_ms: int) -> list[str]:
    """End the snooze of the newest episode's rule; return the notices of the waiting messages."""
    one, *_ = (await store.alerts.episodes(EpisodesQuery())).episodes
    await store.alerts.snooze(one.id, None, at_ms=at_ms)
    found = await store.outbox.open_messages()
    assert all(message.state is MessageState.WAITING for message in found)
    return [message.contents[0].notice for message in found]


async def test_a_snooze_that_is_ended_gives_its_message_back(
    store: SqliteStore, clock: HandClock
) -> None:
    """Once, even if the snooze was extended; the episode itself sends no second one."""
    now_ms = clock.t_ms
    await snoozed_episode(store, now_ms, now_ms + HOUR_MS)
    (one,) = (await store.alerts.episodes(EpisodesQuery())).episodes
    await store.alerts.snooze(one.id, now_ms + 2 * HOUR_MS, at_ms=now_ms + 60_000)
    assert await end_snooze(store, now_ms + 90_000) == ["fired"]
    await store.records.append(poll(now_ms + 120_000, 501))
    assert await end_snooze(store, now_ms + 150_000) == ["fired"]


async def test_a_message_about_an_episode_that_ended_while_snoozed_stays_dropped(
    store: SqliteStore, clock: HandClock
) -> None:
    now_ms = clock.t_ms
    await snoozed_episode(store, now_ms, now_ms + 6 * HOUR_MS)
    for minutes, credits_ in ((70, 1), (80, 2)):
        await store.records.append(poll(now_ms + minutes * 60_000, credits_))
    (one,) = (await store.alerts.episodes(EpisodesQuery())).episodes
    assert one.episode.state == "over"
    assert await end_snooze(store, now_ms + 2 * HOUR_MS) == []


async def test_a_snooze_that_is_over_gives_nothing_back(
    store: SqliteStore, clock: HandClock
) -> None:
    """Its episode has sent another message by then, or sends it with the next poll."""
    now_ms = clock.t_ms
    await snoozed_episode(store, now_ms, now_ms + 60_000)
    assert await end_snooze(store, now_ms + 60_000) == []


async def test_an_episode_that_does_not_exist_cannot_be_snoozed(
    store: SqliteStore, clock: HandClock
) -> None:
    before = store.alerts.setup
    assert await store.alerts.snooze(99, clock.t_ms + HOUR_MS, at_ms=clock.t_ms) is None
    assert store.alerts.setup == before


async def test_an_episode_that_ends_before_its_minimum_duration_is_not_stored(
    store: SqliteStore, clock: HandClock
) -> None:
    slow = msgspec.structs.replace(SPENT, for_s=3_600, window_s=600)
    await store.alerts.save_rule(slow, at_ms=clock.t_ms)
    assert (await store.records.append(poll(clock.t_ms, 500))).are_alerts_changed
    (pending,) = (await store.alerts.episodes(EpisodesQuery())).episodes
    assert pending.episode.state == "pending"
    assert (await store.records.append(poll(clock.t_ms + 1_200_000, 3))).are_alerts_changed
    assert (await store.alerts.episodes(EpisodesQuery())).episodes == ()
    assert await store.outbox.open_messages() == []


async def test_a_rule_that_is_deleted_ends_its_episode_without_a_message(
    store: SqliteStore, clock: HandClock
) -> None:
    await store.alerts.save_rule(SPENT, at_ms=clock.t_ms)
    await store.records.append(poll(clock.t_ms, 500))
    before = await store.outbox.open_messages()
    assert await store.alerts.delete_rule(SPENT.id, at_ms=clock.t_ms + 5)
    assert not await store.alerts.delete_rule(SPENT.id, at_ms=clock.t_ms + 6)
    (over,) = (await store.alerts.episodes(EpisodesQuery())).episodes
    assert (over.episode.state, over.episode.changed_ms) == ("over", clock.t_ms + 5)
    assert await store.outbox.open_messages() == before


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (SPENT, (163, "opus", "laptop")),
        (msgspec.structs.replace(SPENT, above=10, model="haiku"), (60, "haiku", "ci")),
        (msgspec.structs.replace(SPENT, above=10, api_key="laptop"), (103, "opus", "laptop")),
    ],
)
async def test_the_end_of_an_episode_costs_what_its_rule_watches(
    store: SqliteStore, clock: HandClock, rule: Rule, expected: tuple[int, str, str]
) -> None:
    """From the first crossing on until the value has recovered, both included."""
    start_ms = clock.t_ms
    await store.alerts.save_rule(rule, at_ms=start_ms)
    spent = [
        (1, -30, "opus", "laptop", 500),
        (2, -31, "haiku", "ci", 400),
        (3, 10, "opus", "laptop", 103),
        (4, 20, "haiku", "ci", 60),
        (5, 95, "haiku", "ci", 1),
    ]
    for minutes in (0, 30, 90, 96, 110):
        records = tuple(
            record(n, t_ms=start_ms + at * 60_000, model=model, api_key=key, credits=amount)
            for n, at, model, key, amount in spent
            if at <= minutes
        )
        found = msgspec.structs.replace(
            poll(start_ms + minutes * 60_000, 5), answer=Answer(records=records)
        )
        await store.records.append(found)
    first, ended = (one.contents[0] for one in await store.outbox.open_messages())
    assert (first.notice, first.cost) == ("fired", None)
    assert (ended.notice, ended.cost) == ("recovered", expected[0])
    assert (first.model, first.api_key) == expected[1:]
    assert (first.at_ms, first.rule) == (start_ms, rule)
    assert first.episode.since_ms == ended.episode.since_ms == start_ms


SILENCE = Rule(id="silence", kind=Kind.SILENCE, minutes=30)
MINUTE = 60_000


async def open_values(store: SqliteStore, rule: Rule) -> list[tuple[float, int]]:
    """Return value and start of each open episode of a rule."""
    found = (await store.alerts.episodes(EpisodesQuery())).episodes
    return [
        (one.episode.value, one.episode.since_ms)
        for one in found
        if one.episode.rule == rule.id and one.episode.is_open
    ]


async def polled(store: SqliteStore, now_ms: int) -> None:
    """Store a cookie and a poll, with collecting switched on."""
    await store.state.save(settings=Settings(collecting=True))
    status = CookieStatus(state=CookieState.VALID, generation=1)
    await store.state.save(cookie=Secret(b"c"), cookie_status=status)
    good = msgspec.structs.replace(poll(now_ms, 5), cookie_status=status)
    await store.records.append(good)


@pytest.mark.parametrize(
    ("minutes", "watched", "expected"), [(30, 0, []), (31, 0, [31]), (90, 60, []), (91, 60, [31])]
)
async def test_silence_counts_from_the_last_good_poll_while_polls_were_made(
    store: SqliteStore, clock: HandClock, minutes: int, watched: int, expected: list[int]
) -> None:
    await store.alerts.save_rule(SILENCE, at_ms=clock.t_ms)
    await polled(store, clock.t_ms)
    tick = observed(clock.t_ms + minutes * MINUTE)
    watched_since_ms = clock.t_ms + watched * MINUTE
    await store.alerts.advance(msgspec.structs.replace(tick, watched_since_ms=watched_since_ms))
    assert [value for value, _ in await open_values(store, SILENCE)] == expected


async def test_without_polls_by_choice_there_is_no_silence(
    store: SqliteStore, clock: HandClock
) -> None:
    await store.alerts.save_rule(SILENCE, at_ms=clock.t_ms)
    await polled(store, clock.t_ms)
    await store.state.save(settings=Settings(collecting=False))
    tick = msgspec.structs.replace(observed(clock.t_ms + HOUR_MS), watched_since_ms=0)
    await store.alerts.advance(tick)
    assert await open_values(store, SILENCE) == []


@pytest.mark.parametrize(
    ("set_by_ms", "run", "moved_ms"),
    [
        (HOUR_MS, "test", HOUR_MS),
        (-HOUR_MS, "test", -HOUR_MS),
        (MINUTE // 2, "test", 0),
        (MINUTE // 2 + 1, "test", MINUTE // 2 + 1),
        (-MINUTE // 2, "test", 0),
        (HOUR_MS, "another", 0),
    ],
)
async def test_a_clock_that_was_set_moves_the_open_episode_within_one_run(
    store: SqliteStore, clock: HandClock, set_by_ms: int, run: str, moved_ms: int
) -> None:
    """A slow drift moves nothing, and after a restart the clocks cannot be compared."""
    await store.alerts.save_rule(SPENT, at_ms=clock.t_ms)
    await store.records.append(poll(clock.t_ms, 500))
    later_ms = clock.t_ms + MINUTE + set_by_ms
    tick = msgspec.structs.replace(observed(later_ms), elapsed_ms=clock.t_ms + MINUTE, run=run)
    await store.alerts.advance(tick)
    ((_, since_ms),) = await open_values(store, SPENT)
    assert since_ms == clock.t_ms + moved_ms
    assert not await store.alerts.advance(tick), "the clock was noted"


@pytest.mark.parametrize(
    ("age_ms", "expected"), [(0, 1.0), (24 * HOUR_MS - 1, 1.0), (24 * HOUR_MS, 0.0)]
)
async def test_a_key_is_new_for_a_day(
    store: SqliteStore, clock: HandClock, age_ms: int, expected: float
) -> None:
    rule = Rule(id="key", kind=Kind.NEW_KEY)
    await store.alerts.save_rule(rule, at_ms=clock.t_ms)
    await store.records.append(poll(clock.t_ms, 5))
    other = record(99, t_ms=clock.t_ms, api_key="ci")
    found = msgspec.structs.replace(poll(clock.t_ms, 5), answer=Answer(records=(other,)))
    assert (await store.records.append(found)).are_alerts_changed
    assert [value for value, _ in await open_values(store, rule)] == [1.0]
    await store.records.append(poll(clock.t_ms + age_ms, 7))
    (one,) = (await store.alerts.episodes(EpisodesQuery())).episodes
    assert (one.episode.value, one.episode.subject) == (expected, "ci")
