"""Previews: the episodes that rules would have had on stored records."""

from datetime import UTC

import pytest

from creditcurve.alerting.preview import Preview
from creditcurve.alerting.style import Style
from creditcurve.domain.account import Account
from creditcurve.domain.alert import Kind, Rule, RuleError
from creditcurve.domain.instant import DAY_MS, HOUR_MS, MINUTE_MS
from creditcurve.domain.record import Record
from creditcurve.domain.unit import Unit
from support.history import store_history
from support.record_files import record
from support.world import NOW, SiteWorld

SPENDING = Rule(id="r", kind=Kind.SPEND, window_s=3_600, above=100)
PEAKS_MS = (NOW - 20 * DAY_MS, NOW - 9 * DAY_MS, NOW - 2 * DAY_MS)


def three_peaks(model: str = "opus") -> list[Record]:
    """Return a quiet month with three hours of 150 credits, 30 at a time."""
    instants = [peak + number * 10 * MINUTE_MS for peak in PEAKS_MS for number in range(5)]
    return [
        record(number + 1, t_ms=at, credits=30, model=model) for number, at in enumerate(instants)
    ]


async def preview(world: SiteWorld, rule: Rule, days: int = 30) -> Preview:
    """Return the preview of the last days."""
    return await world.commands.alerts.preview(rule, days)


async def test_three_peaks_are_three_episodes_at_their_times(world: SiteWorld) -> None:
    await store_history(world, three_peaks(), 40)
    found = await preview(world, SPENDING)
    assert found.is_complete
    assert [one.peak for one in found.episodes] == [150, 150, 150]
    for episode, peak_ms in zip(found.episodes, PEAKS_MS, strict=True):
        assert 0 <= episode.since_ms - (peak_ms + 30 * MINUTE_MS) <= MINUTE_MS
        assert episode.until_ms is not None
        assert 0 <= episode.until_ms - (peak_ms + 70 * MINUTE_MS) <= MINUTE_MS


async def test_only_the_named_model_and_the_asked_days_count(world: SiteWorld) -> None:
    await store_history(world, three_peaks("haiku"), 40)
    of_model = Rule(id="r", kind=Kind.SPEND, window_s=3_600, above=100, model="opus")
    assert len((await preview(world, of_model)).episodes) == 0
    assert len((await preview(world, SPENDING, days=10)).episodes) == 2


async def test_a_range_that_is_partly_unknown_is_incomplete(world: SiteWorld) -> None:
    await store_history(world, three_peaks(), 10)
    found = await preview(world, SPENDING)
    assert not found.is_complete
    assert len(found.episodes) == 2


@pytest.mark.slow
async def test_spending_in_away_hours_is_found(world: SiteWorld) -> None:
    await store_history(world, three_peaks(), 40)
    await world.change(time_zone="UTC")
    night = Rule(id="r", kind=Kind.AWAY, start="12:00", end="14:00")
    day = Rule(id="r", kind=Kind.AWAY, start="20:00", end="22:00")
    assert len((await preview(world, night)).episodes) == len(PEAKS_MS)
    assert len((await preview(world, day)).episodes) == 0


async def test_a_balance_is_judged_by_its_readings(world: SiteWorld) -> None:
    await store_history(world, three_peaks(), 40)
    for hours, balance in ((40 * 24, 900), (50, 80), (49, 70), (40, 900)):
        account = Account(at_ms=NOW - hours * HOUR_MS, unit=Unit.CREDITS, balance=balance)
        await world.store.account.save(account, {})
    (episode,) = (await preview(world, Rule(id="r", kind=Kind.BALANCE, below=100))).episodes
    assert (episode.peak, episode.since_ms) == (70, NOW - 50 * HOUR_MS)


async def test_a_balance_that_ran_out_at_its_pace_is_found(world: SiteWorld) -> None:
    """900 credits, 150 of which are spent an hour from the fourth day before now on."""
    spent = [
        record(number + 1, t_ms=NOW - 4 * DAY_MS + number * 10 * MINUTE_MS, credits=25)
        for number in range(30)
    ]
    await store_history(world, spent, 40)
    for number in range(6):
        at_ms, balance = NOW - 4 * DAY_MS + number * HOUR_MS, 900 - number * 150
        account = Account(at_ms=at_ms, unit=Unit.CREDITS, balance=balance)
        await world.store.account.save(account, {})
    rule = Rule(id="r", kind=Kind.RUNS_OUT, within_h=3)
    (episode,) = (await preview(world, rule, days=5)).episodes
    assert 2 * HOUR_MS <= episode.since_ms - (NOW - 4 * DAY_MS) <= 5 * HOUR_MS


async def test_a_key_is_new_once_and_the_first_one_is_not(world: SiteWorld) -> None:
    keys = {NOW - 35 * DAY_MS: "old", NOW - 5 * DAY_MS: "ci", NOW - 5 * HOUR_MS: "ci"}
    records = [
        record(number + 1, t_ms=at, api_key=key) for number, (at, key) in enumerate(keys.items())
    ]
    await store_history(world, records, 40)
    (episode,) = (await preview(world, Rule(id="r", kind=Kind.NEW_KEY))).episodes
    assert (episode.subject, episode.until_ms) == ("ci", NOW - 4 * DAY_MS + MINUTE_MS)


async def test_the_message_is_the_one_of_the_newest_episode_when_it_was_due(
    world: SiteWorld,
) -> None:
    await store_history(world, three_peaks(), 40)
    await world.change(time_zone="UTC", locale="en", page_url="http://phone.test/")
    found = await preview(world, SPENDING)
    since_ms = found.episodes[-1].since_ms
    assert not found.is_example
    assert found.message.title == "Spend above the limit"
    assert found.message.text.splitlines() == [
        "Within 1 h",
        "120 credits",
        f"Since {Style(is_chinese=False, zone=UTC).time(since_ms)}",
        "Model: opus",
    ]
    assert found.message.link is not None
    assert found.message.link.startswith(f"http://phone.test/?from={since_ms - HOUR_MS}&")


async def test_without_an_episode_the_message_is_an_example_at_the_threshold(
    world: SiteWorld,
) -> None:
    await world.change(locale="zh-CN")
    found = await preview(world, Rule(id="r", kind=Kind.SILENCE, minutes=45))
    assert found.is_example
    assert found.message.title == "无法从站点获取数据"
    assert found.message.text.startswith("45 分钟没有数据")


async def test_values_without_a_history_give_the_reported_episodes(world: SiteWorld) -> None:
    found = await preview(world, Rule(id="r", kind=Kind.DISK))
    assert (len(found.episodes), found.is_complete) == (0, False)


async def test_a_rule_without_its_fields_is_refused(world: SiteWorld) -> None:
    with pytest.raises(RuleError):
        await preview(world, Rule(id="r", kind=Kind.SPEND))
