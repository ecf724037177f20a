"""Set-Cookie lines renew a cookie and never remove anything from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.cookie.header import Pair, pairs_of, session_part
from creditcurve.cookie.set_cookie import IssuedLogin, issued_login, renew
from creditcurve.domain.secret import Secret
from support.examples import examples
from support.pasting import HOST, LOGIN, NOW_MS

CSRF = "__Host-authjs.csrf-token"
FUTURE = "Expires=Wed, 17 Dec 2025 19:33:20 GMT"
ATTRIBUTES = f"; Path=/; {FUTURE}; HttpOnly; Secure; SameSite=Lax"


def renewed(header: str, *lines: str | bytes, host: str = HOST) -> str | None:
    """The header after these lines, or None."""
    raw = [line if isinstance(line, bytes) else line.encode("utf-8") for line in lines]
    secret = renew(Secret.of(header), raw, host=host, now_ms=NOW_MS)
    return None if secret is None else secret.reveal().decode("ascii")


def test_a_renewed_login_takes_the_old_ones_place() -> None:
    """All other pairs are unchanged."""
    header = f'flag; a="x, y" ;{LOGIN}=old;  b={{1}}; c==;'

    result = renewed(header, f"{LOGIN}=new.x~y{ATTRIBUTES}")

    assert result == f'flag; a="x, y" ;{LOGIN}=new.x~y;  b={{1}}; c==;'


def test_a_new_cookie_of_the_firewall_is_added() -> None:
    """It is added behind the rest; so are Auth.js' own."""
    assert renewed(f"{LOGIN}=x", "acw_tc=1;path=/;HttpOnly;Max-Age=1800") == f"{LOGIN}=x; acw_tc=1"
    assert renewed(f"{LOGIN}=x;", f"{CSRF}=a%7Cb; Path=/") == f"{LOGIN}=x; {CSRF}=a%7Cb;"


def test_a_new_cookie_of_another_name_is_not_added() -> None:
    """It renews nothing."""
    assert renewed(f"{LOGIN}=x", "tracker=1; Path=/") is None
    assert renewed(f"{LOGIN}=x; tracker=0", "tracker=1; Path=/") == f"{LOGIN}=x; tracker=1"


@pytest.mark.parametrize(
    "clearing",
    [
        *("=; Path=/", "=gone; Max-Age=0", "=gone; Max-Age=-1", "=gone; max-age=0; " + FUTURE),
        *("=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "=; " + FUTURE, "", "= "),
        "=gone; expires=Thursday, 01-Jan-70 00:00:00 GMT",
    ],
)
def test_a_cleared_cookie_is_not_a_renewal(clearing: str) -> None:
    """Whole or split: the user's cookie stays."""
    for header in (f"{LOGIN}=x; a=1", f"{LOGIN}.0=x; {LOGIN}.1=y", "acw_tc=1"):
        names = [pair.name for pair in pairs_of(header)]
        assert renewed(header, *(f"{name}{clearing}" for name in names)) is None


def test_an_expiry_in_the_future_is_a_renewal() -> None:
    """Max-Age goes before Expires; what cannot be read of either says nothing."""
    for attributes in (
        "Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        FUTURE,
        "Max-Age=soon",
        "Expires=soon",
        "",
    ):
        assert renewed("acw_tc=0", f"acw_tc=1; {attributes}") == "acw_tc=1"


def test_the_last_word_counts() -> None:
    """Set twice: the second. Set and then cleared: nothing. Cleared and then set: set."""
    assert renewed(f"{LOGIN}=0", f"{LOGIN}=1", f"{LOGIN}=2") == f"{LOGIN}=2"
    assert renewed(f"{LOGIN}=0", f"{LOGIN}=1", f"{LOGIN}=; Max-Age=0") is None
    assert renewed(f"{LOGIN}=0", f"{LOGIN}=; Max-Age=0", f"{LOGIN}=2") == f"{LOGIN}=2"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("=a", ".0=b; {}.1=c"),
        (".0=a; {}.1=b", "=c"),
        (".0=a; {}.1=b; {}.2=c", ".0=d; {}.1=e"),
        (".0=a; {}.1=b", ".0=c; {}.1=d; {}.2=e"),
        (".1=b; x=1; {}.0=a", ".0=c; {}.1=d"),
    ],
)
def test_a_split_login_is_replaced_as_a_whole(old: str, new: str) -> None:
    """From whole to split, from split to whole, to more pieces and to fewer; no old one is left."""
    header = f"first=1; {LOGIN}{old.replace('{}', LOGIN)}; last=1"
    expected = LOGIN + new.replace("{}", LOGIN)
    lines = [f"{pair}{ATTRIBUTES}" for pair in expected.split("; ")]
    clearing = [f"{LOGIN}.{index}=; Max-Age=0" for index in range(3)]

    for order in (lines, lines[::-1], [*clearing, *lines]):
        result = renewed(header, *order)
        assert result is not None
        assert result.replace("; x=1", "") == f"first=1; {expected}; last=1"


