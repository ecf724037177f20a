"""A site that repeats the cookie: nothing of the login gets past the border."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest

from creditcurve.clocks import SystemClock
from creditcurve.domain.secret import Secret
from creditcurve.upstream import UpstreamError
from creditcurve.upstream.client import UpstreamClient
from creditcurve.upstream.errors import SchemaChangedError
from creditcurve.upstream.redact import redacted
from support.calls import calls
from support.instructions import VALGRIND, instructions
from support.site import FAULTS, Simulator, sample_history

LOGIN = "made+up/login%2Bin\\the=test"
COOKIE = Secret(f'theme=dark; __Secure-authjs.session-token={LOGIN}; note="long enough"'.encode())
ECHOES = [name for name in FAULTS if name.startswith("echo_")]


def body(text: str) -> str:
    """Return a body after redaction."""
    return redacted(COOKIE, [], text.encode())[1].decode()


@pytest.mark.parametrize(
    "spelling",
    [
        LOGIN,
        quote(LOGIN, safe=""),
        quote(LOGIN),
        LOGIN.replace("\\", "\\\\"),
        LOGIN.replace("\\", "\\\\").replace("/", "\\/"),
        LOGIN.replace("%2B", "+"),
    ],
    ids=["as it is", "in a query", "in a path", "in JSON", "in PHP's JSON", "decoded"],
)
def test_the_login_is_masked_in_any_spelling(spelling: str) -> None:
    """The text around it is unchanged."""
    assert body(f"before {spelling} after {spelling}.") == "before *** after ***."


@pytest.mark.parametrize(
    "spelling",
    [
        "".join(f"\\u{ord(one):04x}" for one in LOGIN),
        LOGIN.replace("/", "\\u002F").replace("=", "\\u003d"),
        "".join(f"&#{ord(one)};" for one in LOGIN),
        LOGIN.replace("/", "&#x2F;").replace("+", "&#043;"),
        "".join(f"%{ord(one):02x}" for one in LOGIN),
        LOGIN.replace("/", "\\x2F"),
    ],
    ids=[
        "JSON escapes",
        "some JSON escapes",
        "HTML entities",
        "some HTML entities",
        "percent signs",
        "JavaScript escapes",
    ],
)
def test_the_login_is_masked_in_escaped_texts(spelling: str) -> None:
    assert body(f"before {spelling} after.") == "before *** after."


def percent(text: str) -> str:
    return "".join(f"%{ord(one):02X}" for one in text)


def entities(text: str) -> str:
    return "".join(f"&#x{ord(one):X};" for one in text)


def script(text: str) -> str:
    return "".join(f"\\u{ord(one):04X}" for one in text)


@pytest.mark.parametrize(
    "spelling",
    [
        json.dumps(json.dumps(json.dumps(LOGIN)))[7:-7],
        json.dumps(json.dumps(script(LOGIN)))[3:-3],
        percent(percent(LOGIN)),
        quote(quote(quote(LOGIN, safe=""), safe=""), safe=""),
        entities(entities(LOGIN)),
        escape(entities(percent(LOGIN))),
        percent(script(entities(LOGIN))),
        script(percent(script(LOGIN))),
        json.dumps(entities(LOGIN).replace("&", "\\u0026")),
        LOGIN.replace("/", "&sol;").replace("+", "&plus;").replace("=", "&equals;"),
        LOGIN.replace("\\", "&bsol;").replace("%", "&percnt;"),
        LOGIN.replace("/", "&#47"),
        "".join(f"\\{ord(one):03o}" for one in LOGIN),
        "".join(f"\\u{{{ord(one):x}}}" for one in LOGIN),
        "".join(f"%u{ord(one):04x}" for one in LOGIN),
        LOGIN.encode().hex(),
        LOGIN.encode().hex().upper(),
    ],
    ids=[
        "JSON in JSON in JSON",
        "escapes in JSON in JSON",
        "percent signs twice",
        "a query three times",
        "entities twice",
        "percent signs, entities, HTML",
        "entities, escapes, percent signs",
        "escapes, percent signs, escapes",
        "escaped entities",
        "named entities",
        "other named entities",
        "entities without a semicolon",
        "octal escapes",
        "escapes in braces",
        "the function escape",
        "hexadecimal",
        "upper hexadecimal",
    ],
)
def test_the_login_is_masked_however_often_it_is_escaped(spelling: str) -> None:
    assert body(f"before {spelling} after \\u0041 &lt; %41.").strip('"') in (
        "before *** after \\u0041 &lt; %41.",
        'before "***" after \\u0041 &lt; %41.',
    )


@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
@pytest.mark.parametrize("before", ["", "a", "ab", "Cookie: theme=dark; token="])
def test_the_login_is_masked_in_base64(encode: Callable[[bytes], bytes], before: str) -> None:
    """Wherever it begins; the rest contains no four characters of it."""
    text = encode(f"{before}{LOGIN}; path".encode()).decode()
    for spelled in (text, quote(text), json.dumps(text).replace("/", "\\/")):
        assert "***" in (left := body(f"<{spelled}>"))
        assert all(encode(LOGIN[at : at + 9].encode())[:8].decode() not in left for at in range(9))
        assert len(left) < len(f"<{spelled}>") - len(LOGIN)


def test_the_login_is_masked_in_text_of_two_bytes() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        text = redacted(COOKIE, [], f"before {LOGIN} after".encode(encoding))[1]
        assert "made".encode(encoding) not in text


ESCAPES = (b"\\\\", b"%25", b"&#0000")
MASK_ESCAPES = f"""
from creditcurve.domain.secret import Secret
from creditcurve.upstream.redact import redacted

