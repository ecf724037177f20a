"""Texts as browsers, extensions, tools and people write them: which are accepted, which refused.

The texts are in the folder ``snippets``, the expected results in its ``expected.toml``.
"""

import pytest

from creditcurve.cookie.errors import CookieParseError
from creditcurve.cookie.parse import parse_cookie
from support.cookie_snippets import ACCEPTED, EXPECTED, FOLDER, REFUSED, expected_header, pasted
from support.pasting import HOST, NOW_MS
from support.sweeps import first_of_each


def format_of(name: str) -> str:
    """Return the format of a text."""
    return str(EXPECTED["snippets"][name]["format"])


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_cookie_of_a_text_is_returned_byte_for_byte(name: str) -> None:
    """In every format and quoting, the header is the one that the browser sends."""
    row = EXPECTED["snippets"][name]

    cookie = parse_cookie(pasted(name), host=HOST, now_ms=NOW_MS)

    assert cookie.header.reveal().decode("ascii") == expected_header(name)
    assert cookie.expires_at_ms == row.get("expires")
    assert cookie.found_by == row.get("found_by", "grammar")
    assert cookie.origin in (None, f"https://{HOST}", f"http://{HOST}", "https://aicodemirror.com")


@pytest.mark.parametrize("name", REFUSED)
def test_a_text_without_a_usable_cookie_is_refused_with_its_code(name: str) -> None:
    """The error also has the offset of the fault, and no part of a value."""
    row = EXPECTED["snippets"][name]

    with pytest.raises(CookieParseError) as refusal:
        parse_cookie(pasted(name), host=HOST, now_ms=NOW_MS)

    assert refusal.value.code == row["code"]
    assert refusal.value.offset == row.get("offset")
    assert refusal.value.origin == row.get("origin")
    assert refusal.value.status == 422
    assert "made" not in refusal.value.detail
    assert "eyJ" not in refusal.value.detail


@pytest.mark.parametrize(
    "name",
    first_of_each(format_of, [name for name in ACCEPTED if "\n" not in pasted(name).strip()]),
)
def test_blanks_and_line_ends_around_a_text_are_ignored(name: str) -> None:
    plain = parse_cookie(pasted(name), host=HOST, now_ms=NOW_MS)

    padded = parse_cookie(f"\r\n \t{pasted(name)}\n\n ", host=HOST, now_ms=NOW_MS)

    assert padded == plain


@pytest.mark.parametrize(
    "name",
    first_of_each(
        format_of,
        [n for n in ACCEPTED if "\n" in pasted(n).strip() and not n.startswith("utf16")],
    ),
)
def test_windows_line_ends_change_nothing(name: str) -> None:
    text = pasted(name)
    plain = parse_cookie(text, host=HOST, now_ms=NOW_MS)

    windows = parse_cookie(
        text.replace("\r\n", "\n").replace("\n", "\r\n"), host=HOST, now_ms=NOW_MS
    )

    assert windows == plain


@pytest.mark.parametrize("name", first_of_each(format_of, ACCEPTED))
def test_a_loopback_upstream_accepts_the_cookies_of_the_site(name: str) -> None:
    """The simulated site replaces the real one, so it accepts the same texts."""
    real = parse_cookie(pasted(name), host=HOST, now_ms=NOW_MS)

    assert parse_cookie(pasted(name), host="127.0.0.1", now_ms=NOW_MS) == real


def test_every_snippet_has_an_expected_result() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {*ACCEPTED, *REFUSED}
    assert len(ACCEPTED) + len(REFUSED) >= 240
