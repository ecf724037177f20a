"""The bytes of a request that are not body are limited."""

import pytest

from creditcurve.server.overhead import MAX_BYTES, Overhead


@pytest.mark.parametrize(("size", "is_too_large"), [(MAX_BYTES, False), (MAX_BYTES + 1, True)])
def test_a_head_has_a_limit(size: int, *, is_too_large: bool) -> None:
    overhead = Overhead()
    overhead.received(size)
    assert overhead.is_too_large is is_too_large


def test_a_body_is_not_limited_and_may_have_as_many_bytes_of_chunk_sizes() -> None:
    overhead = Overhead()
    overhead.received(1_000_000)
    overhead.was_body(500_000)
    assert not overhead.is_too_large
    overhead.received(MAX_BYTES + 1)
    assert overhead.is_too_large


def test_the_next_request_is_counted_from_zero() -> None:
    overhead = Overhead()
    overhead.received(MAX_BYTES)
    overhead.restart()
    overhead.received(MAX_BYTES)
    assert not overhead.is_too_large
