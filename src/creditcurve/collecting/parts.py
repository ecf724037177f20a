"""The parts of collecting, put together: they share one schedule and one connection."""

import functools
from collections.abc import Callable

from creditcurve.clocks import Clock
from creditcurve.collecting.account_parts import AccountParts
from creditcurve.collecting.changes import Changes
from creditcurve.collecting.check import Check
from creditcurve.collecting.connection import Connection, Observe, observe_nothing
from creditcurve.collecting.loop import CollectingLoop
from creditcurve.collecting.outcomes import Outcomes
from creditcurve.collecting.poll import Poller
from creditcurve.collecting.schedule import Job, Schedule
from creditcurve.collecting.usage import UsageReader
from creditcurve.feed import Feed
from creditcurve.store import Store
from creditcurve.upstream import Sites


class Collecting:
    """Everything that calls the site; each part is created at its first use.

    Nothing runs until ``loop.run`` does.

    Args:
        store: the open store.
        sites: the sites that may be called.
        feed: where changes are published.
        clock: the clock.
        jitter: returns a random number in [0, 1).
        observe: returns what alert rules need beside the stored data.
    """

    def __init__(  # noqa: PLR0913 - what the parts work with
        self,
        *,
        store: Store,
        sites: Sites,
        feed: Feed,
        clock: Clock,
        jitter: Callable[[], float],
        observe: Observe = observe_nothing,
    ) -> None:
        self._store = store
        self._sites = sites
        self._feed = feed
        self._clock = clock
        self._jitter = jitter
        self._observe = observe

    @functools.cached_property
    def schedule(self) -> Schedule:
        """Due times and wake-ups of all jobs."""
        return Schedule(self._clock)

    @functools.cached_property
    def connection(self) -> Connection:
        """The only writer of the link and of the cookie's status."""
        return Connection(
            store=self._store, feed=self._feed, clock=self._clock, observe=self._observe
        )

    @functools.cached_property
    def changes(self) -> Changes:
        """The changes that follow from the user and from time."""
        return Changes(
            connection=self.connection,
            schedule=self.schedule,
            clock=self._clock,
            default_origin=self._sites.default,
        )

    @functools.cached_property
    def _outcomes(self) -> Outcomes:
        """The changes that follow from calls."""
        return Outcomes(
            connection=self.connection,
            schedule=self.schedule,
            clock=self._clock,
            jitter=self._jitter,
        )

    @functools.cached_property
    def check(self) -> Check:
        """Checks a cookie."""
        return Check(
            store=self._store,
            sites=self._sites,
            connection=self.connection,
            outcomes=self._outcomes,
            schedule=self.schedule,
            feed=self._feed,
            clock=self._clock,
        )

    @functools.cached_property
    def account(self) -> AccountParts:
        """Reads the account after polls, and uses its resets."""
        return AccountParts.create(
            store=self._store,
            sites=self._sites,
            feed=self._feed,
            clock=self._clock,
            connection=self.connection,
            outcomes=self._outcomes,
            check=self.check,
        )

    @functools.cached_property
    def poller(self) -> Poller:
        """Polls the site for usage."""
        usage = UsageReader(
            store=self._store,
            sites=self._sites,
            connection=self.connection,
            outcomes=self._outcomes,
            clock=self._clock,
        )
        return Poller(
            usage=usage,
            connection=self.connection,
            outcomes=self._outcomes,
            check=self.check,
            schedule=self.schedule,
            clock=self._clock,
            on_success=self.account.loop.on_poll,
        )

    @functools.cached_property
    def loop(self) -> CollectingLoop:
        """Runs the jobs that are due."""
        return CollectingLoop(
            store=self._store,
            changes=self.changes,
            schedule=self.schedule,
            feed=self._feed,
            jobs={Job.POLL: self.poller.poll, Job.CHECK: self.check.run},
        )

    async def close(self) -> None:
        """Cancel the calls that are running."""
        await self.poller.close()
        await self.account.resets.close()
