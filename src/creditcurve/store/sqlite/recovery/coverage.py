"""Coverage, which is known only if every record and every sum was copied."""

import logging

import apsw

from creditcurve.domain.coverage import GapKind, Span
from creditcurve.store.sqlite import retention
from creditcurve.store.sqlite.coverage import replace_spans, spans_of
from creditcurve.store.sqlite.recovery.rows import UNREADABLE
from creditcurve.store.sqlite.recovery.tally import horizon_of, total_of

_TOTAL = "SELECT total FROM tally"
_FIRST = "SELECT min(t) FROM (SELECT min(t_ms) AS t FROM record UNION ALL SELECT t FROM rollup)"

log = logging.getLogger(__name__)


def copy_coverage(old: apsw.Connection, made: apsw.Connection, now_ms: int) -> None:
    """Copy the spans if nothing was lost; otherwise store a possible loss."""
    if not (_has_everything(old, made) and _copy_spans(old, made)):
        _store_loss(made, now_ms)


def _has_everything(old: apsw.Connection, made: apsw.Connection) -> bool:
    total = int(made.execute(_TOTAL).get)
    return total == total_of(old) and retention.horizon(made).counted == horizon_of(old).counted


def _copy_spans(old: apsw.Connection, made: apsw.Connection) -> bool:
    try:
        replace_spans(made, (), spans_of(old))
    except (*UNREADABLE, ValueError):
        log.debug("coverage unreadable", exc_info=True)
        return False
    return True


def _store_loss(made: apsw.Connection, now_ms: int) -> None:
    first_ms = made.execute(_FIRST).get
    if first_ms is not None and first_ms < now_ms:
        lost = Span(now_ms, now_ms, GapKind.POSSIBLE_LOSS)
        replace_spans(made, (), (Span(first_ms, first_ms), lost))