cookie = Secret({COOKIE.reveal()!r})
for piece in {ESCAPES!r}:
    for size in 100, 1_000, 4_000:
        measure(redacted, cookie, [], piece * size)
"""


@pytest.mark.parametrize("piece", ESCAPES)
def test_the_calls_are_linear_in_an_answer_full_of_escapes(piece: bytes) -> None:
    """Escapes of escapes: each layer is at most as long as the one above."""
    short, long = (
        calls(partial(redacted, COOKIE, [], piece * size), "call", "c_call")
        for size in (500, 2_000)
    )
    assert long < 5 * short


@pytest.mark.slow
@pytest.mark.skipif(VALGRIND is None, reason="needs valgrind")
@pytest.mark.timeout(1_200)
def test_the_instructions_are_linear_in_an_answer_full_of_escapes(tmp_path: Path) -> None:
    """Those of regular expressions too."""
    counts = instructions(MASK_ESCAPES, tmp_path, timeout_s=1_000)
    for piece, short, long in zip(ESCAPES, counts[1::3], counts[2::3], strict=True):
        assert long < 5 * short, piece


def test_other_values_are_not_masked() -> None:
    """Other cookies' values are in many a text, and a row must not be changed by chance."""
    text = 'dark "long enough" theme=light'
    assert body(text) == text


def test_headers_are_masked_except_those_to_keep() -> None:
    """A renewal goes to the vault, whole."""
    headers = [(b"Location", f"/?t={LOGIN}".encode()), (b"Set-Cookie", f"a={LOGIN}".encode())]
    assert redacted(COOKIE, headers, b"")[0] == [(b"Location", b"/?t=***"), headers[1]]


def test_a_login_that_the_answer_issues_is_masked_too() -> None:
    """An answer that renews the login may repeat the new one in its body."""
    issued = "another-made-up-login-value"
    lines = [
        (b"Set-Cookie", f"__Secure-authjs.session-token={issued}; Path=/; Secure".encode()),
        (b"set-cookie", b"theme=light"),
    ]
    escaped = issued.replace("-", "\\u002d")
    text = f"old {LOGIN} new {issued} escaped {escaped} light".encode()
    headers, body = redacted(COOKIE, lines, text)
    assert body.decode() == "old *** new *** escaped *** light"
    assert headers == lines


@pytest.mark.parametrize(
    ("cookie", "text", "left"),
    [
        ("a=1; b=of-thirty-two-characters-or-more", "of-thirty-two-characters-or-more", "***"),
        ("a=1; b=short", "short 1", "short 1"),
        ("__Secure-authjs.session-token.0=piece-one; __Secure-authjs.session-token.1=piece-two",
         "piece-onepiece-two", "******"),
        ("__Secure-authjs.session-token=short", "a short text", "a short text"),
    ],
    ids=["without a login", "nothing long", "in pieces", "a short one"],
)  # fmt: skip
def test_which_values_are_a_login(cookie: str, text: str, left: str) -> None:
    """By name, otherwise by length: short values occur in texts by chance."""
    assert redacted(Secret.of(cookie), [], text.encode())[1].decode() == left


@pytest.mark.parametrize("name", ECHOES)
async def test_nothing_that_is_read_of_an_answer_repeats_the_login(name: str) -> None:
    """Neither a record, nor a reject, nor an error."""
    async with Simulator(history=sample_history(), clock=SystemClock(), cookie=COOKIE) as site:
        client = UpstreamClient(site.url, clock=SystemClock())
        site.faults.set(name)
        try:
            answer = (await client.usage(COOKIE)).answer
            told = repr([(r.model, r.api_key, r.extra) for r in answer.records])
            told += repr([reject.raw for reject in answer.rejects])
            assert "***" in told
        except SchemaChangedError as error:
            told = repr(error.rejects) + error.fault.detail
        except UpstreamError as error:
            told = error.fault.detail
        finally:
            await client.aclose()
    assert not site.faults.pending
    assert "made+up" not in told
    assert "made%2Bup" not in told
