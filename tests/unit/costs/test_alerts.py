"""What judging alert rules with a poll costs, counted in statements and steps of SQLite."""

from datetime import UTC
from pathlib import Path
from typing import Final, NamedTuple

from creditcurve.clocks import SystemClock
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer
from creditcurve.domain.secret import Secret
from creditcurve.store import Observed, Poll, SqliteStore
from creditcurve.vault import Vault
from support.record_files import record
from support.world import NOW
from unit.costs.steps import Steps

WINDOWS_S: Final = (3_600, 6 * 3_600, 86_400, 7 * 86_400, 30 * 86_400)
MODELS: Final = ("opus", "sonnet", "haiku")


class Cost(NamedTuple):
    """The work of a poll."""

    statements: int
    steps: int


def spending(count: int, *windows_s: int) -> list[Rule]:
    """Return rules on windows, of one model or of all, that do not fire."""
    return [
        Rule(
            id=f"rule {number}",
            kind=Kind.SPEND,
            window_s=windows_s[number % len(windows_s)],
            above=1e12 + number,
            model=MODELS[number % len(MODELS)] if number % 2 else None,
        )
        for number in range(count)
    ]


async def cost_of(folder: Path, rules: list[Rule]) -> Cost:
    """Return the cost of a poll after a month of a request per hour and model."""
    with Steps() as counted:
        vault = Vault.open(secret_key=Secret(b"k"), key_file=folder / "no.key", use_keyring=False)
        store = SqliteStore.open(folder, vault=vault, clock=SystemClock())
        instants = range(NOW - 31 * DAY_MS, NOW, HOUR_MS)
        await store.records.import_records(
            [
                record(number * len(MODELS) + offset, t_ms=at, model=model)
                for number, at in enumerate(instants)
                for offset, model in enumerate(MODELS)
            ]
        )
        for rule in ("cookie", "silence", "balance"):
            await store.alerts.delete_rule(rule, at_ms=NOW)
        for one in rules:
            await store.alerts.save_rule(one, at_ms=NOW)
        await store.records.append(poll(NOW))
        counted.statements = counted.count = 0
        await store.records.append(poll(NOW + 1))
        found = Cost(counted.statements, counted.count)
        await store.close()
        return found


def poll(now_ms: int) -> Poll:
    """Return a poll without a new row."""
    observed = Observed(
        now_ms=now_ms, zone=UTC, watched_since_ms=NOW, run="test", elapsed_ms=now_ms
    )
    return Poll(
        at_ms=now_ms,
        answer=Answer(records=()),
        interval_s=60,
        link=Link(last_success_ms=now_ms),
        cookie_status=CookieStatus(),
        observed=observed,
    )


async def test_rules_share_one_reading_of_each_window(tmp_path: Path) -> None:
    """Fifty rules cost as many statements as one for each window, and read no sum twice."""
    one = await cost_of(tmp_path / "one", spending(1, WINDOWS_S[-1]))
    five = await cost_of(tmp_path / "five", spending(5, *WINDOWS_S))
    fifty = await cost_of(tmp_path / "fifty", spending(50, *WINDOWS_S))
    assert five.statements - one.statements == len(WINDOWS_S) - 1
    assert fifty.statements == five.statements
    assert fifty.steps == five.steps
    assert fifty.steps < one.steps * 1.2
