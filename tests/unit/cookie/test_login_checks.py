"""Headers that cannot be sent, and logins that the site would not accept, are refused."""

import pytest

from support.pasting import HOST, LOGIN, exported, header, parsed, refused


@pytest.mark.parametrize("character", [chr(code) for code in (*range(0x20), 0x7F)])
def test_a_control_character_inside_is_refused_with_its_place(character: str) -> None:
    """Also with force: it is never sent."""
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
    """The position counts the characters of the pasted text, before unquoting."""
    refusal = refused(pasted)

    assert refusal.code == "cookie_control_character"
    assert refusal.offset == pasted.index(place)
    assert f"position {refusal.offset}" in refusal.detail


@pytest.mark.parametrize("character", ["…", "“", "é", "中", "\u0080", "\u00a0", "🍪", "\ud800"])
def test_non_ascii_characters_are_refused_with_their_position(character: str) -> None:
    """It was cut off or changed when it was copied; forcing does not help."""
    for force in (False, True):
        refusal = refused(f"{LOGIN}=a{character}b", force=force)

        assert refusal.code == "cookie_non_ascii"
        assert refusal.offset == len(LOGIN) + 2


@pytest.mark.parametrize(
    "pasted", ["", " \r\n\t", '""', "''", "Cookie:", "cookie: \n", ";", " ; ;"]
)
def test_nothing_is_refused_as_empty(pasted: str) -> None:
    """Also with force."""
    assert refused(pasted).code == "cookie_empty"
    assert refused(pasted, force=True).code == "cookie_empty"


@pytest.mark.parametrize(
    "name",
    [
        *("authjs.session-token", "__Secure-authjs.session-token", "__Host-authjs.session-token"),
        *("next-auth.session-token", "__Secure-next-auth.session-token"),
    ],
)
def test_the_session_cookies_of_auth_js_are_logins(name: str) -> None:
    """Also those of older versions, over https and without."""
    cookie = parsed(f"theme=dark; {name}=x")

    assert cookie.names == ("theme", name)


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
    """The error names the cookies that were found and explains HttpOnly."""
    refusal = refused(pasted)

    assert refusal.code == "session_cookie_missing"
    assert "HttpOnly" in refusal.detail
    assert "Network tab" in refusal.detail
    assert all(name in refusal.detail for name in refusal.names)
    assert header(pasted, force=True) == pasted


def test_the_found_names_are_reported() -> None:
    """The user sees which cookies the text contains."""
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
    """A value without its name, or its end, can look like a name."""
    refusal = refused(pasted)

    assert "canary" not in f"{refusal} {refusal.detail} {refusal.names} {refusal!r}"


@pytest.mark.parametrize(
    "pieces",
    [
        *(".0=a; {}.1=b", ".1=b; {}.0=a", ".0=a; {}.1=b; {}.2=c", "=whole; {}.1=left over"),
        ".0=a; authjs.session-token=whole",
    ],
)
def test_a_split_login_is_taken_when_it_is_whole(pieces: str) -> None:
    """The order of the pieces does not matter."""
    text = LOGIN + pieces.replace("{}", LOGIN)

    assert header(text) == text


@pytest.mark.parametrize("pieces", [".0=a", ".1=b", ".0=a; {}.2=c", ".1=b; {}.2=c", ".0=a; {}.1="])
def test_a_split_login_with_a_piece_missing_is_refused(pieces: str) -> None:
    """The site would not accept it; with force, it is sent unchanged."""
    text = LOGIN + pieces.replace("{}", LOGIN)

    assert refused(text).code == "session_cookie_incomplete"
    assert header(text, force=True) == text


def test_two_logins_are_ambiguous_unless_they_are_the_same() -> None:
    """Equal values are not ambiguous."""
    assert refused(f"{LOGIN}=a; {LOGIN}=b").code == "cookie_ambiguous"
    assert refused(f"{LOGIN}.0=a; {LOGIN}.1=b; {LOGIN}.0=c").code == "cookie_ambiguous"
    assert header(f"{LOGIN}=a; {LOGIN}=a") == f"{LOGIN}=a; {LOGIN}=a"
    assert header(f"{LOGIN}=a; {LOGIN}=b", force=True) == f"{LOGIN}=a; {LOGIN}=b"
