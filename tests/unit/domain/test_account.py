"""The account, merged from its sources."""

from creditcurve.domain.account import Account, merged
from creditcurve.domain.account_facts import Facts, Source
from creditcurve.domain.unit import Unit

NOW_MS = 1_795_000_000_000
CREDITS = Facts(plan="PRO", unit=Unit.CREDITS, balance=7_739, maximum=8_000)
WALLET = Facts(unit=Unit.YUAN, balance=199_564)


def test_a_wallet_decides_balance_and_unit() -> None:
    """Credits of the old era are not added to it, nor do they limit it."""
    found = merged({Source.CREDITS: CREDITS, Source.WALLET: WALLET}, at_ms=NOW_MS)
    assert (found.unit, found.balance, found.plan) == (Unit.YUAN, 199_564, "PRO")
    assert found.maximum is None


def test_credits_come_with_maximum_recovery_and_reset() -> None:
    found = merged(
        {
            Source.CREDITS: CREDITS,
            Source.RECOVERY: Facts(recovery_per_h=200),
            Source.RESET: Facts(resets_left=1),
        },
        at_ms=NOW_MS,
    )
    assert (found.unit, found.maximum, found.recovery_per_h) == (Unit.CREDITS, 8_000, 200)
    assert found.reset is not None
    assert found.reset.is_available


def test_without_sources_nothing_is_known() -> None:
    assert merged({}, at_ms=NOW_MS) == Account(at_ms=NOW_MS)
