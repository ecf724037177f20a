"""Reading usage: one call to the site, and what its answer or its failure changes."""

import logging
from typing import TYPE_CHECKING, Final

from creditcurve.clocks import Clock
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.cookie import CookieNotUsableError, SentCookie
from creditcurve.collecting.outcomes import Outcomes
from creditcurve.collecting.renewal import Renewal
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.fault import FaultKind
from creditcurve.store import Appended, Store
from creditcurve.upstream import SchemaChangedError, Sites, UpstreamError

if TYPE_CHECKING:
    from creditcurve.upstream.client import UsageAnswer

BACKFILL_HOURS: Final = 24
"""Clients of the site are known to ask for ``hours=24``."""

log = logging.getLogger(__name__)


class UsageReader:
    """Reads the newest usage, or that of the last day, and stores the answer."""

    def __init__(
        self,
        *,
        store: Store,
        sites: Sites,
        connection: Connection,
        outcomes: Outcomes,
        clock: Clock,
    ) -> None:
        self._store = store
        self._sites = sites
        self._connection = connection
        self._outcomes = outcomes
        self._clock = clock

    async def read(self, sent: SentCookie) -> Appended:
        """Read and store the newest usage.

        Raises:
            UpstreamError: the call failed; the link says so already.
            StoreUnavailableError: the answer could not be stored.
        """
        asked_ms = self._clock.now_ms()
        try:
            answer = await self._sites.at(sent.status.origin).usage(sent.value)
        except UpstreamError as error:
            await self._quarantine(error, asked_ms)
            await self._outcomes.record_failure(error.fault, sent)
            raise
        renewal = self._renewal(answer, sent)
        return await self._outcomes.on_success(answer.answer, sent, renewal, asked_ms=asked_ms)

    async def backfill(self) -> Appended | None:
        """Read older usage once; return None, without an error, where that is not possible."""
        try:
            sent = await self._connection.cookie()
        except CookieNotUsableError:
            return None
        if sent.status.state is not CookieState.VALID:
            return None
        asked_ms = self._clock.now_ms()
        try:
            site = self._sites.at(sent.status.origin)
            answer = await site.usage(sent.value, hours=BACKFILL_HOURS)
        except UpstreamError as error:
            log.info("backfill failed code=%s", error.fault.code)
            await self._quarantine(error, asked_ms)
            if error.fault.kind is FaultKind.COOKIE:
                await self._outcomes.record_failure(error.fault, sent)
            return None
        return await self._outcomes.on_backfill(
            answer.answer,
            sent,
            self._renewal(answer, sent),
            asked_ms=asked_ms,
            hours=BACKFILL_HOURS,
        )

    async def _quarantine(self, error: UpstreamError, at_ms: int) -> None:
        """Quarantine an answer that could not be parsed."""
        if isinstance(error, SchemaChangedError):
            await self._store.quarantine.add(error.rejects, at_ms)

    def _renewal(self, answer: "UsageAnswer", sent: SentCookie) -> Renewal:
        return Renewal(
            set_cookies=answer.set_cookies,
            host=self._sites.at(sent.status.origin).host,
            at_ms=self._clock.now_ms(),
        )
