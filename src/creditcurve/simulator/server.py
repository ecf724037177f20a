"""The simulated site: a real HTTP server on loopback that tests, demo and benchmarks run against.

It checks the cookie, answers as the site does, plays faults on demand, remembers what it was asked,
and can be driven from another process through ``/__simulator``.
"""

import asyncio
import re
import ssl
from email.utils import formatdate
from typing import Final, Self

from creditcurve.clocks import Clock
from creditcurve.domain.credits import total
from creditcurve.domain.instant import HOUR_MS, from_iso, to_iso
from creditcurve.domain.record import COUNTED_TYPE
from creditcurve.domain.secret import Secret
from creditcurve.simulator import control
from creditcurve.simulator.exchange import (
    JSON,
    MAX_HEAD_BYTES,
    Exchange,
    Response,
    SeenRequest,
    read_request,
)
from creditcurve.simulator.faults import SESSION, FaultScript
from creditcurve.simulator.history import History, Row, encoded

DEMO_COOKIE: Final = Secret(
    b"__Host-authjs.csrf-token=d3m0%7Cc5rf; "
    b"__Secure-authjs.callback-url=https%3A%2F%2Fwww.aicodemirror.com; "
    b"__Secure-authjs.session-token=eyJhbGciOiJkaXIifQ..demo-session.of-the-simulator"
)
ENDPOINTS: Final = {
    "/api/user/usage": "usage",
    "/api/user/usage/chart": "chart",
    "/api/user/credits": "credits",
}
BACK_FILL: Final = "back_fill"
MAX_HOURS: Final = 8_760
_GIFT: Final = 1_000_000
_PART: Final = re.compile(re.escape(SESSION) + rb"(?:\.(\d))?")


