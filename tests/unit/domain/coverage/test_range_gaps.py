"""The known share of a range, which the page shows as completeness."""

from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.coverage import Span, gaps, known_share

moments = st.integers(0, 60)


@given(st.sets(moments, max_size=8), moments, moments, moments)
def test_the_known_share_excludes_gaps(ends: set[int], start: int, end: int, now: int) -> None:
    """Counted moment by moment, over spans and ranges of every kind, up to now."""
    points = sorted(ends)
    pairs = zip(points[::2], points[1::2], strict=False)
    spans = [Span(first * 60_000, last * 60_000) for first, last in pairs]
    from_ms, to_ms, now_ms = start * 60_000, end * 60_000, now * 60_000
    found = gaps(spans, from_ms=from_ms, to_ms=to_ms, now_ms=now_ms, interval_s=60)
    share = known_share(found, from_ms=from_ms, to_ms=to_ms, now_ms=now_ms)
    passed = range(start, min(end, now))
    missing = [
        one for one in passed if any(gap.from_ms <= one * 60_000 < gap.to_ms for gap in found)
    ]
    if not passed:
        assert share is None
        return
    assert share == (len(passed) - len(missing)) / len(passed)
    assert (share == 1) == (not found)


def test_nothing_collected_is_nothing_known() -> None:
    """Before the first poll the share is 0."""
    found = gaps((), from_ms=0, to_ms=60_000, now_ms=60_000, interval_s=60)
    assert known_share(found, from_ms=0, to_ms=60_000, now_ms=60_000) == 0
