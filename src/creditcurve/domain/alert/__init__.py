"""Alert rules: pure functions from a snapshot of values to a verdict."""

from creditcurve.domain.alert.judging import judge
from creditcurve.domain.alert.rule import DEFAULT_RULES, Kind, Rule, RuleError, check
from creditcurve.domain.alert.snapshot import (
    AwayQuestion,
    Snapshot,
    SpendQuestion,
    away_question,
    spend_question,
)
from creditcurve.domain.alert.verdict import Verdict

__all__ = [
    "DEFAULT_RULES",
    "AwayQuestion",
    "Kind",
    "Rule",
    "RuleError",
    "Snapshot",
    "SpendQuestion",
    "Verdict",
    "away_question",
    "check",
    "judge",
    "spend_question",
]
