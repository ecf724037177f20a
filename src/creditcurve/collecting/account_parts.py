"""The parts that read the account and use its resets, put together."""

from typing import Self

from msgspec import Struct

from creditcurve.clocks import Clock
from creditcurve.collecting.account import AccountReader
from creditcurve.collecting.account_loop import AccountLoop
from creditcurve.collecting.check import Check
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.outcomes import Outcomes
from creditcurve.collecting.reset import AutomaticResets, ResetAttempt, ResetJournal, Resets
from creditcurve.feed import Feed
from creditcurve.store import Store
from creditcurve.upstream import Sites


class AccountParts(Struct, frozen=True, kw_only=True):
    """The account: its reader, its resets, and the loop that runs both after polls."""

    reader: AccountReader
    resets: Resets
    loop: AccountLoop

    @classmethod
    def create(  # noqa: PLR0913 - one for each part it works with
        cls,
        *,
        store: Store,
        sites: Sites,
        feed: Feed,
        clock: Clock,
        connection: Connection,
        outcomes: Outcomes,
        check: Check,
    ) -> Self:
        """Create the parts; they call the site by the given connection."""
        reader = AccountReader(
            store=store,
            sites=sites,
            connection=connection,
            outcomes=outcomes,
            check=check,
            feed=feed,
            clock=clock,
        )
        journal = ResetJournal(store=store, feed=feed, clock=clock)
        attempt = ResetAttempt(
            store=store,
            sites=sites,
            connection=connection,
            check=check,
            reader=reader,
            journal=journal,
        )
        resets = Resets(attempt=attempt, journal=journal)
        automatic = AutomaticResets(
            resets=resets, journal=journal, store=store, connection=connection, clock=clock
        )
        loop = AccountLoop(reader=reader, resets=resets, automatic=automatic)
        return cls(reader=reader, resets=resets, loop=loop)
