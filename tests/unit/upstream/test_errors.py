"""The errors of calls: each has its code."""

from collections.abc import Iterator

from creditcurve.domain.fault import FaultCode
from creditcurve.upstream import UpstreamError


def leaves(error: type[UpstreamError]) -> Iterator[type[UpstreamError]]:
    """Return the errors without subclasses, which are the ones that are raised."""
    for each in error.__subclasses__():
        yield from leaves(each) if each.__subclasses__() else (each,)


def test_each_error_has_a_code_and_each_code_an_error() -> None:
    codes = [error.code for error in leaves(UpstreamError)]
    assert sorted(codes) == sorted(FaultCode)


def test_each_error_has_a_sentence() -> None:
    assert all(error.detail.endswith((".", "?")) for error in leaves(UpstreamError))