@pytest.mark.parametrize(
    "lines",
    [
        (".0=b",),
        (".1=c",),
        (".0=b", ".2=d"),
        ("=w", ".0=b", ".1=c"),
        (".0=b", ".1=c", ".2=\x01"),
        (".0=b", ".1=c", f".2={'d' * 4096}"),
        (".0=b", ".1=c", *["other=1"] * 48, ".2=d"),
    ],
)
def test_a_split_login_with_a_piece_missing_replaces_nothing(lines: tuple[str, ...]) -> None:
    """Be it that the piece was not sent, that it could not be read, or that it came too late."""
    texts = [f"{LOGIN}{line}" if line[0] in ".=" else line for line in lines]

    assert renewed(f"{LOGIN}=old", *texts) is None


@pytest.mark.parametrize(
    ("domain", "host", "is_taken"),
    [
        ("", HOST, True),
        ("; Domain=", HOST, True),
        ("; Domain=www.aicodemirror.com", HOST, True),
        ("; domain=.AICodeMirror.com", HOST, True),
        ("; Domain=evil.example", HOST, False),
        ("; Domain=api.aicodemirror.com", HOST, False),
        ("; Domain=mirror.com", HOST, False),
        ("; Domain=com", HOST, False),
        ("; Domain=evil.example; Domain=aicodemirror.com", HOST, True),
        ("; Domain=127.0.0.1", "127.0.0.1", True),
        ("; Domain=0.0.1", "127.0.0.1", False),
        ("; Domain=evil.example", "127.0.0.1", False),
    ],
)
def test_only_the_own_host_renews(domain: str, host: str, *, is_taken: bool) -> None:
    """Its own name and its parents'."""
    result = renewed(f"{LOGIN}=old", f"{LOGIN}=new; Path=/{domain}", host=host)

    assert result == (f"{LOGIN}=new" if is_taken else None)


@pytest.mark.parametrize(
    ("path", "is_taken"),
    [
        *(("/", True), ("/api", True), ("/api/", True), ("/api/user/usage", True), ("", True)),
        *(("relative", True), ("/ap", False), ("/dashboard", False), ("/api/user/usage/x", False)),
    ],
)
def test_a_cookie_for_another_path_is_not_for_our_calls(path: str, *, is_taken: bool) -> None:
    """The browser would not send it there."""
    result = renewed(f"{LOGIN}=old", f"{LOGIN}=new; Path={path}")

    assert result == (f"{LOGIN}=new" if is_taken else None)


def test_at_most_fifty_lines_are_read() -> None:
    """The fiftieth still is, the next is not."""
    fill = ["other=1"] * 49

    assert renewed("acw_tc=0", *fill, "acw_tc=1") == "acw_tc=1"
    assert renewed("acw_tc=0", *fill, "other=2", "acw_tc=1") is None


def test_lines_of_at_most_4096_bytes_are_read() -> None:
    """5 MB of longer ones change nothing."""
    longest = f"{LOGIN}={'x' * (4096 - len(LOGIN) - 1)}"

    assert renewed(f"{LOGIN}=old", longest) == longest
    assert renewed(f"{LOGIN}=old", f"{longest}x") is None
    assert renewed(f"{LOGIN}=old", *[f"{LOGIN}={'x' * 10_000}"] * 500) is None


