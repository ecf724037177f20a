"""Alert rules judged with each poll: the processor time that fifty rules add to a stored poll."""

import asyncio
import statistics
import tempfile
import time
from datetime import UTC
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.store import MODELS, NOW, Clock, made

from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer
from creditcurve.domain.secret import Secret
from creditcurve.store import Observed, Poll, SqliteStore
from creditcurve.vault import Vault

RULES: Final = 50
RECORDS: Final = 1_000_000
POLLS: Final = 200
WINDOWS_S: Final = (3_600, 86_400, 7 * 86_400, 30 * 86_400)


def main() -> list[Figure]:
    """Measure polls with and without rules."""
    return [asyncio.run(_added(RECORDS))]


async def _added(count: int) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        store = _open(Path(folder))
        await store.records.import_records(made(count))
        without = await _median_ms(store)
        for rule in _rules():
            await store.alerts.save_rule(rule, at_ms=NOW)
        with_rules = await _median_ms(store)
        await store.close()
    return Figure(
        name=f"{RULES} alert rules judged with each poll, {count:,} records: processor time",
        ours=with_rules - without,
        unit="ms",
        goal=2,
        where="the sums by the hour of the longest window, which are read once for all rules",
    )


def _rules() -> list[Rule]:
    """Return rules on four windows, by model or key or neither, and on all other values."""
    spending = [
        Rule(
            id=f"spend {number}",
            kind=Kind.SPEND,
            window_s=WINDOWS_S[number % len(WINDOWS_S)],
            above=1e12,
            model=MODELS[number % len(MODELS)] if number % 2 else None,
        )
        for number in range(RULES - 7)
    ]
    return [
        *spending,
        Rule(id="rate", kind=Kind.RATE, times_usual=100),
        Rule(id="away", kind=Kind.AWAY, start="00:00", end="07:00", above=1e12),
        Rule(id="key", kind=Kind.NEW_KEY),
        Rule(id="mismatch", kind=Kind.MISMATCH),
        Rule(id="loss", kind=Kind.LOSS),
        Rule(id="unreadable", kind=Kind.UNREADABLE),
        Rule(id="disk", kind=Kind.DISK),
    ]


async def _median_ms(store: SqliteStore) -> float:
    """Return the median time of polls that bring nothing new."""
    times = []
    for number in range(POLLS):
        now_ms = NOW + number
        poll = Poll(
            at_ms=now_ms,
            answer=Answer(records=()),
            interval_s=60,
            link=Link(last_success_ms=now_ms),
            cookie_status=CookieStatus(),
            observed=Observed(
                now_ms=now_ms,
                zone=UTC,
                watched_since_ms=NOW,
                run="bench",
                elapsed_ms=now_ms,
                usual_per_h=1_000,
                disk_free=0.5,
            ),
        )
        began = time.process_time()
        await store.records.append(poll)
        times.append((time.process_time() - began) * 1_000)
    return statistics.median(times)


def _open(folder: Path) -> SqliteStore:
    vault = Vault.open(secret_key=Secret(b"k"), key_file=folder / "unused", use_keyring=False)
    return SqliteStore.open(folder / "data", vault=vault, clock=Clock())
