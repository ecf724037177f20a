"""What holds for every pasted text: what is taken is what was given, and nothing else happens.

2,000 generated cases in the ordinary run, 200,000 in the slow one.
"""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditcurve.cookie.errors import CookieParseError
from creditcurve.cookie.parse import MAX_BYTES, Cookie, parse_cookie
from support.cookie_copies import COPIES, Pairs, cookies, header_of
from support.pasting import HOST, LOGIN, NOW_MS

CODES = {
    *("cookie_empty", "cookie_control_character", "cookie_non_ascii", "cookie_too_large"),
    *("no_cookie_in_snippet", "session_cookie_missing", "session_cookie_incomplete"),
    *("cookie_ambiguous", "cookie_expired"),
}

FRAGMENTS = st.sampled_from(
    [
        *(
            "curl ",
            "curl.exe ",
            "'",
            '"',
            '^"',
            "$'",
            "\\",
            "^",
            "`",
            "\\\n",
            "^\n",
            "`\n",
            "-H ",
            "-b ",
        ),
        *(
            "cookie: ",
            "Cookie:",
            "a=1",
            f"{LOGIN}=x",
            f"{LOGIN}.0=x",
            "; ",
            ";",
            "=",
            ",",
            "\r\n",
            "\n",
        ),
        *(
            "[",
            "]",
            "{",
            "}",
            ":",
            '"name"',
            '"value"',
            '"domain"',
            f'"{HOST}"',
            '"cookies"',
            "null",
        ),
        *(
            "fetch(",
            ")",
            "System.Net.Cookie(",
            "$session = New-Object ",
            "$([char]7)",
            "\\u0000",
            "\\x",
        ),
        *(
            "# Netscape HTTP Cookie File\n",
            f"{HOST}\tFALSE\t/\tTRUE\t0\t",
            "\t",
            "GET / HTTP/1.1\n",
        ),
        *(
            ":authority\n",
            "accept: */*\n",
            "https://x/",
            "…",
            "\0",
            "\ud800",
            "\x7f",
            " ",
            "\u00a0",
        ),
        *('"request"', '"headers"', '"log"', '"entries"', "1e999", "-1", "NaN", "\ufeff", "\\041"),
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=80),
    st.lists(FRAGMENTS, max_size=14).map("".join),
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=4)), max_size=14).map("".join),
)


@st.composite
def damaged_copies(draw: st.DrawFn) -> str:
    """A copy with something cut off, put in or doubled."""
    text = COPIES[draw(st.sampled_from(sorted(COPIES)))](draw(cookies()))
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    middle = draw(st.one_of(FRAGMENTS, st.just(""), st.just(text[start:end] * 2)))
    return text[:start] + middle + draw(st.sampled_from([text[end:], ""]))


def is_taken_byte_for_byte(copy: str, pairs: Pairs) -> None:
    """Whatever quoting the copy went through."""
    cookie = parse_cookie(COPIES[copy](pairs), host=HOST, now_ms=NOW_MS)

    assert cookie.header.reveal() == header_of(pairs).encode("ascii")


def outcome(pasted: str, *, force: bool) -> Cookie | CookieParseError:
    """What becomes of a text; any other exception goes through."""
    try:
        return parse_cookie(pasted, host=HOST, now_ms=NOW_MS, force=force)
    except CookieParseError as refusal:
        return refusal


def is_taken_or_refused(pasted: str, *, force: bool) -> None:
    """With a header that can be sent, or by name and at a place of the text."""
    result = outcome(pasted, force=force)

    if isinstance(result, CookieParseError):
        assert result.code in CODES
        assert result.offset is None or 0 <= result.offset < len(pasted)
    else:
        header = result.header.reveal()
        assert header
        assert header == header.strip()
        assert all(0x20 <= byte <= 0x7E for byte in header)


def cases(number: int) -> Callable[[Any], Any]:
    """So many of them, without a deadline for each."""
    return settings(
        max_examples=number,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


@cases(800)
@given(st.sampled_from(sorted(COPIES)), cookies())
def test_every_copy_of_a_cookie_yields_its_bytes(copy: str, pairs: Pairs) -> None:
    """What is accepted is sent byte for byte as the browser would send it."""
    is_taken_byte_for_byte(copy, pairs)


@cases(700)
@given(pasted=TEXTS, force=st.booleans())
def test_no_text_does_anything_but_be_taken_or_refused(pasted: str, *, force: bool) -> None:
    """Nothing accepted holds a control character; nothing raises anything else."""
    is_taken_or_refused(pasted, force=force)


@cases(500)
@given(pasted=damaged_copies(), force=st.booleans())
def test_no_damaged_copy_does_anything_else_either(pasted: str, *, force: bool) -> None:
    """Cut off, doubled, with foreign pieces in it."""
    is_taken_or_refused(pasted, force=force)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@cases(80_000)
@given(st.sampled_from(sorted(COPIES)), cookies())
def test_every_copy_of_a_cookie_yields_its_bytes_at_length(copy: str, pairs: Pairs) -> None:
    """The same, a hundred times as often."""
    is_taken_byte_for_byte(copy, pairs)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@cases(70_000)
@given(pasted=TEXTS, force=st.booleans())
def test_no_text_does_anything_else_at_length(pasted: str, *, force: bool) -> None:
    """The same, a hundred times as often."""
    is_taken_or_refused(pasted, force=force)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@cases(50_000)
@given(pasted=damaged_copies(), force=st.booleans())
def test_no_damaged_copy_does_anything_else_at_length(pasted: str, *, force: bool) -> None:
    """The same, a hundred times as often."""
    is_taken_or_refused(pasted, force=force)


LEADS = (
    *("", "cookie", "GET / HTTP/1.1\ncookie", "GET / HTTP/1.1\ncookie: a=1\nhost", ":", "accept"),
    *("cookie\n", "a TRUE /", "a TRUE / TRUE 0 n", "curl ", 'curl ^"', "curl $'", "fetch("),
    *('x\n"cookie"', 'iwr a\n"cookie"', 'System.Net.Cookie("a"', "[", '{"cookie":"', '"'),
)


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("filler", [" ", "\t", "\n", "a", '"', "\\", "^", ": "])
def test_no_text_is_pored_over(lead: str, filler: str) -> None:
    """The largest is read in far less than a second: the server does nothing else meanwhile."""
    for end in ("x", "\rx"):
        pasted = lead + filler * ((MAX_BYTES - 100) // len(filler)) + end
        begun_s = time.process_time()
        is_taken_or_refused(pasted, force=False)
        assert time.process_time() - begun_s < 2