@pytest.mark.parametrize(
    "octet", [b"\0", b"\r", b"\n", b"\t", b"\x7f", b"\x80", b"\xff", b"\xc3\xa9"]
)
def test_a_line_with_odd_bytes_is_ignored(octet: bytes) -> None:
    """In its value or in its attributes; the good ones beside it are not."""
    for bad in (b"acw_tc=a" + octet + b"b", b"acw_tc=ab; Path=/" + octet):
        assert renewed("acw_tc=0", bad) is None
        assert renewed("acw_tc=0; x=0", bad, "x=1") == "acw_tc=0; x=1"


def test_an_equal_value_is_not_a_renewal() -> None:
    """Nothing needs to be stored."""
    assert renewed(f"{LOGIN}.0=a; {LOGIN}.1=b; x=1", f"{LOGIN}.1=b", f"{LOGIN}.0=a", "x=1") is None
    assert renewed(f"{LOGIN}=a") is None


def test_a_header_never_grows_beyond_64_kib() -> None:
    """An answer that would make it so renews nothing."""
    header = f"a={'x' * 65_000}"

    assert renewed(header, f"acw_tc={'y' * 4000}") is None


def test_a_renewed_login_has_a_known_expiry() -> None:
    """From Max-Age or Expires, of a split login the earliest; the firewall's cookie is no login."""

    def issued(*lines: str) -> IssuedLogin | None:
        raw = [line.encode() for line in lines]
        return issued_login(raw, host=HOST, now_ms=NOW_MS)

    assert issued(f"{LOGIN}=x; Max-Age=60", "acw_tc=1; Max-Age=5") == IssuedLogin(NOW_MS + 60_000)
    assert issued(f"{LOGIN}=x; {FUTURE}") == IssuedLogin(1_766_000_000_000)
    split = (f"{LOGIN}.0=x; Max-Age=60", f"{LOGIN}.1=x; Max-Age=50")
    assert issued(*split) == IssuedLogin(NOW_MS + 50_000)
    assert issued(f"{LOGIN}=x") == IssuedLogin(None)
    assert issued(split[0]) is None
    assert issued(f"{LOGIN}=; Max-Age=0", "acw_tc=1; Max-Age=5") is None
    assert issued() is None


_NAMES = st.sampled_from(
    [
        LOGIN,
        f"{LOGIN}.0",
        f"{LOGIN}.1",
        f"{LOGIN}.2",
        "authjs.session-token",
        CSRF,
        "acw_tc",
        "a",
        "b",
    ]
)
_VALUES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters=";"))
_HEADERS = st.lists(
    st.tuples(_NAMES, _VALUES).map(lambda pair: f"{pair[0]}={pair[1].strip()}"), min_size=1
).map("; ".join)
_ENDINGS = st.sampled_from(
    [
        "",
        "; Max-Age=0",
        "; Max-Age=9",
        "; Path=/",
        "; Domain=evil.example",
        f"; {FUTURE}",
        "\x00",
        "é",
    ]
)
_LINES = st.lists(
    st.one_of(
        st.binary(max_size=60),
        st.builds(lambda n, v, e: f"{n}={v}{e}".encode(), _NAMES, _VALUES, _ENDINGS),
    ),
    max_size=8,
)


@examples(150)
@given(_HEADERS, _LINES)
def test_no_answer_takes_anything_away(header: str, lines: list[bytes]) -> None:
    """Whatever the lines: sendable bytes, every name still there, every login still a login."""
    result = renewed(header, *lines)

    if result is None:
        return
    before, after = pairs_of(header), pairs_of(result)
    assert result.isascii()
    assert result.isprintable()
    assert result != header
    assert kept_names(before) <= kept_names(after)


def kept_names(pairs: list[Pair]) -> set[str]:
    """The names in a header, that of a login without the number of its piece."""
    parts = ((pair.name, session_part(pair.name)) for pair in pairs)
    return {name if part is None else part.login for name, part in parts}
