"""The parts of collecting, put together: they share one schedule and one connection."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting:
    """Everything that calls the site; nothing runs until ``loop.run`` does."""

    schedule: Schedule
    connection: Connection
    changes: Changes
    check: Check
    poller: Poller
    loop: CollectingLoop
    account: AccountParts

    @classmethod
    def create(  # noqa: PLR0913 - one for each part it works with
        cls,
        *,
        store: Store,
        sites: Sites,
        feed: Feed,
        clock: Clock,
        jitter: Callable[[], float],
        observe: Observe = observe_nothing,
    ) -> Self:
        """Create the parts on an open store.

        Args:
            store: the store.
            sites: the sites that may be called.
            feed: where changes are published.
            clock: the clock.
            jitter: returns a random number in [0, 1).
            observe: returns what alert rules need beside the stored data.
        """
        schedule = Schedule(clock)
        connection = Connection(store=store, feed=feed, clock=clock, observe=observe)
        changes = Changes(
            connection=connection, schedule=schedule, clock=clock, default_origin=sites.default
        )
        outcomes = Outcomes(connection=connection, schedule=schedule, clock=clock, jitter=jitter)
        check = Check(
            store=store,
            sites=sites,
            connection=connection,
            outcomes=outcomes,
            schedule=schedule,
            feed=feed,
            clock=clock,
        )
        account = AccountParts.create(
            store=store,
            sites=sites,
            feed=feed,
            clock=clock,
            connection=connection,
            outcomes=outcomes,
            check=check,
        )
        usage = UsageReader(
            store=store, sites=sites, connection=connection, outcomes=outcomes, clock=clock
        )
        poller = Poller(
            usage=usage,
            connection=connection,
            outcomes=outcomes,
            check=check,
            schedule=schedule,
            clock=clock,
            on_success=account.loop.on_poll,
        )
        loop = CollectingLoop(
            store=store,
            changes=changes,
            schedule=schedule,
            feed=feed,
            jobs={Job.POLL: poller.poll, Job.CHECK: check.run},
        )
        return cls(
            schedule=schedule,
            connection=connection,
            changes=changes,
            check=check,
            poller=poller,
            loop=loop,
            account=account,
        )

    async def close(self) -> None:
        """Cancel the calls that are running."""
        await self.poller.close()
        await self.account.resets.close()