class Simulator:
    """One simulated site.

    Attributes:
        requests: what was asked for, oldest first, control apart.
        faults: what is to go wrong next.
        history: the usage it tells of.
        row_limit: the usage answer is cut to the newest so many rows, unless ``hours`` lifts it.
        honours_hours: whether it knows the parameter ``hours``; one that does not ignores it.
        chart_unit: what its chart says for one credit.
        pace_s: seconds between two drops of what comes slowly.
    """

    def __init__(  # noqa: PLR0913 - each is a trait of the site, most with a default
        self,
        *,
        history: History,
        clock: Clock,
        cookie: Secret | None = DEMO_COOKIE,
        row_limit: int | None = None,
        honours_hours: bool = True,
        pace_s: float = 1.0,
    ) -> None:
        self.history = history
        self.row_limit = row_limit
        self.honours_hours = honours_hours
        self.chart_unit = 1
        self.pace_s = pace_s
        self.requests: list[SeenRequest] = []
        self.faults = FaultScript()
        self.cookie = cookie
        self._clock = clock
        self._scheme = "http"
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._seen = asyncio.Condition()

    @property
    def cookie(self) -> Secret | None:
        """Whose login is good; setting another revokes the old one and all its renewals."""
        return self._cookie

    @cookie.setter
    def cookie(self, cookie: Secret | None) -> None:
        self._cookie = cookie
        self._tokens = set() if cookie is None else {token_of(cookie.reveal())}

    @property
    def url(self) -> str:
        """Where it listens, without a trailing slash."""
        if self._server is None:
            raise RuntimeError("the simulator is not started")
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"{self._scheme}://{f'[{host}]' if ':' in host else host}:{port}"

    async def start(
        self, host: str = "127.0.0.1", port: int = 0, *, tls: ssl.SSLContext | None = None
    ) -> None:
        """Listen; port 0 takes a free one."""
        self._scheme = "http" if tls is None else "https"
        self._server = await asyncio.start_server(
            self._serve, host, port, limit=MAX_HEAD_BYTES, ssl=tls
        )

    async def close(self) -> None:
        """End every connection and stop listening; it can be started again."""
        if self._server is None:
            return
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self._connections.add(task)
        try:
            await self._converse(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client has gone, or the server closes: either ends the connection
        finally:
            self._connections.discard(task)
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (request := await read_request(reader)) is not None:
            if request.path == control.PATH:
                response = control.answer(self, request, now_ms=self._clock.now_ms())
                writer.write(response.encoded(date=self._date()))
                await writer.drain()
                continue
            await self._note(request)
            exchange = self._exchange(request, writer)
            play = self.faults.take(*_names(request))
            await (exchange.respond(exchange.good) if play is None else play(exchange))
            if not exchange.is_kept:
                return
            if exchange.is_doomed:
                await reader.readuntil(b"\r\n")
                return

    async def received(self, count: int) -> None:
        """Wait until ``count`` requests have come, all told; a fault may still be playing."""
        async with self._seen:
            await self._seen.wait_for(lambda: len(self.requests) >= count)

    async def _note(self, request: SeenRequest) -> None:
        self.requests.append(request)
        async with self._seen:
            self._seen.notify_all()

    def _exchange(self, request: SeenRequest, writer: asyncio.StreamWriter) -> Exchange:
        rows = self._rows(request) if ENDPOINTS.get(request.path) == "usage" else []
        good = self._good(request, rows)
        return Exchange(
            request,
            writer,
            good=good,
            rows=rows if good.status == 200 else [],
            date=self._date(),
            pace_s=self.pace_s,
            renew=self._tokens.add,
        )

    def _good(self, request: SeenRequest, rows: list[Row]) -> Response:
        endpoint = ENDPOINTS.get(request.path)
        if endpoint is None:
            return Response.json({"error": "Not Found"}, 404)
        if request.method != "GET":
            return Response.json({"error": "Method Not Allowed"}, 405)
        if token_of(request.header(b"cookie") or b"") not in self._tokens:
            return Response.json({"error": "Unauthorized"}, 401)
        if endpoint == "usage":
            return Response(200, encoded(rows), (JSON,))
        return Response.json(self._chart(request) if endpoint == "chart" else self._credits())

    def _rows(self, request: SeenRequest) -> list[Row]:
        now_ms = self._clock.now_ms()
        hours = self._hours(request)
        if hours is None:
            return self.history.until(now_ms, limit=self.row_limit)
        return self.history.until(now_ms, since_ms=now_ms - hours * HOUR_MS)

    def _hours(self, request: SeenRequest) -> int | None:
        text = request.query("hours") or ""
        if not self.honours_hours or not (text.isascii() and text.isdigit()):
            return None
        return min(int(text), MAX_HOURS)

    def _chart(self, request: SeenRequest) -> dict[str, object]:
        """The site's own hourly sums, oldest first; the last hour is in progress."""
        hours = self._hours(request) or 24
        last_ms = self._clock.now_ms() // HOUR_MS * HOUR_MS
        starts = [last_ms - back * HOUR_MS for back in range(hours - 1, -1, -1)]
        sums: dict[int, int] = dict.fromkeys(starts, 0)
        for row in self.history.until(self._clock.now_ms(), since_ms=starts[0] - 1):
            hour = from_iso(str(row["createdAt"])) // HOUR_MS * HOUR_MS
            amount = row["creditsUsed"]
            if hour in sums and row["type"] == COUNTED_TYPE and isinstance(amount, int):
                sums[hour] += amount
        chart = [
            {"hour": to_iso(at), "consumed": sums[at] * self.chart_unit, "added": 0}
            for at in starts
        ]
        return {"chartData": chart}

    def _credits(self) -> dict[str, object]:
        rows = self.history.until(self._clock.now_ms())
        used = total(row["creditsUsed"] for row in rows if isinstance(row["creditsUsed"], int))
        left = max(0, _GIFT - int(used))
        return {"userId": 1_017_428, "email": None, "credits": left, "plan": "PRO"}

    def _date(self) -> str:
        return formatdate(self._clock.now_ms() / 1000, usegmt=True)


def _names(request: SeenRequest) -> tuple[str, ...]:
    """What faults may call a request's endpoint."""
    endpoint = ENDPOINTS.get(request.path, "")
    is_back_fill = endpoint == "usage" and request.query("hours") is not None
    return (endpoint, BACK_FILL) if is_back_fill else (endpoint,)


def token_of(header: bytes) -> bytes:
    """The session token of a cookie header, put together where it comes in pieces."""
    parts: dict[int, bytes] = {}
    for pair in header.split(b";"):
        name, _, value = pair.strip().partition(b"=")
        match = _PART.fullmatch(name)
        if match is not None:
            parts[int(match[1] or 0)] = value
    return b"".join(parts[number] for number in sorted(parts)) or header
