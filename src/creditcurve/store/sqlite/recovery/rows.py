"""Rows of a damaged database: reading them around the damage, and inserting them."""

import logging
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import apsw

from creditcurve.store.sqlite.connection import DAMAGED

_DAMAGED_PLACE: Final = (*DAMAGED, apsw.IOError, UnicodeDecodeError)
UNREADABLE: Final = (*_DAMAGED_PLACE, apsw.SQLError)

log = logging.getLogger(__name__)


class Passage:
    """One pass over a table; ``is_whole`` is False after a damaged place."""

    def __init__(self, old: apsw.Connection, statement: str, bound: int, direction: int) -> None:
        self.is_whole = True
        self._old = old
        self._statement = statement
        self._bound = bound
        self._direction = direction

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield all readable rows without their first column; failures widen the step."""
        step = 1
        while abs(self._bound) <= 2**63 - 1 or self.is_whole:
            try:
                for bound, *row in self._old.execute(self._statement, (self._bound,)):
                    if (bound - self._bound) * self._direction < 0:
                        continue  # an overwritten place: following it back would never end
                    yield tuple(row)
                    self._bound, step = bound, 1
            except _DAMAGED_PLACE:
                self.is_whole = False
                self._bound = max(self._bound, 0) + self._direction * step
                step *= 2
            except apsw.SQLError:
                self.is_whole = False
                return
            else:
                return


def rows_of(passages: Sequence[Passage]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of each passage until one has read the whole table."""
    for passage in passages:
        yield from passage.rows()
        if passage.is_whole:
            return


def until_damage(old: apsw.Connection, statement: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows up to the first damaged place."""
    try:
        yield from old.execute(statement)
    except UNREADABLE:
        log.debug("damaged place met", exc_info=True)


def put(made: apsw.Connection, statement: str, row: Sequence[Any]) -> bool:
    """Insert a row; an overwritten one that breaks the table's rules is skipped."""
    try:
        made.execute(statement, row)
    except (apsw.ConstraintError, apsw.MismatchError):
        return False
    return made.changes() > 0


def is_number(credits_: Any) -> bool:
    """Return whether credits are a number, which the table's rules do not check."""
    try:
        return isinstance(credits_, int) or Decimal(credits_).is_finite()
    except (InvalidOperation, TypeError, ValueError):
        return False
