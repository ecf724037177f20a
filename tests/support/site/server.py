"""The simulated site with faults, gates and a record of its requests."""

import asyncio
from typing import Final

from creditcurve.clocks import Clock
from creditcurve.domain.secret import Secret
from creditcurve.simulator import DEMO_COOKIE, History, SimulatedAccount, SimulatedSite
from creditcurve.simulator.http import SeenRequest
from creditcurve.simulator.server import ENDPOINTS
from creditcurve.upstream.account import PATHS
from support.site import control
from support.site.exchange import Exchange
from support.site.faults import FaultScript
from support.site.gate import Gate

ANY: Final = "any"
BACK_FILL: Final = "back_fill"
ACCOUNT: Final = "account"
USE_RESET: Final = "use_reset"

_SOURCES: Final = {path.partition("?")[0]: source for source, path in PATHS.items()}


class Simulator(SimulatedSite):
    """A simulated site that a test controls.

    Endpoints are named ``usage``, ``back_fill`` (usage with ``hours``), ``chart`` and ``any``; of
    the account by source (``wallet``, …), ``use_reset`` (the POST) and ``account``.

    Attributes:
        requests: the requests received, oldest first, without those of the control endpoint and of
            the account.
        account_requests: the requests to the endpoints of the account.
        faults: the faults of the next answers.
        honours_hours: whether the parameter ``hours`` has an effect.
        chart_unit: the chart's figure for one credit.
        pace_s: seconds between two pieces of a slow answer.
    """

    def __init__(
        self,
        *,
        history: History,
        clock: Clock,
        cookie: Secret | None = DEMO_COOKIE,
        row_limit: int | None = None,
        honours_hours: bool = True,
        pace_s: float = 1.0,
        account: SimulatedAccount | None = None,
    ) -> None:
        super().__init__(
            history=history, clock=clock, cookie=cookie, row_limit=row_limit, account=account
        )
        self.honours_hours = honours_hours
        self.chart_unit = 1
        self.pace_s = pace_s
        self.requests: list[SeenRequest] = []
        self.account_requests: list[SeenRequest] = []
        self.faults = FaultScript()
        self._gates: list[tuple[str, Gate]] = []
        self._seen = asyncio.Condition()

    def hold(self, endpoint: str = ANY) -> Gate:
        """Delay the answer to the next request of an endpoint without another gate.

        The answer is composed when the request comes; later changes of the site are not in it.
        """
        gate = Gate()
        self._gates.append((endpoint, gate))
        return gate

    async def received(self, count: int) -> None:
        """Wait until ``count`` requests have come in total."""
        async with self._seen:
            await self._seen.wait_for(lambda: len(self.requests) >= count)

    async def respond(
        self, request: SeenRequest, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer a request with the due fault, if any, after its gate was released."""
        if request.path == control.PATH:
            response = control.answer(self, request, now_ms=self._clock.now_ms())
            writer.write(response.encoded(date=self.date()))
            await writer.drain()
            return True
        exchange = self._exchange(request, writer)
        effect = self.faults.take(*_names(request))
        gate = self._gate(request)
        await self._note(request)
        if gate is not None:
            await gate.hold()
        await (exchange.respond(exchange.good) if effect is None else effect(exchange))
        if exchange.closes_on_next:
            await reader.readuntil(b"\r\n")
            return False
        return exchange.keeps_open

    def hours_of(self, request: SeenRequest) -> int | None:
        """Return the parameter ``hours`` where this site honours it."""
        return super().hours_of(request) if self.honours_hours else None

    def chart_amount(self, credits_used: int) -> int:
        """Return the figure of the chart in this site's unit."""
        return credits_used * self.chart_unit

    def _gate(self, request: SeenRequest) -> Gate | None:
        for index, (endpoint, gate) in enumerate(self._gates):
            if endpoint in _names(request):
                del self._gates[index]
                return gate
        return None

    async def _note(self, request: SeenRequest) -> None:
        is_account = ACCOUNT in _names(request)
        (self.account_requests if is_account else self.requests).append(request)
        async with self._seen:
            self._seen.notify_all()

    def _exchange(self, request: SeenRequest, writer: asyncio.StreamWriter) -> Exchange:
        good = self.answer(request)
        is_usage = ENDPOINTS.get(request.path) == "usage" and good.status == 200
        return Exchange(
            request,
            writer,
            good=good,
            rows=self.rows(request) if is_usage else [],
            date=self.date(),
            pace_s=self.pace_s,
            renew=self.tokens.add,
        )


def _names(request: SeenRequest) -> tuple[str, ...]:
    """Return the names of a request's endpoint."""
    endpoint = ENDPOINTS.get(request.path, "")
    source = _SOURCES.get(request.path)
    if source is not None:
        return (USE_RESET if request.method == "POST" else source.value, ACCOUNT)
    is_back_fill = endpoint == "usage" and request.query("hours") is not None
    return (endpoint, BACK_FILL, ANY) if is_back_fill else (endpoint, ANY)
