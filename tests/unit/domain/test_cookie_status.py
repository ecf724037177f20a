"""The cookie's status: what becomes of it, and whether polls may be made."""

import pytest

from creditcurve.domain.cookie_status import (
    CookieState,
    CookieStatus,
    invalid,
    readable_again,
    valid,
)


@pytest.mark.parametrize("state", CookieState)
def test_polls_need_a_valid_or_an_unverified_cookie(state: CookieState) -> None:
    expected = state in (CookieState.VALID, CookieState.UNVERIFIED)
    assert CookieStatus(state=state).is_usable is expected


def test_a_good_answer_ends_the_reason() -> None:
    refused = invalid(CookieStatus(generation=3), "unauthorized", at_ms=7)
    assert (refused.state, refused.reason, refused.checked_at_ms) == (
        CookieState.INVALID,
        "unauthorized",
        7,
    )
    again = valid(refused)
    assert (again.state, again.reason, again.generation) == (CookieState.VALID, None, 3)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (CookieStatus(reason="unauthorized", checked_at_ms=1), CookieState.INVALID),
        (CookieStatus(checked_at_ms=None), CookieState.UNVERIFIED),
        (CookieStatus(checked_at_ms=1), CookieState.VALID),
    ],
)
def test_a_cookie_that_is_readable_again_has_its_former_state(
    status: CookieStatus, expected: CookieState
) -> None:
    assert readable_again(status.with_state(CookieState.UNREADABLE)).state is expected
