"""What each kind of rule says of a snapshot."""

import msgspec
import pytest

from creditcurve.domain.alert import (
    DEFAULT_RULES,
    AwayQuestion,
    Kind,
    Rule,
    RuleError,
    Snapshot,
    SpendQuestion,
    Verdict,
    check,
    judge,
)
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS

NOW_MS = 1_795_000_000_000
HOUR = SpendQuestion(window_s=3_600)
NIGHT = AwayQuestion(start="00:00", end="07:00")

RULES = {
    Kind.SPEND: Rule(id="r", kind=Kind.SPEND, window_s=3_600, above=500),
    Kind.RATE: Rule(id="r", kind=Kind.RATE, times_usual=2),
    Kind.BALANCE: Rule(id="r", kind=Kind.BALANCE, below=1_000),
    Kind.RUNS_OUT: Rule(id="r", kind=Kind.RUNS_OUT, within_h=4),
    Kind.AWAY: Rule(id="r", kind=Kind.AWAY, start="00:00", end="07:00"),
    Kind.NEW_KEY: Rule(id="r", kind=Kind.NEW_KEY),
    Kind.COOKIE: Rule(id="r", kind=Kind.COOKIE),
    Kind.SILENCE: Rule(id="r", kind=Kind.SILENCE, minutes=30),
    Kind.MISMATCH: Rule(id="r", kind=Kind.MISMATCH),
    Kind.LOSS: Rule(id="r", kind=Kind.LOSS),
    Kind.UNREADABLE: Rule(id="r", kind=Kind.UNREADABLE),
    Kind.DISK: Rule(id="r", kind=Kind.DISK),
}
"""One rule of each kind."""
FIRES, WAITS, RECOVERS = (True, False), (False, False), (False, True)


def verdict(
    value: float,
    outcome: tuple[bool, bool],
    *,
    is_low_bad: bool = False,
    subject: str | None = None,
) -> Verdict:
    """Return a verdict that fires and recovers, or not."""
    fires, recovers = outcome
    return Verdict(
        value=value, fires=fires, recovers=recovers, is_low_bad=is_low_bad, subject=subject
    )


def snapshot(**fields: object) -> Snapshot:
    """Return a snapshot with only these fields."""
    return msgspec.structs.replace(Snapshot(now_ms=NOW_MS), **fields)


