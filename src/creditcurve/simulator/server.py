"""The simulated site: checks the cookie and answers the endpoints that the program calls."""

import asyncio
import re
from email.utils import formatdate
from typing import Final

from creditcurve.clocks import Clock
from creditcurve.domain.instant import HOUR_MS, from_iso, to_iso
from creditcurve.domain.record import COUNTED_TYPE
from creditcurve.domain.secret import Secret
from creditcurve.simulator.account import SimulatedAccount
from creditcurve.simulator.history import History, Row, encoded
from creditcurve.simulator.http import JSON, HttpServer, Response, SeenRequest

SESSION: Final = b"__Secure-authjs.session-token"
DEMO_COOKIE: Final = Secret(
    b"__Host-authjs.csrf-token=d3m0%7Cc5rf; "
    b"__Secure-authjs.callback-url=https%3A%2F%2Fwww.aicodemirror.com; "
    b"__Secure-authjs.session-token=eyJhbGciOiJkaXIifQ..demo-session.of-the-simulator"
)
ENDPOINTS: Final = {
    "/api/user/usage": "usage",
    "/api/user/usage/chart": "chart",
    "/api/user/credits": "credits",
    "/api/wallet": "wallet",
    "/api/user/profile": "profile",
    "/api/user/credit-recovery": "recovery",
    "/api/user/credit-reset": "reset",
    "/api/apikeys": "api_keys",
    "/api/model-pricing": "pricing",
    "/api/auth/session": "session",
}
MAX_HOURS: Final = 8_760
_PART: Final = re.compile(re.escape(SESSION) + rb"(?:\.(\d))?")


class SimulatedSite(HttpServer):
    """One simulated site.

    Attributes:
        history: the usage it reports.
        row_limit: a usage answer without ``hours`` contains at most this many of the newest rows.
        tokens: the session tokens it accepts.
        account: the account; None if the site has no endpoint for it.
    """

    def __init__(
        self,
        *,
        history: History,
        clock: Clock,
        cookie: Secret | None = DEMO_COOKIE,
        row_limit: int | None = None,
        account: SimulatedAccount | None = None,
    ) -> None:
        super().__init__()
        self.account = account
        self.history = history
        self.row_limit = row_limit
        self.cookie = cookie
        self._clock = clock

    @property
    def cookie(self) -> Secret | None:
        """The accepted cookie; setting another one revokes the old one and its renewals."""
        return self._cookie

    @cookie.setter
    def cookie(self, cookie: Secret | None) -> None:
        self._cookie = cookie
        self.tokens = set() if cookie is None else {token_of(cookie.reveal())}

    async def respond(
        self,
        request: SeenRequest,
        reader: asyncio.StreamReader,  # noqa: ARG002 - for subclasses that wait for more input
        writer: asyncio.StreamWriter,
    ) -> bool:
        """Answer a request and keep the connection open."""
        writer.write(self.answer(request).encoded(date=self.date()))
        await writer.drain()
        return True

    def answer(self, request: SeenRequest) -> Response:
        """Return the site's answer to a request."""
        endpoint = ENDPOINTS.get(request.path)
        if endpoint is None:
            return Response.json({"error": "Not Found"}, 404)
        is_usage = endpoint in ("usage", "chart")
        if is_usage and request.method != "GET":
            return Response.json({"error": "Method Not Allowed"}, 405)
        if token_of(request.header(b"cookie") or b"") not in self.tokens:
            return Response.json({"error": "Unauthorized"}, 401)
        if not is_usage:
            return self._of_account(endpoint, request.method)
        if endpoint == "usage":
            return Response(200, encoded(self.rows(request)), (JSON,))
        return Response.json(self.chart(request))

    def _of_account(self, endpoint: str, method: str) -> Response:
        if self.account is None:
            return Response.json({"error": "Not Found"}, 404)
        now_ms = self._clock.now_ms()
        return self.account.answer(endpoint, method, self.history.until(now_ms), now_ms)

    def rows(self, request: SeenRequest) -> list[Row]:
        """Return the rows of a usage answer, newest first."""
        now_ms = self._clock.now_ms()
        hours = self.hours_of(request)
        if hours is None:
            return self.history.until(now_ms, limit=self.row_limit)
        return self.history.until(now_ms, since_ms=now_ms - hours * HOUR_MS)

    def hours_of(self, request: SeenRequest) -> int | None:
        """Return the parameter ``hours`` of a request."""
        text = request.query("hours") or ""
        return min(int(text), MAX_HOURS) if text.isascii() and text.isdigit() else None

    def chart(self, request: SeenRequest) -> dict[str, object]:
        """Return the site's own hourly sums, oldest first; the last hour is in progress."""
        hours = self.hours_of(request) or 24
        last_ms = self._clock.now_ms() // HOUR_MS * HOUR_MS
        starts = [last_ms - back * HOUR_MS for back in range(hours - 1, -1, -1)]
        sums: dict[int, int] = dict.fromkeys(starts, 0)
        for row in self.history.until(self._clock.now_ms(), since_ms=starts[0] - 1):
            hour = from_iso(str(row["createdAt"])) // HOUR_MS * HOUR_MS
            amount = row["creditsUsed"]
            if hour in sums and row["type"] == COUNTED_TYPE and isinstance(amount, int):
                sums[hour] += amount
        chart = [
            {"hour": to_iso(at), "consumed": self.chart_amount(sums[at]), "added": 0}
            for at in starts
        ]
        return {"chartData": chart}

    def chart_amount(self, credits_used: int) -> int:
        """Return the figure of the chart for so many credits."""
        return credits_used

    def date(self) -> str:
        """Return the site's time as an HTTP date."""
        return formatdate(self._clock.now_ms() / 1000, usegmt=True)


def token_of(header: bytes) -> bytes:
    """Return the session token of a cookie header, joined where it is split into parts."""
    parts: dict[int, bytes] = {}
    for pair in header.split(b";"):
        name, _, value = pair.strip().partition(b"=")
        match = _PART.fullmatch(name)
        if match is not None:
            parts[int(match[1] or 0)] = value
    return b"".join(parts[number] for number in sorted(parts)) or header
