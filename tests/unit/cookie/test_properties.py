"""Every pasted text is accepted with its exact bytes or refused with a code.

600 generated cases in the ordinary run, 200,000 in ``make fuzz``, a twentieth in the sweeps.
"""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from creditcurve.cookie.parse import parse_cookie
from support.cookie_copies import COPIES, Pairs, cookies, header_of
from support.pasting import HOST, LOGIN, NOW_MS, PASTE_FRAGMENTS, assert_accepted_or_refused
from support.torture import Scale

SCALE = Scale.of_environment()
FRAGMENTS = st.sampled_from(PASTE_FRAGMENTS)
TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=80),
    st.lists(FRAGMENTS, max_size=14).map("".join),
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=4)), max_size=14).map("".join),
)


@st.composite
def damaged_copies(draw: st.DrawFn) -> str:
    """Return a copy with a part removed, inserted or doubled."""
    text = COPIES[draw(st.sampled_from(sorted(COPIES)))](draw(cookies()))
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    middle = draw(st.one_of(FRAGMENTS, st.just(""), st.just(text[start:end] * 2)))
    return text[:start] + middle + draw(st.sampled_from([text[end:], ""]))


def assert_accepted_byte_for_byte(copy: str, pairs: Pairs) -> None:
    """In the quoting of this copy."""
    cookie = parse_cookie(COPIES[copy](pairs), host=HOST, now_ms=NOW_MS)

    assert cookie.header.reveal() == header_of(pairs).encode("ascii")


def cases(number: int) -> Callable[[Any], Any]:
    """Return the settings for this number of cases, without a deadline for each."""
    return settings(
        max_examples=number,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


@cases(250)
@example("Chromium, bash", [(LOGIN, "ey"), ("n0", "%%00")])
@given(st.sampled_from(sorted(COPIES)), cookies())
def test_every_copy_of_a_cookie_yields_its_bytes(copy: str, pairs: Pairs) -> None:
    """The header is the one that the browser sends."""
    assert_accepted_byte_for_byte(copy, pairs)


@cases(200)
@given(pasted=TEXTS, force=st.booleans())
def test_every_text_is_accepted_or_refused(pasted: str, *, force: bool) -> None:
    """No accepted header contains a control character, and no other exception is raised."""
    assert_accepted_or_refused(pasted, force=force)


@cases(150)
@given(pasted=damaged_copies(), force=st.booleans())
def test_every_damaged_copy_is_accepted_or_refused(pasted: str, *, force: bool) -> None:
    """Parts are missing, doubled or inserted."""
    assert_accepted_or_refused(pasted, force=force)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@cases(SCALE.count(80_000))
@given(st.sampled_from(sorted(COPIES)), cookies())
def test_every_copy_of_a_cookie_yields_its_bytes_at_length(copy: str, pairs: Pairs) -> None:
    """The same with many more cases."""
    assert_accepted_byte_for_byte(copy, pairs)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@cases(SCALE.count(70_000))
@given(pasted=TEXTS, force=st.booleans())
def test_every_text_is_accepted_or_refused_at_length(pasted: str, *, force: bool) -> None:
    """The same with many more cases."""
    assert_accepted_or_refused(pasted, force=force)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@cases(SCALE.count(50_000))
@given(pasted=damaged_copies(), force=st.booleans())
def test_every_damaged_copy_is_accepted_or_refused_at_length(pasted: str, *, force: bool) -> None:
    """The same with many more cases."""
    assert_accepted_or_refused(pasted, force=force)
