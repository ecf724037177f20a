"""What the parser of pasted cookies takes and refuses, rule by rule.

Whole texts as programs write them are in ``test_cookie_snippets``.
"""

import pytest

from creditcurve.cookie.parse import session_names
from support.pasting import HOST, LOGIN, exported, header, parsed, refused


@pytest.mark.parametrize(
    "value",
    [
        *('"quoted"', "a,b", "a=b==", "{}", "%E4%B8", "two  words", '"unclosed', "it's", "a\\b"),
        *("", "$x", "`x`", "^x", "~", "[1]", "<b>", "?&#", "x:y/z@", "(1)"),
    ],
)
def test_an_odd_value_is_kept_byte_for_byte(value: str) -> None:
    """No decoding, no encoding, no quoting anew: the site wrote it, and the site gets it back."""
    text = f"odd={value}; {LOGIN}=x; flag"

    assert header(text) == text
    assert header(f"Cookie: {text}") == text


@pytest.mark.parametrize("character", [chr(code) for code in (*range(0x20), 0x7F)])
def test_a_control_character_inside_is_refused_with_its_place(character: str) -> None:
    """Each of them, forced or not: it is never sent."""
    for force in (False, True):
        refusal = refused(f"{LOGIN}=a{character}b", force=force)

        assert refusal.code == "cookie_control_character"
        assert refusal.offset == len(LOGIN) + 2


@pytest.mark.parametrize(
    ("pasted", "place"),
    [
        ("a=1\r\nX-Evil: 1", "\r"),
        ("Cookie: a=1\r\nX-Evil: 1", "\r"),
        ("  'a=1\nb=2'", "\n"),
        (exported({"name": LOGIN, "value": "a\0b"}), "\\u0000"),
        (exported({"name": LOGIN, "value": "a?b"}).replace("?", "\n"), "\n"),
        (f"curl 'https://{HOST}/' -b $'a=\\x07'", "\\x07"),
        (f'curl ^"https://{HOST}/^" ^\n -b ^"a=1^\n\n2^"', "\n2"),
        (f'fetch("https://{HOST}/", {{"headers": {{"cookie": "a=\\t1"}}}});', "\\t"),
        (f'$x.Add((New-Object System.Net.Cookie("a", "`0", "/", "{HOST}")))', "`0"),
        (f"{HOST}\tFALSE\t/\tTRUE\t0\ta\t1\x7f2\n", "\x7f"),
    ],
)
def test_the_place_is_that_in_the_pasted_text(pasted: str, place: str) -> None:
    """Counted in what the user sees, whatever quoting it went through."""
    refusal = refused(pasted)

    assert refusal.code == "cookie_control_character"
    assert refusal.offset == pasted.index(place)
    assert f"position {refusal.offset}" in refusal.detail


@pytest.mark.parametrize("character", ["…", "“", "é", "中", "\u0080", "\u00a0", "🍪", "\ud800"])
def test_what_is_not_ascii_is_refused_with_its_place(character: str) -> None:
    """It was cut off or changed when it was copied; forcing does not help."""
    for force in (False, True):
        refusal = refused(f"{LOGIN}=a{character}b", force=force)

        assert refusal.code == "cookie_non_ascii"
        assert refusal.offset == len(LOGIN) + 2


@pytest.mark.parametrize(
    "pasted", ["", " \r\n\t", '""', "''", "Cookie:", "cookie: \n", ";", " ; ;"]
)
def test_nothing_is_refused_as_empty(pasted: str) -> None:
    """There is nothing to force either."""
    assert refused(pasted).code == "cookie_empty"
    assert refused(pasted, force=True).code == "cookie_empty"


def test_more_than_64_kib_is_refused() -> None:
    """Counted in bytes; exactly 64 KiB are taken."""
    most = f"{LOGIN}={'x' * (65_536 - len(LOGIN) - 1)}"

    assert header(most) == most
    for pasted in (f"{most}x", "é" * 40_000, "\ud800" * 30_000):
        refusal = refused(pasted, force=True)
        assert refusal.code == "cookie_too_large"
        assert refusal.status == 413


