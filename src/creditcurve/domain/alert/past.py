"""The values of a past range, as the snapshots that a rule would have been judged by.

Instants without polls have no snapshot: no rule is judged then.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final

import msgspec

from creditcurve.domain.alert.rule import Kind, Rule
from creditcurve.domain.alert.snapshot import Snapshot, away_question, spend_question
from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import DAY_MS, HOUR_MS, MINUTE_MS
from creditcurve.domain.spending import hour_of
from creditcurve.domain.sums import Sums
from creditcurve.domain.timetable import daily_window
from creditcurve.domain.usual import UsualHour, class_of

RATE_WINDOW_MS: Final = 15 * MINUTE_MS

Values = dict[str, Any]
"""Some fields of a ``Snapshot``."""


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """The known facts of a past range ``[from_ms, to_ms)``.

    Attributes:
        from_ms: where it begins.
        to_ms: where it ends.
        step_ms: the time between two snapshots.
        zone: the zone of away hours.
        gaps: the spans that are not known completely.
        spent: credits by the start of a step, of the model or key that the rule names.
        balances: instants, and the balance since each of them.
        maximum: the daily maximum, or the highest balance.
        usual: the usual spend by hour.
        key_instants: when each API key of the range was first used, rising.
        differing_hours: the hours whose sums differ from the site's, rising.
        unreadable: when each quarantined row was read, rising.
        run_outs: by the start of an hour, when the balance was expected to be empty.
    """

    from_ms: int
    to_ms: int
    step_ms: int
    zone: tzinfo
    gaps: tuple[Gap, ...] = ()
    spent: Sums = msgspec.field(default_factory=lambda: Sums({}))
    balances: tuple[Sequence[int], Sequence[Credits]] = ((), ())
    maximum: Credits | None = None
    usual: tuple[UsualHour, ...] = ()
    key_instants: Mapping[str, int] = {}
    differing_hours: Sequence[int] = ()
    unreadable: Sequence[int] = ()
    run_outs: Mapping[int, int] = {}

    def balance_at(self, t_ms: int) -> Credits | None:
        """Return the balance of an instant; None before the first reading."""
        instants, amounts = self.balances
        index = bisect_right(instants, t_ms)
        return amounts[index - 1] if index else None


def snapshots(rule: Rule, past: Past) -> Iterator[Snapshot]:
    """Yield the snapshots of a past range, oldest first."""
    values_at = _VALUES[rule.kind](rule, past)
    for t_ms in _polled(past):
        yield Snapshot(now_ms=t_ms, **values_at(t_ms))


def is_replayable(kind: Kind) -> bool:
    """Return whether the values of a kind are kept."""
    return kind in _VALUES


def _polled(past: Past) -> Iterator[int]:
    """Yield the ends of the steps at which polls were made."""
    pauses = sorted(gap for gap in past.gaps if gap.kind is not GapKind.POSSIBLE_LOSS)
    at = 0
    for t_ms in range(past.from_ms + past.step_ms, past.to_ms + 1, past.step_ms):
        while at < len(pauses) and pauses[at].to_ms < t_ms:
            at += 1
        if at == len(pauses) or t_ms <= pauses[at].from_ms:
            yield t_ms


def _spend(rule: Rule, past: Past) -> Callable[[int], Values]:
    question = spend_question(rule)
    window_ms = (rule.window_s or 0) * 1000

    def values_at(t_ms: int) -> Values:
        return {"spend": {question: past.spent.between(t_ms - window_ms, t_ms)}}

    return values_at


def _rate(_rule: Rule, past: Past) -> Callable[[int], Values]:
    usual = {(one.day_class, one.hour): one.p75 for one in past.usual}

    def values_at(t_ms: int) -> Values:
        at = datetime.fromtimestamp(t_ms / 1000, past.zone)
        spent = past.spent.between(t_ms - RATE_WINDOW_MS, t_ms)
        rate = spent * (HOUR_MS // RATE_WINDOW_MS)
        return {"rate_per_h": rate, "usual_per_h": usual.get((class_of(at), at.hour))}

    return values_at


def _away(rule: Rule, past: Past) -> Callable[[int], Values]:
    question = away_question(rule)

    def values_at(t_ms: int) -> Values:
        window = question and daily_window(question.start, question.end, t_ms, past.zone)
        return {"away": {question: past.spent.between(window[0], t_ms) if window else 0}}

    return values_at


def _balance(_rule: Rule, past: Past) -> Callable[[int], Values]:
    return lambda t_ms: {"balance": past.balance_at(t_ms), "maximum": past.maximum}


def _runs_out(_rule: Rule, past: Past) -> Callable[[int], Values]:
    return lambda t_ms: {"runs_out_ms": past.run_outs.get(hour_of(t_ms, past.zone))}


def _new_key(_rule: Rule, past: Past) -> Callable[[int], Values]:
    def values_at(t_ms: int) -> Values:
        since = past.key_instants.items()
        return {"new_keys": tuple(key for key, at in since if at <= t_ms < at + DAY_MS)}

    return values_at


def _loss(_rule: Rule, past: Past) -> Callable[[int], Values]:
    ends = sorted(gap.to_ms for gap in past.gaps if gap.kind is GapKind.POSSIBLE_LOSS)
    return lambda t_ms: {"losses": _within_a_day(ends, t_ms)}


def _mismatch(_rule: Rule, past: Past) -> Callable[[int], Values]:
    ends = [start + HOUR_MS for start in past.differing_hours]
    return lambda t_ms: {"mismatches": _within_a_day(ends, t_ms)}


def _unreadable(_rule: Rule, past: Past) -> Callable[[int], Values]:
    return lambda t_ms: {"unreadable": bisect_right(past.unreadable, t_ms)}


def _within_a_day(instants: Sequence[int], t_ms: int) -> int:
    return bisect_right(instants, t_ms) - bisect_left(instants, t_ms - DAY_MS)


_VALUES: Final[Mapping[Kind, Callable[[Rule, Past], Callable[[int], Values]]]] = {
    Kind.SPEND: _spend,
    Kind.RATE: _rate,
    Kind.AWAY: _away,
    Kind.BALANCE: _balance,
    Kind.RUNS_OUT: _runs_out,
    Kind.NEW_KEY: _new_key,
    Kind.LOSS: _loss,
    Kind.MISMATCH: _mismatch,
    Kind.UNREADABLE: _unreadable,
}
