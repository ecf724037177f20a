"""``creditcurve account``: balance, run-out and resets of both kinds of account."""

import msgspec
import pytest

from creditcurve.api.resources.account import ResetEntryView
from creditcurve.cli.account import INITIATORS, PARTS, RESULTS
from creditcurve.clocks import SystemClock
from creditcurve.domain.account_facts import PartKey
from creditcurve.domain.reset import Initiator, ResetState
from creditcurve.simulator import Era, SimulatedAccount
from support.commands import run
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site


@pytest.mark.parametrize(
    ("era", "balance"), [(Era.CREDITS, "7,739 credits of 8,000"), (Era.WALLET, "¥7.739")]
)
def test_the_balance_is_shown_in_the_unit_of_the_site(
    program: Program, site: Site, era: Era, balance: str
) -> None:
    """``--json`` is the answer of the interface."""
    now_ms = SystemClock().now_ms()
    site.simulator.account = SimulatedAccount(era=era, opening=7_739, since_ms=now_ms, plan="PRO")
    with Events(program.url) as events:
        program.give_cookie(COOKIE, collecting=True)
        events.until("account")
    shown = run(program, "account").stdout
    assert " ".join(shown.splitlines()[0].split()) == f"balance {balance}"
    assert "runs out" in shown
    found = msgspec.json.decode(run(program, "account", "--json").stdout)
    assert found["balance"] == program.get("/api/account")["balance"] == 7_739


def test_resets_are_listed(program: Program, site: Site) -> None:
    """Who asked, the result, and the balance before and after."""
    now_ms = SystemClock().now_ms()
    site.simulator.account = SimulatedAccount(
        era=Era.CREDITS, opening=980, since_ms=now_ms, maximum=8_000
    )
    with Events(program.url) as events:
        program.give_cookie(COOKIE, collecting=True)
        events.until("account")
    assert program.call("POST", "/api/account/reset").status_code == 200
    lines = run(program, "account").stdout.splitlines()
    assert lines[-1].split()[2:] == ["you", "done", "980", "8,000"]


def test_a_site_without_these_endpoints_is_reported(program: Program) -> None:
    """It is no error."""
    program.give_cookie(COOKIE)
    done = run(program, "account", environment={"LANG": "zh_CN.UTF-8"})
    assert (done.returncode, done.stdout.split()) == (0, ["余额", "站点未提供"])


def test_every_part_initiator_and_result_has_a_word() -> None:
    """A new one must get its word in both languages."""
    assert set(PARTS) == set(PartKey)
    assert set(INITIATORS) == set(Initiator)
    assert set(RESULTS) == set(ResetState)
    assert {"by", "state"} <= {field.name for field in msgspec.structs.fields(ResetEntryView)}
