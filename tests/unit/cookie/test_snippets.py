"""Texts as browsers, extensions and tools really write them: what is taken, what is refused.

The texts stand in ``cookie_snippets``, the outcomes in its ``expected.toml``.
"""

import pytest

from creditcurve.cookie.errors import CookieParseError
from creditcurve.cookie.parse import parse_cookie
from support.cookie_snippets import ACCEPTED, EXPECTED, FOLDER, REFUSED, expected_header, pasted
from support.pasting import HOST, NOW_MS


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_text_that_holds_the_cookie_yields_it_byte_for_byte(name: str) -> None:
    """Whatever the form and its quoting, what is sent is what the browser sends."""
    row = EXPECTED["snippets"][name]

    cookie = parse_cookie(pasted(name), host=HOST, now_ms=NOW_MS)

    assert cookie.header.reveal().decode("ascii") == expected_header(name)
    assert cookie.expires_at_ms == row.get("expires")


@pytest.mark.parametrize("name", REFUSED)
def test_a_text_without_a_usable_cookie_is_refused_by_name(name: str) -> None:
    """The code says what is wrong, the offset where, and no word of it comes from a value."""
    row = EXPECTED["snippets"][name]

    with pytest.raises(CookieParseError) as refusal:
        parse_cookie(pasted(name), host=HOST, now_ms=NOW_MS)

    assert refusal.value.code == row["code"]
    assert refusal.value.offset == row.get("offset")
    assert refusal.value.status == 422
    assert "made" not in refusal.value.detail
    assert "eyJ" not in refusal.value.detail


@pytest.mark.parametrize("name", [name for name in ACCEPTED if "\n" not in pasted(name).strip()])
def test_spaces_and_line_ends_around_a_text_change_nothing(name: str) -> None:
    """A clipboard adds them, and they are no part of the cookie."""
    plain = parse_cookie(pasted(name), host=HOST, now_ms=NOW_MS)

    padded = parse_cookie(f"\r\n \t{pasted(name)}\n\n ", host=HOST, now_ms=NOW_MS)

    assert padded == plain


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_loopback_upstream_takes_the_sites_cookies(name: str) -> None:
    """The simulated upstream stands in for the site: what one takes, the other takes."""
    real = parse_cookie(pasted(name), host=HOST, now_ms=NOW_MS)

    assert parse_cookie(pasted(name), host="127.0.0.1", now_ms=NOW_MS) == real


def test_every_snippet_has_its_outcome() -> None:
    """No text lies in the folder unused, and there are enough of them."""
    assert {path.stem for path in FOLDER.glob("*.txt")} == {*ACCEPTED, *REFUSED}
    assert len(ACCEPTED) + len(REFUSED) >= 60
