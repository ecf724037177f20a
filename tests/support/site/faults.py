"""The faults of the simulated site, by name.

A fault replaces or changes the good answer, for a given number of requests. A test checks that
every fault of ``FAULTS`` has an expected outcome.
"""

import gzip
from typing import Final
from urllib.parse import quote

import msgspec

from creditcurve.simulator.history import encoded
from creditcurve.simulator.http import JSON, Response
from creditcurve.simulator.server import SESSION
from support.site import effects
from support.site.effects import Effect
from support.site.exchange import HTML

ANY: Final = "any"
USAGE: Final = "usage"

_UNAUTHORIZED: Final = b'{"error":"Unauthorized"}'
_LOGIN_PAGE: Final = b"""<!DOCTYPE html><html><head><title>AICodeMirror</title></head><body>
<form method="post" action="/api/auth/callback/credentials"><input name="email" type="email">
<input name="password" type="password"><button>Log in</button></form></body></html>"""
_MAINTENANCE: Final = b"""<!DOCTYPE html><html><head><title>Maintenance</title></head><body>
<p>Back soon.</p><a href="/login">Log in</a></body></html>"""
_CHALLENGE: Final = b"""<html><script>var arg1='3D5F0A9C';
function reload(x){document.cookie="acw_sc__v2="+x;document.location.reload();}</script></html>"""
_CHALLENGE_ARG1: Final = b"<html><script>var arg1 = 'AB12';</script></html>"
_CHALLENGE_405: Final = b"""<!doctype html><html><head><title>405</title></head><body>
<p>Sorry, your request has been blocked.</p><p>Request ID: 65ae0b1c17</p></body></html>"""

_CLOUDFLARE: Final = b"""<!DOCTYPE html><title>Just a moment...</title>
<script>window._cf_chl_opt={cType:"managed"}</script>"""


class SimulatedFault(msgspec.Struct, frozen=True):
    """One entry of the table.

    Attributes:
        description: the site's behaviour.
        effect: writes the answer.
        endpoint: where the fault applies by default.
    """

    description: str
    effect: Effect
    endpoint: str = ANY


class _Due(msgspec.Struct):
    name: str
    endpoint: str
    times: int | None


class FaultScript:
    """The faults of the next answers."""

    def __init__(self) -> None:
        self._due: list[_Due] = []

    def set(self, name: str, *, endpoint: str | None = None, times: int | None = 1) -> None:
        """Effect a fault, after those that were set before.

        Args:
            name: of the table.
            endpoint: a name of ``Simulator``; by default where it makes sense.
            times: for so many requests; None until cleared.

        Raises:
            KeyError: there is no fault of that name.
        """
        own = FAULTS[name].endpoint
        self._due.append(_Due(name, own if endpoint is None else endpoint, times))

    def clear(self) -> None:
        """Remove all pending faults."""
        self._due.clear()

    @property
    def pending(self) -> list[str]:
        """The names of the pending faults."""
        return [due.name for due in self._due]

    def take(self, *endpoints: str) -> Effect | None:
        """Return the effect for a request with these endpoint names, and count it."""
        for due in self._due:
            if due.endpoint in endpoints:
                if due.times is not None:
                    due.times -= 1
                self._due = [each for each in self._due if each.times is None or each.times > 0]
                return FAULTS[due.name].effect
        return None


_SPLIT: Final = tuple(
    SESSION
    + b".%d=" % part
    + effects.RENEWED_TOKEN[part * 12 : part * 12 + 12]
    + b"; Path=/; HttpOnly"
    for part in range(2)
)
_CLEARING: Final = SESSION + b"=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0"


def _location(address: bytes) -> tuple[bytes, bytes]:
    return (b"Location", address)


def _after(value: bytes) -> tuple[bytes, bytes]:
    return (b"Retry-After", value)


def _fault(description: str, effect: Effect, endpoint: str = ANY) -> SimulatedFault:
    return SimulatedFault(description, effect, endpoint)


def _row_fault(description: str, effect: Effect) -> SimulatedFault:
    return SimulatedFault(description, effect, USAGE)


