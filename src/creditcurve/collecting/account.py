"""The account: read its sources after a good poll, each by itself.

A source that the site does not have is asked again after a day. Nothing here delays a poll:
readings run in a task of their own. No call is made while the link is paused.
"""

import asyncio
import logging
from collections.abc import Iterable
from typing import Final

from creditcurve.clocks import Clock
from creditcurve.collecting.check import Check
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.cookie import SentCookie
from creditcurve.collecting.outcomes import Outcomes
from creditcurve.collecting.renewal import Renewal
from creditcurve.domain.account import BALANCE_SOURCES, Account, merged
from creditcurve.domain.account_facts import Facts, Source, SourceState, SourceStatus
from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.link import LinkState
from creditcurve.feed import Feed
from creditcurve.store import Store
from creditcurve.upstream import (
    CookieError,
    ForbiddenError,
    NotAvailableError,
    RedirectError,
    Sites,
    StatusError,
    UpstreamError,
)

MIN_INTERVAL_S: Final = 60.0
RETRY_MS: Final = DAY_MS
"""A source that is not available is asked again after this time."""
RARE: Final = frozenset({Source.API_KEYS, Source.PRICING, Source.SESSION})
RARE_MS: Final = HOUR_MS
"""Sources that hardly change are asked at most this often."""

log = logging.getLogger(__name__)


class AccountReader:
    """Reads the account; one reading at a time."""

    def __init__(  # noqa: PLR0913 - one for each part it works with
        self,
        *,
        store: Store,
        sites: Sites,
        connection: Connection,
        outcomes: Outcomes,
        check: Check,
        feed: Feed,
        clock: Clock,
    ) -> None:
        self._store = store
        self._sites = sites
        self._connection = connection
        self._outcomes = outcomes
        self._check = check
        self._feed = feed
        self._clock = clock
        self._facts: dict[Source, Facts] = {}
        self._generation = -1
        self._read_s: float | None = None
        self._lock = asyncio.Lock()

    async def read_if_due(self) -> bool:
        """Read all sources that are due; False while paused, or within a minute of the last."""
        now_s = self._clock.monotonic_s()
        if self._read_s is not None and now_s - self._read_s < MIN_INTERVAL_S:
            return False
        if self._connection.state.link.state is not LinkState.OK:
            return False
        self._read_s = now_s
        await self.read(self._due())
        return True

    def facts_of(self, source: Source) -> Facts | None:
        """Return the last answer of a source; None without one, or if it fails at present."""
        status = self._store.account.sources.get(source)
        is_ok = status is not None and status.state is SourceState.OK
        return self._facts.get(source) if is_ok else None

    async def read(self, sources: Iterable[Source]) -> None:
        """Read these sources now and store the account that they describe.

        Raises:
            CookieNotUsableError: there is no cookie to call with.
            StoreUnavailableError: the reading could not be stored.
        """
        async with self._lock:
            sent = await self._connection.cookie()
            if sent.status.generation != self._generation:
                self._facts.clear()
                self._generation = sent.status.generation
            found = dict(self._store.account.sources)
            for source in sources:
                state = await self._ask(source, sent)
                found[source] = SourceStatus(state, self._clock.now_ms())
                if not self._connection.state.cookie.is_usable:
                    break
                sent = await self._connection.cookie()
            await self._save(found, sent.status.origin)

    def _due(self) -> list[Source]:
        return [source for source in Source if self._is_due(source)]

    def _is_due(self, source: Source) -> bool:
        status = self._store.account.sources.get(source)
        if status is None or status.state is SourceState.FAILING:
            return True
        age_ms = self._clock.now_ms() - status.at_ms
        if status.state is SourceState.NOT_AVAILABLE:
            return not 0 <= age_ms < RETRY_MS
        is_known = source in self._facts
        return not (is_known and source in RARE and 0 <= age_ms < RARE_MS)

    async def _ask(self, source: Source, sent: SentCookie) -> SourceState:
        """Ask one source; its facts are kept while it fails."""
        site = self._sites.at(sent.status.origin)
        asked_ms = self._clock.now_ms()
        try:
            answer = await site.account(sent.value, source)
        except (NotAvailableError, ForbiddenError, StatusError, RedirectError):
            return self._without(source)
        except CookieError:
            return await self._confirm_refusal(source, sent)
        except UpstreamError as error:
            log.debug("account source=%s code=%s", source, error.fault.code)
            return SourceState.FAILING
        self._facts[source] = answer.facts
        renewal = Renewal(set_cookies=answer.set_cookies, host=site.host, at_ms=asked_ms)
        await self._outcomes.on_renewal(sent, renewal)
        return SourceState.OK

    def _without(self, source: Source) -> SourceState:
        self._facts.pop(source, None)
        return SourceState.NOT_AVAILABLE

    async def _confirm_refusal(self, source: Source, sent: SentCookie) -> SourceState:
        """Check the cookie: this source alone does not prove that it has expired."""
        try:
            await self._check.check(sent)
        except UpstreamError:
            return SourceState.FAILING
        return self._without(source)

    async def _save(self, sources: dict[Source, SourceStatus], origin: str | None) -> None:
        before = self._store.account.account
        account = merged(self._facts, at_ms=self._clock.now_ms(), origin=origin)
        if before is not None:
            is_incomplete = self._is_incomplete(before, account, sources)
            account = before if is_incomplete else account.with_unit_of(before)
        await self._store.account.save(account, sources)
        self._feed.account_changed()
        if before is None or before.unit is not account.unit:
            self._feed.status_changed()  # it names the unit

    def _is_incomplete(
        self, before: Account, after: Account, sources: dict[Source, SourceStatus]
    ) -> bool:
        """Return whether a source that decides the balance does not answer at present.

        Without it another source would decide: another unit, or another sum.
        """
        if after.is_of_former_era(before):
            return True
        failing = [
            source
            for source in BALANCE_SOURCES
            if source in sources and sources[source].state is SourceState.FAILING
        ]
        return any(source in self._facts for source in failing) or (
            bool(failing) and after.unit is not before.unit
        )
