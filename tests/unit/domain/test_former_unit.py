"""The time before the unit of amounts changed."""

import pytest

from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.former_unit import with_former_unit

LOSS, OTHER = GapKind.POSSIBLE_LOSS, GapKind.OTHER_UNIT


@pytest.mark.parametrize(
    ("since_ms", "expected"),
    [
        (99, (Gap(100, 110, LOSS), Gap(150, 160, LOSS))),
        (100, (Gap(100, 110, LOSS), Gap(150, 160, LOSS))),
        (101, (Gap(100, 101, OTHER), Gap(101, 110, LOSS), Gap(150, 160, LOSS))),
        (110, (Gap(100, 110, OTHER), Gap(150, 160, LOSS))),
        (155, (Gap(100, 155, OTHER), Gap(155, 160, LOSS))),
        (200, (Gap(100, 200, OTHER),)),
        (999, (Gap(100, 200, OTHER),)),
    ],
)
def test_it_is_one_gap_that_covers_all_others_of_its_time(
    since_ms: int, expected: tuple[Gap, ...]
) -> None:
    gaps = (Gap(100, 110, LOSS), Gap(150, 160, LOSS))
    assert with_former_unit(gaps, from_ms=100, to_ms=200, since_ms=since_ms) == expected
