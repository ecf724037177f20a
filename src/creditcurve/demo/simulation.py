"""The simulated site of the demo, and the commands that make a new data folder live at once."""

import asyncio
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from creditcurve.clocks import Clock, SystemClock
from creditcurve.commands import Commands
from creditcurve.config import Config
from creditcurve.demo.alerts import add_rules
from creditcurve.domain.instant import DAY_MS, HOUR_MS, MINUTE_MS, to_iso
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.simulator import (
    BEIJING_MS,
    DEMO_COOKIE,
    Era,
    History,
    Row,
    SimulatedAccount,
    SimulatedSite,
    TopUp,
    past_records,
)
from creditcurve.store import ExportQuery, Poll, Store

HOURS: Final = 24
PAST_DAYS: Final = 34
"""Enough for eight Saturdays and Sundays: fewer samples of an hour give no usual spend."""
SEED: Final = 20_250_825
POLL_INTERVAL_S: Final = 10
READING_MS: Final = 20 * MINUTE_MS
MAXIMUM: Final = 50_000
ROW_LIMIT: Final = 100
"""Rows that the simulated site returns without ``hours``: enough for ten seconds of the demo."""


def simulated_site(clock: Clock, era: Era = Era.CREDITS) -> SimulatedSite:
    """Return a site with a day of history and new requests; it is not started. Blocking."""
    return SimulatedSite(
        history=History.generated(SEED, HOURS),
        clock=clock,
        row_limit=ROW_LIMIT,
        account=_account(clock.now_ms(), era),
    )


def demo_config(config: Config, folder: Path, upstream: str) -> Config:
    """Return the configuration of a demo in a temporary folder, with a key of its own."""
    return msgspec.structs.replace(
        config,
        data_dir=folder,
        upstream=upstream,
        is_upstream_fixed=True,
        secret_key=Secret(secrets.token_bytes(32)),
        key_file=None,
        use_keyring=False,
        ca_file=None,
        proxy=None,
        is_demo=True,
    )


async def prepare(
    commands: Commands, store: Store, shown: Settings | None = None, era: Era = Era.CREDITS
) -> None:
    """Set the cookie, poll with the back-fill of a first poll, add rules, and collect.

    The weeks before that day are stored as if they had been collected.

    Args:
        commands: the commands of the demo.
        store: its store.
        shown: settings whose language, theme and time zone the demo begins with.
        era: how the simulated site charges.
    """
    await commands.cookie.set(DEMO_COOKIE.reveal().decode())
    await commands.refresh()
    await _store_past(store)
    await _store_balances(store, era)
    await add_rules(commands.alerts)

    def changed(settings: Settings) -> Settings:
        if shown is not None:
            settings = msgspec.structs.replace(
                settings, locale=shown.locale, theme=shown.theme, time_zone=shown.time_zone
            )
        return msgspec.structs.replace(settings, collecting=True, poll_interval_s=POLL_INTERVAL_S)

    await commands.settings.change(changed)


async def _store_past(store: Store) -> None:
    """Store the weeks before the first collected record, as a back-fill that reaches to it."""
    oldest = [chunk[0] async for chunk in store.records.export(ExportQuery())][:1]
    if not oldest:
        return
    past = await asyncio.to_thread(_past, oldest[0].t_ms)
    await store.records.append(
        Poll(
            at_ms=SystemClock().now_ms(),
            answer=Answer(records=(*past, oldest[0])),
            interval_s=POLL_INTERVAL_S,
            link=store.state.link,
            cookie_status=store.state.cookie_status,
            hours=PAST_DAYS * 24,
        )
    )


async def _store_balances(store: Store, era: Era) -> None:
    """Store the balance of the last day: its recoveries, a top-up and yesterday's reset."""
    now_ms = SystemClock().now_ms()
    account = _account(now_ms, era)
    query = ExportQuery(from_ms=account.since_ms)
    chunks = [chunk async for chunk in store.records.export(query)]
    rows: list[Row] = [
        {"createdAt": to_iso(record.t_ms), "creditsUsed": int(record.credits)}
        for chunk in chunks
        for record in chunk
    ]
    for t_ms in range(account.since_ms, now_ms - MINUTE_MS, READING_MS):
        await store.account.save(account.reading(rows, t_ms), {})


def _past(oldest_ms: int) -> tuple[Record, ...]:
    """Return the weeks up to the hour of the oldest record: the site knows its own rows alone.

    Its sum of an hour that has both would differ from ours.
    """
    until_ms = oldest_ms // HOUR_MS * HOUR_MS
    zone = datetime.now(UTC).astimezone().tzinfo or UTC
    return tuple(past_records(SEED, days=PAST_DAYS, until_ms=until_ms, zone=zone))


def _account(now_ms: int, era: Era) -> SimulatedAccount:
    """Return an account whose plan ends in 12 days; see ``_in_credits`` and ``_in_yuan``."""
    return _in_credits(now_ms) if era is Era.CREDITS else _in_yuan(now_ms)


def _in_yuan(now_ms: int) -> SimulatedAccount:
    """Return a wallet with a top-up, in thousandths of a yuan."""
    return SimulatedAccount(
        era=Era.WALLET,
        opening=4 * MAXIMUM,
        since_ms=now_ms - HOURS * HOUR_MS,
        plan="ULTRA",
        plan_ends_ms=now_ms + 12 * DAY_MS,
        top_ups=[TopUp(now_ms - 5 * HOUR_MS, MAXIMUM)],
    )


def _in_credits(now_ms: int) -> SimulatedAccount:
    """Return an account with recovery, a top-up and yesterday's reset."""
    midnight_ms = (now_ms + BEIJING_MS) // DAY_MS * DAY_MS - BEIJING_MS
    return SimulatedAccount(
        era=Era.CREDITS,
        opening=MAXIMUM,
        since_ms=now_ms - HOURS * HOUR_MS,
        plan="ULTRA",
        maximum=MAXIMUM,
        recovery_per_h=500,
        plan_ends_ms=now_ms + 12 * DAY_MS,
        resets=[midnight_ms - HOUR_MS],
        top_ups=[TopUp(now_ms - 5 * HOUR_MS, 5_000)],
    )