@pytest.mark.parametrize(
    "name",
    [
        *("authjs.session-token", "__Secure-authjs.session-token", "__Host-authjs.session-token"),
        *("next-auth.session-token", "__Secure-next-auth.session-token"),
    ],
)
def test_a_login_goes_by_several_names(name: str) -> None:
    """Those of Auth.js and its ancestor, over https and without."""
    cookie = parsed(f"theme=dark; {name}=x")

    assert cookie.names == ("theme", name)
    assert session_names(cookie.header) == (name,)


@pytest.mark.parametrize(
    "pasted",
    [
        "theme=dark; _ga=1",
        f"{LOGIN}=; theme=dark",
        f"my-{LOGIN}=x",
        f"{LOGIN}.x=1",
        f"theme={LOGIN}=x",
        "__Host-authjs.csrf-token=x; __Secure-authjs.callback-url=y",
    ],
)
def test_a_cookie_without_a_login_is_refused(pasted: str) -> None:
    """With what was found, and why the page's own script does not show the login."""
    refusal = refused(pasted)

    assert refusal.code == "session_cookie_missing"
    assert "HttpOnly" in refusal.detail
    assert "Network tab" in refusal.detail
    assert all(name in refusal.detail for name in refusal.names)
    assert header(pasted, force=True) == pasted


def test_the_names_that_were_found_are_told() -> None:
    """So that the user sees what the paste did hold."""
    assert refused("theme=dark; _ga=1; theme=light").names == ("theme", "_ga")


@pytest.mark.parametrize(
    "pasted",
    [
        "canary",
        "eyJcanary==",
        "canary=",
        f"{'canary' * 10}=x",
        "a=canary; canary",
        "a=1; {canary}=2",
    ],
)
def test_a_refusal_shows_no_piece_of_a_value(pasted: str) -> None:
    """A value pasted alone, or its end, can look like a name."""
    refusal = refused(pasted)

    assert "canary" not in f"{refusal} {refusal.detail} {refusal.names} {refusal!r}"


def test_an_accepted_cookie_hides_its_value() -> None:
    """In every text that can be made of it."""
    cookie = parsed(f"{LOGIN}=canary")

    assert "canary" not in f"{cookie} {cookie!r} {cookie.header} {cookie.names}"


@pytest.mark.parametrize(
    "pieces",
    [
        *(".0=a; {}.1=b", ".1=b; {}.0=a", ".0=a; {}.1=b; {}.2=c", "=whole; {}.1=left over"),
        ".0=a; authjs.session-token=whole",
    ],
)
def test_a_split_login_is_taken_when_it_is_whole(pieces: str) -> None:
    """In whatever order its pieces stand."""
    text = LOGIN + pieces.replace("{}", LOGIN)

    assert header(text) == text


@pytest.mark.parametrize("pieces", [".0=a", ".1=b", ".0=a; {}.2=c", ".1=b; {}.2=c", ".0=a; {}.1="])
def test_a_split_login_with_a_piece_missing_is_refused(pieces: str) -> None:
    """The site would take it for no login at all; forced, it is sent as it is."""
    text = LOGIN + pieces.replace("{}", LOGIN)

    assert refused(text).code == "session_cookie_incomplete"
    assert header(text, force=True) == text


def test_two_logins_are_ambiguous_unless_they_are_the_same() -> None:
    """Which of them is meant nobody can tell."""
    assert refused(f"{LOGIN}=a; {LOGIN}=b").code == "cookie_ambiguous"
    assert refused(f"{LOGIN}.0=a; {LOGIN}.1=b; {LOGIN}.0=c").code == "cookie_ambiguous"
    assert header(f"{LOGIN}=a; {LOGIN}=a") == f"{LOGIN}=a; {LOGIN}=a"
    assert header(f"{LOGIN}=a; {LOGIN}=b", force=True) == f"{LOGIN}=a; {LOGIN}=b"
