"""The largest hundred series are kept, the others are summed in one."""

from decimal import Decimal

from creditcurve.store.sqlite.curves.lines import MAX_SERIES, Point, single_lines, summed_lines


def test_few_series_are_kept_unchanged() -> None:
    keys = {number: f"model {number}" for number in range(MAX_SERIES)}
    lines = summed_lines(keys, [(0, number, 1, number + 1) for number in keys])
    assert len(lines) == MAX_SERIES
    assert {line.others for line in lines} == {0}


def test_small_series_are_summed_by_bucket() -> None:
    """The smallest five of 105, of which two have requests in both buckets."""
    keys = {number: f"model {number}" for number in range(MAX_SERIES + 5)}
    first = [(0, number, 1, 1 if number < 5 else 100) for number in keys]
    second = [(60_000, number, 2, 1) for number in (0, 1, 50)]
    *largest, others = summed_lines(keys, [*first, *second])
    assert len(largest) == MAX_SERIES
    assert (others.key, others.others, sorted(others.sources)) == ("others", 5, [0, 1, 2, 3, 4])
    assert (others.t, others.v, others.n) == ([0, 60_000], [5, 2], [5, 4])
    assert sum(sum(line.v) for line in (*largest, others)) == 5 + 100 * MAX_SERIES + 3


def test_single_requests_of_small_series_keep_their_times() -> None:
    keys = {number: f"model {number}" for number in range(MAX_SERIES + 2)}
    points = [(number, number, 1, 1 if number < 2 else 9) for number in keys]
    others = single_lines(keys, points)[-1]
    assert (others.t, others.v, others.n) == ([0, 1], [1, 1], [1, 1])


def test_a_model_with_the_name_of_the_others_is_apart() -> None:
    names = ["others", *(f"model {number}" for number in range(MAX_SERIES + 1))]
    keys = dict(enumerate(names))
    points = [(0, number, 1, 1_000 - number) for number in keys]
    keys_found = [line.key for line in summed_lines(keys, points)]
    assert keys_found.count("others") == 1
    assert keys_found[-1] == "(others)"


def test_the_work_is_linear_in_the_number_of_models() -> None:
    """Quadratic work would take minutes, longer than a test may."""
    keys = {number: f"model {number}" for number in range(60_000)}
    points = [(0, number, 1, number) for number in keys]
    assert len(summed_lines(keys, points)) == MAX_SERIES + 1


def test_points_of_unknown_sources_are_left_out() -> None:
    for count in (2, MAX_SERIES + 2):
        keys = {number: f"model {number}" for number in range(count)}
        points = [(0, number, 1, 10) for number in (*keys, -1, count)]
        for lines in (summed_lines(keys, points), single_lines(keys, points)):
            assert sum(sum(line.v) for line in lines) == 10 * count


def test_points_of_one_bucket_are_added_exactly() -> None:
    """Also a point whose credits are decimal, as TEXT."""
    points: list[Point] = [(0, 1, 1, 2), (0, 2, 1, "0.1"), (0, 1, 3, "0.2"), (60_000, 2, 1, "0.5")]
    (line,) = summed_lines({1: "opus", 2: "opus"}, points)
    assert (line.t, line.v, line.n) == ([0, 60_000], [Decimal("2.3"), Decimal("0.5")], [5, 1])
