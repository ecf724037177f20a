"""The lines of a range: a value for each bucket, None where nothing is known."""

import socket

from creditcurve.cli.watch.snapshot import _lines, _starts, _unless_late
from creditcurve.instance import Instance

MINUTE_MS = 60_000


def test_each_bucket_has_a_value_except_in_gaps() -> None:
    """A bucket with requests has its sum, whatever is missing in it; the largest line is first."""
    usage = {
        "from": 30_000,
        "to": 5 * MINUTE_MS + 30_000,
        "gaps": [{"from": 0, "to": 2 * MINUTE_MS}],
        "series": [
            {"key": "small", "t": [30_000], "v": [1], "total": 1, "requests": 1},
            {"key": "large", "t": [180_000, 239_999], "v": [2, 5], "total": 7, "requests": 2},
        ],
    }
    starts = _starts(usage, MINUTE_MS)
    large, small = _lines(usage, starts)
    assert starts == [at * MINUTE_MS for at in range(6)]
    assert (large.name, large.values) == ("large", [None, None, 0, 7, 0, 0])
    assert (small.name, small.values) == ("small", [1, None, 0, 0, 0, 0])


def test_an_answer_that_is_late_is_left_out() -> None:
    """A forecast takes a slow machine seconds; the rest is drawn without it."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        instance = Instance(address=address, pid=1, token="made up")
        assert _unless_late(instance, "/api/forecast") is None
