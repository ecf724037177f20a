"""Coverage: which spans of time are known completely, and the gaps between them.

Each good poll proves a span: an answer contains the newest rows, so it contains everything between
its oldest row and the moment of the poll. Answers that overlap extend one span. An answer that does
not reach back to the known rows leaves a gap. Time that no poll proved is a gap.
"""

from creditcurve.domain.coverage.extension import (
    MAX_CLOCK_SKEW_MS,
    Extension,
    Observation,
    extended,
    moment,
    sound,
)
from creditcurve.domain.coverage.overdue import is_overdue, may_be_overdue
from creditcurve.domain.coverage.range_gaps import gaps, has_same_gaps, known_share
from creditcurve.domain.coverage.span import Gap, GapKind, Span

__all__ = [
    "MAX_CLOCK_SKEW_MS",
    "Extension",
    "Gap",
    "GapKind",
    "Observation",
    "Span",
    "extended",
    "gaps",
    "has_same_gaps",
    "is_overdue",
    "known_share",
    "may_be_overdue",
    "moment",
    "sound",
]
