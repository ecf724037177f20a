"""Which records of an answer need no look-up: those of the last one, while nothing else changed."""

import msgspec

from creditcurve.domain.record import Record
from creditcurve.store.sqlite.last_answer import LastAnswer

ROW = Record(
    id=1, t_ms=1_760_000_000_000, type="USAGE", endpoint="v1/messages", model="", credits=5
)
OTHER = msgspec.structs.replace(ROW, id=2)
LAST = LastAnswer({1: ROW}, revision=7, horizon_ms=0)


def test_an_equal_record_is_unchanged() -> None:
    again = msgspec.structs.replace(ROW)
    assert LAST.unchanged([again, OTHER], revision=7, horizon_ms=0) == {1}


def test_a_record_that_differs_is_looked_up() -> None:
    changed = msgspec.structs.replace(ROW, credits=6)
    assert not LAST.unchanged([changed], revision=7, horizon_ms=0)


def test_nothing_is_known_after_another_change_of_records() -> None:
    assert not LAST.unchanged([ROW], revision=8, horizon_ms=0)
    assert not LAST.unchanged([ROW], revision=7, horizon_ms=3_600_000)