FAULTS: Final[dict[str, SimulatedFault]] = {
    # The login is not accepted.
    "unauthorized": _fault("401 with JSON", effects.instead(401, _UNAUTHORIZED, JSON)),
    "unauthorized_empty": _fault("401 without a body", effects.instead(401)),
    "unauthorized_html": _fault("401 with a page", effects.instead(401, _MAINTENANCE, HTML)),
    "unauthorized_200": _fault(
        "200 that says Unauthorized", effects.instead(200, _UNAUTHORIZED, JSON)
    ),
    "code_401": _fault(
        "200 with code 401", effects.instead(200, b'{"code":401,"data":null}', JSON)
    ),
    "login_redirect_302": _fault(
        "302 to the login", effects.instead(302, b"", _location(b"/login"))
    ),
    "login_redirect_303": _fault(
        "303 to the login", effects.instead(303, b"", _location(b"/auth/signin"))
    ),
    "login_redirect_307": _fault(
        "307 to the login",
        effects.instead(307, b"", _location(b"/zh/login?callbackUrl=%2Fdashboard")),
    ),
    "login_page": _fault("the login page with 200", effects.instead(200, _LOGIN_PAGE, HTML)),
    # The site or its firewall refuses.
    "forbidden": _fault("403 with JSON", effects.instead(403, b'{"error":"Forbidden"}', JSON)),
    "forbidden_html": _fault(
        "403 with a page", effects.instead(403, b"<html>Forbidden</html>", HTML)
    ),
    "redirect_other_host": _fault(
        "302 to another host", effects.instead(302, b"", _location(b"https://sso.invalid/login"))
    ),
    "redirect_plain_http": _fault(
        "302 to plain http",
        effects.instead(302, b"", _location(b"http://www.aicodemirror.com/login")),
    ),
    "redirect_elsewhere": _fault(
        "308 to another page of the host", effects.instead(308, b"", _location(b"/maintenance"))
    ),
    "challenge": _fault("a firewall's script", effects.instead(200, _CHALLENGE, HTML)),
    "challenge_arg1": _fault("another such script", effects.instead(200, _CHALLENGE_ARG1, HTML)),
    "challenge_405": _fault("405 with a request id", effects.instead(405, _CHALLENGE_405, HTML)),
    "challenge_cloudflare": _fault(
        "Cloudflare's challenge with 403",
        effects.instead(403, _CLOUDFLARE, HTML, (b"cf-mitigated", b"challenge")),
    ),
    "challenge_json": _fault(
        "a challenge in JSON with 403",
        effects.instead(403, b'{"url":"https://geo.captcha-delivery.com/captcha/?cid=A"}', JSON),
    ),
    "other_html": _fault("another page with 200", effects.instead(200, _MAINTENANCE, HTML)),
    "rate_limited": _fault("429 without a time", effects.instead(429)),
    "rate_limited_120": _fault("429, in 120 s", effects.instead(429, b"", _after(b"120"))),
    "rate_limited_date": _fault("429, at a date in 120 s", effects.wait_until_http_date),
    "rate_limited_negative": _fault("429, in -5 s", effects.instead(429, b"", _after(b"-5"))),
    "rate_limited_soon": _fault("429, soon", effects.instead(429, b"", _after(b"soon"))),
    "rate_limited_1e9": _fault("429, in 1e9 s", effects.instead(429, b"", _after(b"1e9"))),
    "rate_limited_huge": _fault(
        "429, in a billion s", effects.instead(429, b"", _after(b"1000000000"))
    ),
    "unavailable_120": _fault("503, in 120 s", effects.instead(503, b"", _after(b"120"))),
    "error_500": _fault("500 with a page", effects.instead(500, b"<html>Oops</html>", HTML)),
    "error_502": _fault("502 with a page", effects.instead(502, b"<html>Bad Gateway</html>", HTML)),
    "error_503": _fault("503 without a time", effects.instead(503)),
    "error_504": _fault("504", effects.instead(504)),
    "error_520": _fault("520, a gateway's own", effects.instead(520, b"<html>520</html>", HTML)),
    "bad_request": _fault("400", effects.instead(400, b'{"success":false}', JSON)),
    "not_found": _fault("404", effects.instead(404, b'{"error":"Not Found"}', JSON)),
    # A broken page repeats the request.
    "echo_500": _fault(
        "500 with the login in it",
        effects.echoing(lambda login: Response(500, f"<pre>{login}</pre>".encode(), (HTML,))),
    ),
    "echo_401": _fault(
        "401 with the login in it",
        effects.echoing(lambda login: Response.json({"error": f"bad token {login}"}, 401)),
    ),
    "echo_page": _fault(
        "200 with a dump of the headers",
        effects.echoing(lambda login: Response(200, f"Cookie: {login}\n".encode(), (HTML,))),
        USAGE,
    ),
    "echo_object": _fault(
        "200 with the headers as JSON",
        effects.echoing(lambda login: Response.json({"headers": {"cookie": login, "as": "JSON"}})),
        USAGE,
    ),
    "echo_redirect": _fault(
        "302 to another host, with the login in the query",
        effects.echoing(
            lambda login: Response(
                302, b"", (_location(b"https://sso.invalid/?t=" + quote(login).encode()),)
            )
        ),
    ),
    "echo_redirect_host": _fault(
        "302 to a host named like the login",
        effects.echoing(
            lambda login: Response(302, b"", (_location(f"https://{login}.invalid/".encode()),))
        ),
    ),
    "echo_rows": _row_fault(
        "a row with the cookie for a model, a label and a field",
        effects.echoing_rows(
            lambda rows, cookie: [
                rows[0] | {"model": cookie, "apiKeyLabel": quote(cookie), "debug": [cookie]},
                *rows[1:],
            ]
        ),
    ),
    "echo_malformed": _row_fault(
        "a malformed row with the cookie in it",
        effects.echoing_rows(lambda rows, cookie: [*rows, {"id": "none", "headers": cookie}]),
    ),
    # Set-Cookie.
    "renews_session": _fault(
        "renews the login",
        effects.renewing(
            SESSION + b"=" + effects.RENEWED_TOKEN + b"; Path=/; HttpOnly; Secure; SameSite=Lax"
        ),
    ),
    "renews_session_401": _fault(
        "renews the login with 401",
        effects.instead(401, _UNAUTHORIZED, JSON, (b"Set-Cookie", SESSION + b"=of-nobody; Path=/")),
    ),
    "renews_split_session": _fault("renews the login in two pieces", effects.renewing(*_SPLIT)),
    "renews_firewall": _fault(
        "renews acw_tc",
        effects.with_set_cookies(b"acw_tc=0a1b2c3d; path=/; HttpOnly; Max-Age=1800"),
    ),
    "clears_session": _fault(
        "clears the login on a good answer", effects.with_set_cookies(_CLEARING)
    ),
    "clears_session_401": _fault(
        "clears the login with 401",
        effects.instead(401, _UNAUTHORIZED, JSON, (b"Set-Cookie", _CLEARING)),
    ),
    "set_cookie_500": _fault(
        "500 Set-Cookie lines",
        effects.with_set_cookies(*(b"flood%d=x; Path=/" % n for n in range(500))),
    ),
    "set_cookie_5mb": _fault(
        "5 MB of Set-Cookie lines",
        effects.with_set_cookies(*(b"f%d=" % n + b"x" * 10_000 for n in range(500))),
    ),
    "set_cookie_foreign": _fault(
        "a Set-Cookie for another domain",
        effects.with_set_cookies(SESSION + b"=stolen; Domain=evil.invalid; Path=/"),
    ),
    "set_cookie_odd_bytes": _fault(
        "Set-Cookie with control and other bytes",
        effects.with_set_cookies(
            SESSION + b"=a\x01b; Path=/", b"\xff\xfe=\xe4; Path=/", b"=;;;=", b""
        ),
    ),
    # Rows.
    "code_0": _row_fault(
        "the rows within code 0 and data",
        effects.with_body(lambda body: b'{"code":0,"message":"ok","data":%s}' % body),
    ),
    "unknown_envelope": _row_fault(
        "the rows within an unknown object",
        effects.with_body(lambda body: b'{"result":{"list":%s}}' % body),
    ),
    "enveloped": _row_fault(
        "the rows within code and data",
        effects.with_body(lambda body: b'{"code":200,"data":%s}' % body),
    ),
    "empty_list": _row_fault("no rows", effects.with_body(lambda _: b"[]")),
    "newest_only": _row_fault(
        "only the newest row", effects.with_rows(lambda rows: encoded(rows[:1]))
    ),
    "newest_changed": _row_fault(
        "the newest row with other figures", effects.with_rows(effects.newest_changed)
    ),
    "doubled": _row_fault("every row twice", effects.with_rows(lambda rows: encoded(rows + rows))),
    "reversed": _row_fault("oldest first", effects.with_rows(lambda rows: encoded(rows[::-1]))),
    "late_row": _row_fault("one old row that is new", effects.with_rows(effects.late_row)),
    "row_left_out": _row_fault(
        "a row in the middle omitted", effects.with_rows(effects.row_left_out)
    ),
    "one_malformed": _row_fault("one malformed row", effects.with_rows(effects.one_malformed)),
    "all_malformed": _row_fault("rows of another form", effects.with_rows(effects.all_malformed)),
    "unknown_fields": _row_fault("unknown fields", effects.with_rows(effects.unknown_fields)),
    "unknown_types": _row_fault("a row of another type", effects.with_rows(effects.unknown_types)),
    "credits_string": _row_fault("credits as text", effects.spelled("creditsUsed", '"12.50"')),
    "credits_1e400": _row_fault("credits beyond a double", effects.spelled("creditsUsed", "1e400")),
    "credits_nan": _row_fault("credits NaN", effects.spelled("creditsUsed", "NaN")),
    "credits_true": _row_fault("credits true", effects.spelled("creditsUsed", "true")),
    "credits_null": _row_fault("credits null", effects.spelled("creditsUsed", "null")),
    "credits_2_63": _row_fault("credits 2^63", effects.spelled("creditsUsed", str(2**63))),
    "credits_negative": _row_fault("credits -5", effects.spelled("creditsUsed", "-5")),
    "model_surrogate": _row_fault(
        "half a pair in a model", effects.spelled("model", r'"a\ud800b"')
    ),
    "model_nul": _row_fault("NUL in a model", effects.spelled("model", r'"a\u0000b"')),
    "model_rtl": _row_fault(
        "right-to-left in a model", effects.spelled("model", r'"a\u202egnp.exe"')
    ),
    "model_long": _row_fault(
        "a model of 10,000 characters", effects.spelled("model", f'"{"m" * 10_000}"')
    ),
    "model_html": _row_fault(
        "a model that is a tag", effects.spelled("model", '"<img src=x onerror=alert(1)>"')
    ),
    "model_formula": _row_fault(
        "a model that is a formula",
        effects.spelled("model", r'"=HYPERLINK(\"http://evil.invalid\")"'),
    ),
    "model_proto": _row_fault("a model named __proto__", effects.spelled("model", '"__proto__"')),
    "created_ahead": _row_fault("made in two days", effects.moved(2 * 86_400_000)),
    "created_1970": _row_fault(
        "made in 1970", effects.spelled("createdAt", '"1970-01-01T00:00:00.000Z"')
    ),
    "created_seconds": _row_fault(
        "made at a number of seconds", effects.spelled("createdAt", "1756129184")
    ),
    "created_without_zone": _row_fault(
        "made at a time without a zone", effects.spelled("createdAt", '"2025-08-25T13:39:44.230"')
    ),
    "created_24": _row_fault(
        "made at 24:00", effects.spelled("createdAt", '"2025-08-24T24:00:00.000Z"')
    ),
    "created_unreadable": _row_fault("made yesterday", effects.spelled("createdAt", '"yesterday"')),
    # No JSON.
    "deep_nesting": _row_fault("100,000 brackets", effects.with_body(lambda _: b"[" * 100_000)),
    "long_integer": _row_fault(
        "an integer of 5,000 digits", effects.spelled("creditsUsed", "9" * 5_000)
    ),
    "bom": _row_fault("a byte order mark", effects.with_body(lambda body: b"\xef\xbb\xbf" + body)),
    "utf16": _row_fault("UTF-16", effects.with_body(lambda body: body.decode().encode("utf-16"))),
    "bad_byte": _row_fault(
        "a byte that is no UTF-8", effects.with_body(lambda body: body[:-1] + b"\xff]")
    ),
    "duplicate_keys": _row_fault("a name twice", effects.with_body(effects.doubled_keys)),
    "empty_body": _row_fault("no body", effects.with_body(lambda _: b"")),
    "trailing_text": _row_fault("something after the end", effects.with_body(lambda _: b"{}x")),
    # Packing.
    "gzip": _fault(
        "packed, unasked", effects.with_body(gzip.compress, (b"Content-Encoding", b"gzip"))
    ),
    "gzip_cut": _fault(
        "packed, and cut",
        effects.with_body(lambda body: gzip.compress(body)[:-12], (b"Content-Encoding", b"gzip")),
    ),
    "gzip_damaged": _fault(
        "announced as packed, but not packed",
        effects.with_body(lambda body: body, (b"Content-Encoding", b"gzip")),
    ),
    "brotli": _fault(
        "packed with brotli", effects.with_body(lambda body: body, (b"Content-Encoding", b"br"))
    ),
    "gzip_bomb": _fault("300 kB that unpack to 300 MB", effects.gzip_bomb),
    # Time and connection.
    "hang": _fault("never answers", effects.hang),
    "slow_bytes": _fault("one byte at a time", effects.slow_bytes),
    "slow_body": _fault("headers at once, then one byte at a time", effects.slow_body),
    "slow_headers": _fault("headers without end, one at a time", effects.slow_headers),
    "endless_headers": _fault("headers without end, at once", effects.endless_headers),
    "endless_body": _fault("a body without end", effects.endless_body),
    "cut_body": _fault("a body shorter than announced", effects.cut_body),
    "reset": _fault("a reset instead of an answer", effects.reset),
    "reset_in_body": _fault("a reset in the body", effects.reset_in_body),
    "closed": _fault("an end instead of an answer", effects.close),
    "stale_keep_alive": _fault(
        "answers, then ends at the connection's next request", effects.stale
    ),
    "not_http": _fault("not HTTP", effects.no_http),
}
