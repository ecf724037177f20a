"""The bytes and the size of a pasted cookie.

Whole texts as programs write them are in ``test_snippets``.
"""

import pytest

from support.pasting import LOGIN, header, parsed, refused


@pytest.mark.parametrize(
    "value",
    [
        *('"quoted"', "a,b", "a=b==", "{}", "%E4%B8", "two  words", '"unclosed', "it's", "a\\b"),
        *("", "$x", "`x`", "^x", "~", "[1]", "<b>", "?&#", "x:y/z@", "(1)"),
    ],
)
def test_an_odd_value_is_kept_byte_for_byte(value: str) -> None:
    """The value is neither decoded, encoded nor quoted."""
    text = f"odd={value}; {LOGIN}=x; flag"

    assert header(text) == text
    assert header(f"Cookie: {text}") == text


def test_more_than_64_kib_is_refused() -> None:
    """The limit counts bytes; exactly 64 KiB are accepted."""
    most = f"{LOGIN}={'x' * (65_536 - len(LOGIN) - 1)}"

    assert header(most) == most
    for pasted in (f"{most}x", "é" * 40_000, "\ud800" * 30_000):
        refusal = refused(pasted, force=True)
        assert refusal.code == "cookie_too_large"
        assert refusal.status == 413


def test_an_accepted_cookie_hides_its_value() -> None:
    """Neither str, repr nor the names contain it."""
    cookie = parsed(f"{LOGIN}=canary")

    assert "canary" not in f"{cookie} {cookie!r} {cookie.header} {cookie.names}"