@pytest.mark.parametrize(
    ("kind", "known", "verdict"),
    [
        (Kind.SPEND, {"spend": {HOUR: 501}}, FIRES),
        (Kind.SPEND, {"spend": {HOUR: 500}}, RECOVERS),
        (Kind.RATE, {"rate_per_h": 2_100, "usual_per_h": 1_000}, FIRES),
        (Kind.RATE, {"rate_per_h": 1_700, "usual_per_h": 1_000}, WAITS),
        (Kind.RATE, {"rate_per_h": 1_600, "usual_per_h": 1_000}, RECOVERS),
        (Kind.BALANCE, {"balance": 999}, FIRES),
        (Kind.BALANCE, {"balance": 1_050}, WAITS),
        (Kind.BALANCE, {"balance": 1_100}, RECOVERS),
        (Kind.RUNS_OUT, {"runs_out_ms": NOW_MS + 3 * HOUR_MS}, FIRES),
        (Kind.RUNS_OUT, {"runs_out_ms": NOW_MS + 9 * HOUR_MS // 2}, WAITS),
        (Kind.RUNS_OUT, {"runs_out_ms": NOW_MS + 6 * HOUR_MS}, RECOVERS),
        (Kind.AWAY, {"away": {NIGHT: 1}}, FIRES),
        (Kind.AWAY, {"away": {NIGHT: 0}}, RECOVERS),
        (Kind.NEW_KEY, {"new_keys": ("ci",)}, FIRES),
        (Kind.NEW_KEY, {"new_keys": ()}, RECOVERS),
        (Kind.COOKIE, {"cookie": CookieState.INVALID}, FIRES),
        (Kind.COOKIE, {"cookie": CookieState.VALID}, RECOVERS),
        (
            Kind.COOKIE,
            {"cookie": CookieState.VALID, "cookie_expires_ms": NOW_MS + 23 * HOUR_MS},
            FIRES,
        ),
        (Kind.SILENCE, {"last_success_ms": NOW_MS - 31 * MINUTE_MS}, FIRES),
        (Kind.SILENCE, {"last_success_ms": NOW_MS - MINUTE_MS}, RECOVERS),
        (Kind.SILENCE, {"last_success_ms": 0, "is_collecting": False}, RECOVERS),
        (Kind.MISMATCH, {"mismatches": 1}, FIRES),
        (Kind.LOSS, {"losses": 2}, FIRES),
        (Kind.UNREADABLE, {"unreadable": 0}, RECOVERS),
        (Kind.DISK, {"disk_free": 0.04}, FIRES),
        (Kind.DISK, {"disk_free": 0.06}, WAITS),
        (Kind.DISK, {"disk_free": 0.08}, RECOVERS),
    ],
)
def test_a_rule_is_judged_by_its_threshold(
    kind: Kind, known: dict[str, object], verdict: tuple[bool, bool]
) -> None:
    found = judge(RULES[kind], snapshot(**known))
    assert found is not None
    assert (found.fires, found.recovers) == verdict


@pytest.mark.parametrize(
    ("kind", "known", "expected"),
    [
        (Kind.RATE, {"rate_per_h": 2_000, "usual_per_h": 1_000}, verdict(2, WAITS)),
        (Kind.BALANCE, {"balance": 1_000}, verdict(1_000, WAITS, is_low_bad=True)),
        (Kind.RUNS_OUT, {"runs_out_ms": NOW_MS - 1}, verdict(0, FIRES, is_low_bad=True)),
        (
            Kind.RUNS_OUT,
            {"runs_out_ms": NOW_MS + 4 * HOUR_MS},
            verdict(4, WAITS, is_low_bad=True),
        ),
        (Kind.NEW_KEY, {"new_keys": ("a", "b")}, verdict(2, FIRES, subject="a, b")),
        (
            Kind.COOKIE,
            {"cookie": CookieState.UNREADABLE, "cookie_expires_ms": NOW_MS + 99 * HOUR_MS},
            verdict(0, FIRES, is_low_bad=True, subject="unreadable"),
        ),
        (
            Kind.COOKIE,
            {"cookie": CookieState.VALID, "cookie_expires_ms": NOW_MS + 24 * HOUR_MS},
            verdict(24, RECOVERS, is_low_bad=True, subject="valid"),
        ),
        (
            Kind.COOKIE,
            {"cookie": CookieState.VALID, "cookie_expires_ms": NOW_MS + 24 * HOUR_MS - 1},
            verdict(24, FIRES, is_low_bad=True, subject="valid"),
        ),
        (
            Kind.COOKIE,
            {"cookie": CookieState.VALID, "cookie_expires_ms": NOW_MS - 1},
            verdict(0, FIRES, is_low_bad=True, subject="valid"),
        ),
        (
            Kind.SILENCE,
            {"last_success_ms": 0, "is_collecting": False},
            verdict(0, RECOVERS),
        ),
        (
            Kind.SILENCE,
            {"last_success_ms": NOW_MS - 30 * MINUTE_MS},
            verdict(30, RECOVERS),
        ),
        (Kind.SILENCE, {"last_success_ms": NOW_MS + 1}, verdict(0, RECOVERS)),
        (Kind.DISK, {"disk_free": 0.05}, verdict(0.05, WAITS, is_low_bad=True)),
        (Kind.DISK, {"disk_free": 0.12345}, verdict(0.123, RECOVERS, is_low_bad=True)),
    ],
)
def test_a_verdict_at_the_threshold_and_what_its_message_shows(
    kind: Kind, known: dict[str, object], expected: Verdict
) -> None:
    assert judge(RULES[kind], snapshot(**known)) == expected


@pytest.mark.parametrize("kind", Kind)
def test_an_empty_snapshot_has_no_verdict(kind: Kind) -> None:
    assert judge(RULES[kind], snapshot()) is None


def test_a_model_and_a_key_are_asked_for_by_name() -> None:
    rule = Rule(id="r", kind=Kind.SPEND, window_s=60, above=5, model="opus")
    asked = SpendQuestion(window_s=60, model="opus")
    found = judge(rule, snapshot(spend={asked: 9, SpendQuestion(window_s=60): 1}))
    assert found is not None
    assert (found.value, found.subject) == (9, "opus")


def test_a_balance_without_a_threshold_is_judged_by_a_tenth() -> None:
    (rule,) = (one for one in DEFAULT_RULES if one.kind is Kind.BALANCE)
    found = judge(rule, snapshot(balance=799, maximum=8_000))
    assert found is not None
    assert found.fires
    assert judge(rule, snapshot(balance=799)) is None


@pytest.mark.parametrize("rule", [*RULES.values(), *DEFAULT_RULES])
def test_a_rule_with_the_fields_of_its_kind_is_accepted(rule: Rule) -> None:
    check(rule)


@pytest.mark.parametrize(
    ("rule", "field", "detail"),
    [
        (
            Rule(id="r", kind=Kind.SPEND, window_s=60),
            "above",
            "A rule of kind spend needs above.",
        ),
        (
            Rule(id="r", kind=Kind.DISK, minutes=5),
            "minutes",
            "A rule of kind disk has no minutes.",
        ),
        (Rule(id="r", kind=Kind.AWAY, start="00:00"), "end", "A rule of kind away needs end."),
        (
            Rule(id="r", kind=Kind.SPEND, window_s=60, above=1, model="a", api_key="b"),
            "api_key",
            "A rule watches one model or one API key, not both.",
        ),
        (
            Rule(id="r", kind=Kind.SPEND, window_s=60, above=1e30),
            "above",
            "above is 1e+30; it may be at most 1,000,000,000,000,000.",
        ),
        (
            Rule(id="r", kind=Kind.BALANCE, below=2e15),
            "below",
            "below is 2e+15; it may be at most 1,000,000,000,000,000.",
        ),
        (
            Rule(id="r", kind=Kind.BALANCE, recover_at=-2e15),
            "recover_at",
            "recover_at is -2e+15; it may be at most 1,000,000,000,000,000.",
        ),
    ],
)
def test_a_rule_with_other_fields_or_amounts_is_refused_by_name(
    rule: Rule, field: str, detail: str
) -> None:
    with pytest.raises(RuleError) as caught:
        check(rule)
    assert (caught.value.field, str(caught.value)) == (field, detail)


def test_a_rule_may_recover_at_its_own_value_and_never_while_it_fires() -> None:
    spend = msgspec.structs.replace(RULES[Kind.SPEND], recover_at=400)
    for value, outcome in ((501, FIRES), (500, WAITS), (401, WAITS), (400, RECOVERS)):
        found = judge(spend, snapshot(spend={HOUR: value}))
        assert found == verdict(value, outcome)
    rate = msgspec.structs.replace(RULES[Kind.RATE], recover_at=1)
    found = judge(rate, snapshot(rate_per_h=1_600, usual_per_h=1_000))
    assert found == verdict(1.6, WAITS)
    low = msgspec.structs.replace(RULES[Kind.BALANCE], recover_at=2_000)
    found = judge(low, snapshot(balance=1_999))
    assert found == verdict(1_999, WAITS, is_low_bad=True)
    soon = msgspec.structs.replace(RULES[Kind.RUNS_OUT], recover_at=9)
    found = judge(soon, snapshot(runs_out_ms=NOW_MS + 8 * HOUR_MS))
    assert found == verdict(8, WAITS, is_low_bad=True)


def test_a_recovery_beyond_the_threshold_is_at_the_threshold() -> None:
    found = judge(
        msgspec.structs.replace(RULES[Kind.SPEND], recover_at=900), snapshot(spend={HOUR: 501})
    )
    assert found == verdict(501, FIRES)
    found = judge(
        msgspec.structs.replace(RULES[Kind.BALANCE], recover_at=1), snapshot(balance=1_000)
    )
    assert found == verdict(1_000, RECOVERS, is_low_bad=True)


def test_hours_until_the_balance_ends_are_shown_with_one_decimal() -> None:
    found = judge(RULES[Kind.RUNS_OUT], snapshot(runs_out_ms=NOW_MS + 12_345_678))
    assert found == verdict(3.4, FIRES, is_low_bad=True)


def test_spending_while_away_may_have_a_threshold() -> None:
    rule = msgspec.structs.replace(RULES[Kind.AWAY], above=5)
    assert judge(rule, snapshot(away={NIGHT: 5})) == verdict(5, WAITS)
    assert judge(rule, snapshot(away={NIGHT: 6})) == verdict(6, FIRES)
    assert judge(rule, snapshot(away={NIGHT: 0})) == verdict(0, RECOVERS)
