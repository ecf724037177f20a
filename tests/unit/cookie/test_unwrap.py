"""The wrapping of editors, terminals and pages is removed; places stay those of the paste."""

import pytest

from creditcurve.cookie.quoting import UNKNOWN
from creditcurve.cookie.unwrap import unwrap

LOGIN = "authjs.session-token"


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        (" \u3000\u200b a=1; b=2 \n", "a=1; b=2"),
        ("\ufeffa=1; b=2", "a=1; b=2"),
        ("\x1b[32ma=1\x1b[0m; b=2", "a=1; b=2"),
        ("\x1b[200~a=1; b=2\x1b[201~", "a=1; b=2"),
        ("{&quot;a&quot;: &#39;1 &amp; 2&#39;}", "{\"a\": '1 & 2'}"),
        ("Here:\n```sh\na=1; b=2\n```\n", "a=1; b=2"),
        ("```a=1; b=2```", "a=1; b=2"),
        ("> a=1;\n> b=2", "a=1;\nb=2"),
        ("Host: x\\r\\n\nCookie: a=1\\r\\n", "Host: x\nCookie: a=1"),
        (f"{LOGIN}%3Da%253B%3B%20b%3D2", f"{LOGIN}=a%3B; b=2"),
        ("curl -b a=%%3D https://x/", "curl -b a=%3D https://x/"),
        ("\0".join("a=1; b=2; c=3") + "\0", "a=1; b=2; c=3"),
    ],
)
def test_the_wrapping_is_removed(pasted: str, text: str) -> None:
    assert unwrap(pasted).text == text


@pytest.mark.parametrize(
    "pasted",
    [
        "a=&amp;; b='&quot;'",
        "> a=1;\nb=2",
        "curl 'https://x/' -b 'a=%%3D'",
        "curl -b a=%%3D%20",
        "a=%3D; b=%2F",
        "a=1\\r\\n",
    ],
)
def test_text_that_is_no_wrapping_is_kept(pasted: str) -> None:
    assert unwrap(pasted).text == pasted


@pytest.mark.parametrize(
    ("pasted", "mark"),
    [
        ("  a=X", "X"),
        ("\x1b[32ma=X\x1b[0m", "X"),
        ("```\na=X\n```", "X"),
        ("> a=1;\n> b=X", "X"),
        ("\0".join("a=1; b=2; c=X") + "\0", "X"),
        (f"{LOGIN}%3D1%3BX", "X"),
    ],
)
def test_a_character_keeps_its_place_in_the_pasted_text(pasted: str, mark: str) -> None:
    found = unwrap(pasted)
    assert found.at[found.text.index(mark)] == pasted.index(mark)


def test_text_in_another_encoding_has_no_places() -> None:
    """Two characters were read as one."""
    pasted = f"{LOGIN}=xy;".encode().decode("utf-16-le")
    found = unwrap(pasted)
    assert found.text == f"{LOGIN}=xy;"
    assert set(found.at) == {UNKNOWN}
