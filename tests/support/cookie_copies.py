"""Cookies as browsers and extensions copy them: the quoting of each, for generated values.

Written after the copy functions of Chromium's, Firefox's and WebKit's developer tools and after
Cookie-Editor's export; whole copies as they really look are in ``unit/cookie_snippets``.
"""

import json
import re
from collections.abc import Callable

from hypothesis import strategies as st

from support.pasting import HOST, LOGIN

URL = "https://www.aicodemirror.com/api/user/usage"

Pairs = list[tuple[str, str]]

PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters=";")
NAMES = st.text("abzAZ09_-.!#$%&'*+^`|~", min_size=1, max_size=12).map(lambda name: f"n{name}")
VALUES = st.one_of(
    st.text(PRINTABLE, max_size=30).map(str.strip),
    st.lists(st.sampled_from(list("\\\"'^$%`!{}[](),=&|<> nu0xA")), max_size=12)
    .map("".join)
    .map(str.strip),
)
LOGINS = (
    st.text(PRINTABLE, max_size=60)
    .map(lambda text: f"ey{text}".strip())
    # Cut off, masked, or two copies joined: no token has one of these by chance.
    .filter(lambda login: not any(part in login for part in ("...", "****", "session-token")))
)


@st.composite
def cookies(draw: st.DrawFn) -> Pairs:
    """A cookie with a login among other pairs, every name once, as a browser keeps it."""
    names = draw(st.lists(NAMES, max_size=6, unique=True))
    pairs = [(name, draw(VALUES)) for name in names]
    place = draw(st.integers(0, len(pairs)))
    return [*pairs[:place], (LOGIN, draw(LOGINS)), *pairs[place:]]


def header_of(pairs: Pairs) -> str:
    """The header that the browser sends."""
    return "; ".join(f"{name}={value}" for name, value in pairs)


def posix(text: str) -> str:
    """Chromium's quoting for bash."""
    if not re.search(r"[\0-\x1f\x7f-\x9f!']", text):
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + re.sub(r"[\0-\x1f\x7f-\x9f!]", lambda c: f"\\u{ord(c[0]):04x}", escaped) + "'"


def posix_octal(text: str) -> str:
    """Firefox' and Safari's quoting for bash."""
    if not re.search(r"[^ -~]|[!']", text):
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("!", "\\041")
    return "$'" + re.sub(r"[^ -~]", lambda c: f"\\x{ord(c[0]):02x}", escaped) + "'"


def cmd(text: str) -> str:
    """Chromium's and Firefox' quoting for Windows' cmd."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = re.sub(r"[^a-zA-Z0-9\s_\-:=+~'/.,?;()*`]", r"^\g<0>", escaped)
    return '^"' + re.sub(r"%(?=[a-zA-Z0-9_])", "%^", escaped) + '^"'


def power(text: str) -> str:
    """Both browsers' quoting for PowerShell."""
    escaped = re.sub(r"[`$\"]", r"`\g<0>", text)
    return '"' + re.sub(r"[^ -~]", lambda c: f"$([char]{ord(c[0])})", escaped) + '"'


def _curl(quote: Callable[[str], str], join: str, option: str) -> Callable[[Pairs], str]:
    def copy(pairs: Pairs) -> str:
        cookie = header_of(pairs) if option == "-b" else f"cookie: {header_of(pairs)}"
        headers = [
            f"-H {quote(text)}" for text in ("accept: */*", 'sec-ch-ua: "A";v="1"', "dnt: 1")
        ]
        return "curl " + join.join(
            [quote(URL), headers[0], f"{option} {quote(cookie)}", *headers[1:]]
        )

    return copy


def powershell(pairs: Pairs) -> str:
    """Copy as PowerShell."""
    cookies = "\n".join(
        f"$session.Cookies.Add((New-Object System.Net.Cookie({power(name)}, {power(value)}, "
        f'"/", "{HOST}")))'
        for name, value in pairs
    )
    session = "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession"
    return f'{session}\n{cookies}\nInvoke-WebRequest -UseBasicParsing -Uri "{URL}"'


def fetch(pairs: Pairs) -> str:
    """Copy as fetch (Node.js)."""
    options = {"headers": {"accept": "*/*", "cookie": header_of(pairs)}, "method": "GET"}
    return f"fetch({json.dumps(URL)}, {json.dumps(options, indent=2)});"


def cookie_editor(pairs: Pairs) -> str:
    """Cookie-Editor, Export, JSON."""
    kept = [{"domain": HOST, "name": n, "value": v, "hostOnly": True} for n, v in pairs]
    return json.dumps(kept, indent=4)


def har(pairs: Pairs) -> str:
    """Copy all as HAR."""
    request = {"url": URL, "headers": [{"name": "cookie", "value": header_of(pairs)}]}
    entry = {"startedDateTime": "2025-11-24T15:00:02.523Z", "request": request}
    return json.dumps({"log": {"entries": [entry]}}, indent=2)


def firefox_cookies(pairs: Pairs) -> str:
    """Copy All on Firefox' Cookies tab."""
    return json.dumps({"Request Cookies": dict(pairs)}, indent="\t")


def netscape(pairs: Pairs) -> str:
    """A Netscape cookie file."""
    lines = (f"#HttpOnly_{HOST}\tFALSE\t/\tTRUE\t0\t{name}\t{value}\n" for name, value in pairs)
    return "# Netscape HTTP Cookie File\n" + "".join(lines)


def request_headers(pairs: Pairs) -> str:
    """Copy request headers."""
    return f"GET / HTTP/1.1\r\nHost: {HOST}\r\nCookie: {header_of(pairs)}\r\nDNT: 1\r\n"


COPIES: dict[str, Callable[[Pairs], str]] = {
    "header": header_of,
    "named header": lambda pairs: f"Cookie: {header_of(pairs)}\r\n",
    "quoted header": lambda pairs: f'"{header_of(pairs)}"',
    "Chromium, bash": _curl(posix, " \\\n  ", "-b"),
    "Chromium, bash, 2023": _curl(posix, " \\\n  ", "-H"),
    "Firefox, bash": _curl(posix_octal, " \\\n  ", "-H"),
    "Safari": _curl(posix_octal, " \\\n", "-H"),
    "Chromium, cmd": _curl(cmd, " ^\n  ", "-b"),
    "Chromium, cmd, CRLF": _curl(cmd, " ^\r\n  ", "-b"),
    "PowerShell": powershell,
    "fetch": fetch,
    "Cookie-Editor": cookie_editor,
    "HAR": har,
    "Firefox, Cookies tab": firefox_cookies,
    "Netscape": netscape,
    "request headers": request_headers,
}
"""Every way of copying, by name."""
