"""Automatic resets: by the rule of the settings, at most once a day by the site's own answer."""

import logging
from datetime import date, datetime, tzinfo
from typing import Final

from creditcurve.clocks import Clock, zone_or_local
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.reset.errors import (
    ResetDoubtfulError,
    ResetNotAvailableError,
    ResetNotDueError,
    ResetSpentError,
)
from creditcurve.collecting.reset.journal import ResetJournal
from creditcurve.collecting.reset.resets import Resets
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.link import LinkState
from creditcurve.domain.reset import AutoReset, DailyReset, Initiator, ResetEntry, ResetState, due
from creditcurve.store import Store
from creditcurve.upstream import UpstreamError

RETRY_MS: Final = HOUR_MS
"""An automatic reset that the site refused is tried again after this time."""

log = logging.getLogger(__name__)


class AutomaticResets:
    """Uses a reset when the rule makes one due."""

    def __init__(
        self,
        *,
        resets: Resets,
        journal: ResetJournal,
        store: Store,
        connection: Connection,
        clock: Clock,
    ) -> None:
        self._resets = resets
        self._journal = journal
        self._store = store
        self._connection = connection
        self._clock = clock

    async def use_if_due(self) -> None:
        """Use a reset if the settings ask for one now and the site says that one remains."""
        await self._note_choice()
        if self._rule == AutoReset() or self._connection.state.link.state is not LinkState.OK:
            return
        last_ms = await self._journal.last_ms()
        by = self._due_after(last_ms)
        if by is None:
            return
        started_ms = self._clock.now_ms()
        try:
            await self._resets.use(by, lambda: self._is_still_due(last_ms, started_ms))
        except ResetNotAvailableError:
            await self._skip(by, "reset_not_available")
        except UpstreamError as error:
            await self._skip(by, error.fault.code)
        except (ResetSpentError, ResetDoubtfulError, ResetNotDueError) as error:
            log.info("automatic reset by=%s result=%s", by, type(error).__name__)

    async def _note_choice(self) -> None:
        """Store when the time of day was chosen: one that has passed by then is for tomorrow."""
        at = self._rule.at
        if at != self._store.account.daily_reset.at:
            daily = DailyReset(at, self._clock.now_ms())
            await self._store.account.save_daily_reset(daily)

    def _is_still_due(self, last_ms: int | None, started_ms: int) -> bool:
        """Return whether a reset is due by the latest reading; an older balance makes none due."""
        account, by = self._store.account.account, self._due_after(last_ms)
        is_new = account is not None and account.at_ms >= started_ms
        return by is Initiator.TIME or (by is Initiator.THRESHOLD and is_new)

    def _due_after(self, last_ms: int | None) -> Initiator | None:
        """Return why an automatic reset is due now; the site's own last reset counts as well."""
        account, now_ms = self._store.account.account, self._clock.now_ms()
        reset = None if account is None else account.reset
        site_ms = None if reset is None else reset.last_at_ms
        if self._was_refused_before(now_ms) or (reset is not None and not reset.is_available):
            return None
        return due(
            self._rule,
            balance=None if account is None else account.balance,
            last_ms=max((one for one in (last_ms, site_ms) if one is not None), default=None),
            chosen_ms=self._store.account.daily_reset.since_ms,
            now_ms=now_ms,
            zone=self._zone,
        )

    def _was_refused_before(self, now_ms: int) -> bool:
        """Return whether the site refused an automatic reset shortly before."""
        refused = (one.t_ms for one in self._journal.newest if _was_refused(one))
        return any(abs(now_ms - t_ms) < RETRY_MS for t_ms in refused)

    async def _skip(self, by: Initiator, reason: str) -> None:
        """Log that an automatic reset was skipped, once for each reason and day.

        One that the site refused has an entry already.
        """
        if self._was_refused_before(self._clock.now_ms()):
            return
        today = self._day(self._clock.now_ms())
        for entry in self._journal.newest[:1]:
            is_same = (entry.by, entry.state, entry.reason) == (by, ResetState.SKIPPED, reason)
            if is_same and self._day(entry.t_ms) == today:
                return
        log.warning("automatic reset skipped by=%s reason=%s", by, reason)
        await self._journal.skip(by, reason)

    @property
    def _rule(self) -> AutoReset:
        return self._connection.state.settings.auto_reset

    @property
    def _zone(self) -> tzinfo:
        return zone_or_local(self._connection.state.settings.time_zone)

    def _day(self, t_ms: int) -> date:
        return datetime.fromtimestamp(t_ms / 1000, self._zone).date()


def _was_refused(entry: ResetEntry) -> bool:
    return entry.state is ResetState.FAILED and entry.by is not Initiator.USER
