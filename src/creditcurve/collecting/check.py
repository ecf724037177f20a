"""The check: ask the site whether the cookie is valid, and store the hourly sums it answers."""

from typing import TYPE_CHECKING, Final

from creditcurve.clocks import Clock
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.cookie import SentCookie
from creditcurve.collecting.outcomes import Outcomes
from creditcurve.collecting.renewal import Renewal
from creditcurve.collecting.schedule import Job, Schedule
from creditcurve.domain.fault import FaultKind
from creditcurve.domain.reconciliation import full_hours
from creditcurve.feed import Feed
from creditcurve.store import Store, StoreUnavailableError
from creditcurve.upstream import Sites, UpstreamError

if TYPE_CHECKING:
    from creditcurve.upstream.client import CheckAnswer, UpstreamClient

RECONCILED_HOURS: Final = 24
"""The hours of sums that are asked for; clients of the site are known to ask for ``hours=24``."""


class Check:
    """Checks a cookie on the site's validity endpoint."""

    def __init__(  # noqa: PLR0913 - one for each part it works with
        self,
        *,
        store: Store,
        sites: Sites,
        connection: Connection,
        outcomes: Outcomes,
        schedule: Schedule,
        feed: Feed,
        clock: Clock,
    ) -> None:
        self._store = store
        self._sites = sites
        self._connection = connection
        self._outcomes = outcomes
        self._schedule = schedule
        self._feed = feed
        self._clock = clock

    async def run(self) -> None:
        """Make the periodic check of the stored cookie, and compare the site's sums with ours.

        Raises:
            CookieNotUsableError: there is no cookie, or it is unreadable.
            UpstreamError: the call failed; only a fault of the cookie has changed the state.
            StoreUnavailableError: the answer could not be stored; the link says so.
        """
        try:
            await self.check(await self._connection.cookie(), hours=RECONCILED_HOURS)
        except StoreUnavailableError as error:
            await self._outcomes.record_storage_failure(error)
            raise

    async def check(self, sent: SentCookie, *, hours: int | None = None) -> None:
        """Check a stored cookie.

        Args:
            sent: the cookie.
            hours: of how many hours the site's sums are asked for; None makes exactly one call.

        Raises:
            UpstreamError: the call failed; only a fault of the cookie has changed the state.
        """
        self._schedule.started(Job.CHECK)
        try:
            site = self._sites.at(sent.status.origin)
            answer = await site.check(sent.value, hours=hours)
        except UpstreamError as error:
            if error.fault.kind is FaultKind.COOKIE:
                await self._outcomes.record_failure(error.fault, sent)
            raise
        finally:
            self._schedule.ended(Job.CHECK)
        if await self._outcomes.on_valid(sent, self._renewal(answer, site)):
            await self._save_sums(answer)

    async def _save_sums(self, answer: "CheckAnswer") -> None:
        """Store the site's sums of full hours; an answer without any changes nothing."""
        hours = full_hours(answer.chart, at_ms=answer.at_ms)
        if hours:
            await self._store.curves.save_chart(hours, at_ms=answer.at_ms)
            self._feed.status_changed()

    def _renewal(self, answer: "CheckAnswer", site: "UpstreamClient") -> Renewal:
        return Renewal(
            set_cookies=answer.set_cookies,
            host=site.host,
            at_ms=self._clock.now_ms(),
        )
