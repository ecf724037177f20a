"""The account of the simulated site: what its balance follows from, in both eras."""

from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso, to_iso
from creditcurve.domain.unit import Unit
from creditcurve.simulator import Era, Row, SimulatedAccount, TopUp

NOON_MS = from_iso("2026-11-26T12:00:00+08:00")


def usage(ago_h: float, amount: int) -> Row:
    return {"createdAt": to_iso(NOON_MS - round(ago_h * HOUR_MS)), "creditsUsed": amount}


def account(**changes: object) -> SimulatedAccount:
    fields: dict[str, object] = {"era": Era.CREDITS, "opening": 5_000, "since_ms": NOON_MS - DAY_MS}
    return SimulatedAccount(**{**fields, **changes})  # type: ignore[arg-type]


def test_usage_leaves_the_balance_and_stops_at_zero() -> None:
    assert account().balance([usage(2, 300), usage(1, 200)], NOON_MS) == 4_500
    assert account().balance([usage(2, 9_000)], NOON_MS) == 0
    assert account().balance([usage(30, 300)], NOON_MS) == 5_000


def test_recovery_is_credited_every_hour_up_to_the_maximum() -> None:
    found = account(opening=7_000, recovery_per_h=200, since_ms=NOON_MS - 3 * HOUR_MS)
    assert found.balance([], NOON_MS - 1) == 7_600
    assert found.balance([], NOON_MS + 9 * HOUR_MS) == 8_000


def test_a_reset_restores_the_maximum_and_is_used_once_a_day() -> None:
    found = account()
    assert found.remaining(NOON_MS) == 1
    answer = found.answer("reset", "POST", [usage(1, 4_020)], NOON_MS)
    assert (answer.status, found.balance([usage(1, 4_020)], NOON_MS)) == (200, 8_000)
    assert found.remaining(NOON_MS) == 0
    assert found.answer("reset", "POST", [], NOON_MS).status == 400
    assert found.remaining(NOON_MS + 12 * HOUR_MS) == 1, "the site's day begins at midnight"


def test_a_top_up_may_exceed_the_maximum() -> None:
    found = account(opening=8_000, top_ups=[TopUp(NOON_MS - HOUR_MS, 5_000)])
    assert found.balance([], NOON_MS) == 13_000
    assert found.balance([], NOON_MS - 2 * HOUR_MS) == 8_000


def test_the_second_era_has_a_wallet_and_no_reset() -> None:
    found = account(era=Era.WALLET, opening=197_713, top_ups=[TopUp(NOON_MS, 1_851)])
    assert found.answer("credits", "GET", [], NOON_MS).status == 404
    assert found.answer("reset", "GET", [], NOON_MS).status == 404
    assert b'"bonusBalance":"1851"' in found.answer("wallet", "GET", [], NOON_MS).body
    reading = found.reading([], NOON_MS)
    assert (reading.unit, reading.balance, reading.reset) == (Unit.YUAN, 199_564, None)


def test_a_reading_knows_the_resets_up_to_its_instant() -> None:
    found = account(resets=[NOON_MS])
    before, after = (found.reading([], at).reset for at in (NOON_MS - 1, NOON_MS))
    assert before is not None
    assert after is not None
    assert (before.remaining, before.last_at_ms) == (1, None)
    assert (after.remaining, after.last_at_ms) == (0, NOON_MS)
