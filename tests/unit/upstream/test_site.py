"""One client for each origin; with a fixed origin no other."""

import pytest

from creditcurve.clocks import SystemClock
from creditcurve.domain.origin import DEFAULT_ORIGIN, KNOWN_ORIGINS
from creditcurve.upstream import Sites
from creditcurve.upstream.client import UpstreamClient
from creditcurve.upstream.errors import OtherOriginError

AI = "https://www.aicodemirror.ai"


def sites(default: str = DEFAULT_ORIGIN, *, is_fixed: bool = False) -> Sites:
    return Sites(default, lambda one: UpstreamClient(one, clock=SystemClock()), is_fixed=is_fixed)


def test_a_client_calls_the_origin_that_it_was_requested_for() -> None:
    found = sites()
    assert found.at(AI).origin == AI
    assert found.at(AI).host == "www.aicodemirror.ai"
    assert found.at(None).origin == DEFAULT_ORIGIN
    assert found.at(AI) is found.at(AI)


def test_a_fixed_origin_is_the_only_one() -> None:
    found = sites("http://127.0.0.1:9000", is_fixed=True)
    assert found.at("http://127.0.0.1:9000").origin == "http://127.0.0.1:9000"
    with pytest.raises(OtherOriginError):
        found.at(AI)
    assert found.choices == ("http://127.0.0.1:9000",)


def test_the_choices_begin_with_the_default_and_contain_every_known_origin() -> None:
    assert sites().choices == KNOWN_ORIGINS
