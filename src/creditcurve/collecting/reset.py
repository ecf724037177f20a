"""Credit resets: the state is read first, then the site is asked once, then the balance is read.

A reset is stored before the call. An answer that is lost is never repaired by a second call: not in
this run, and not after a restart.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Final

import msgspec

from creditcurve.clocks import Clock, LocalZone
from creditcurve.collecting.account import AccountReader
from creditcurve.collecting.check import Check
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.domain.account import BALANCE_SOURCES, Source, SourceState
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.link import LinkState
from creditcurve.domain.reset import AutoReset, DailyReset, Initiator, ResetEntry, ResetState, due
from creditcurve.domain.settings import zone_of
from creditcurve.feed import Feed
from creditcurve.store import Store
from creditcurve.upstream import (
    CookieError,
    NotAvailableError,
    ResetUncertainError,
    ResetUsedError,
    Sites,
    UpstreamError,
)

RETRY_MS: Final = HOUR_MS
"""An automatic reset that the site refused is tried again after this time."""

log = logging.getLogger(__name__)


class ResetNotAvailableError(Exception):
    """Nothing was used: the site offers no reset, or does not report its state at present."""


class ResetSpentError(Exception):
    """Nothing was used: no reset remains today."""


class ResetDoubtfulError(Exception):
    """The site was asked, and no readable answer came; ``entry`` is what is known."""

    def __init__(self, entry: ResetEntry) -> None:
        super().__init__(entry.state.value)
        self.entry = entry


class ResetNotDueError(Exception):
    """Nothing was used: the state that was just read makes no automatic reset due."""


class Resets:
    """Uses credit resets, for the user and by the rule of the settings."""

    def __init__(  # noqa: PLR0913 - one for each part it works with
        self,
        *,
        store: Store,
        sites: Sites,
        connection: Connection,
        check: Check,
        reader: AccountReader,
        feed: Feed,
        clock: Clock,
    ) -> None:
        self._store = store
        self._sites = sites
        self._connection = connection
        self._check = check
        self._reader = reader
        self._feed = feed
        self._clock = clock
        self._flight: asyncio.Task[ResetEntry] | None = None

    async def use(self, by: Initiator, is_due: Callable[[], bool] = lambda: True) -> ResetEntry:
        """Use a reset; calls that come together share one.

        Args:
            by: who asks for it.
            is_due: checked once more after the state was read.

        Raises:
            CookieNotUsableError: there is no cookie to call with.
            ResetNotAvailableError, ResetSpentError, ResetNotDueError: nothing was used.
            ResetDoubtfulError: it is unknown whether it was used.
            UpstreamError: the site refused it.
            StoreUnavailableError: nothing was used, as it could not be stored.
        """
        if self._flight is None or self._flight.done():
            self._flight = asyncio.create_task(self._use(by, is_due), name="credit reset")
            self._flight.add_done_callback(_retrieve_exception)
        return await asyncio.shield(self._flight)

    async def use_if_due(self) -> None:
        """Use a reset if the settings ask for one now and the site says that one remains."""
        await self._note_choice()
        by = await self._due()
        if by is None or self._connection.state.link.state is not LinkState.OK:
            return
        last_ms = await self._last_ms()
        try:
            await self.use(by, lambda: self._due_after(last_ms) is not None)
        except ResetNotAvailableError:
            await self._skip(by, "reset_not_available")
        except UpstreamError as error:
            await self._skip(by, error.fault.code)
        except (ResetSpentError, ResetDoubtfulError, ResetNotDueError) as error:
            log.info("automatic reset by=%s result=%s", by, type(error).__name__)

    async def resolve_interrupted(self) -> None:
        """Mark resets whose answer a stop of the program lost; none is asked for again."""
        for entry in self._store.account.report.resets:
            if entry.state is ResetState.ASKED:
                await self._end(entry, state=ResetState.DOUBTFUL)

    async def close(self) -> None:
        """Cancel the reset that is running, if any; its entry says that its answer was lost."""
        if self._flight is not None and not self._flight.done():
            self._flight.cancel()
            await asyncio.gather(self._flight, return_exceptions=True)

    async def _use(self, by: Initiator, is_due: Callable[[], bool]) -> ResetEntry:
        await self._read()
        self._check_state()
        if not is_due():
            raise ResetNotDueError
        entry = await self._store.account.begin_reset(by, t_ms=self._clock.now_ms())
        account = self._store.account.account
        entry = msgspec.structs.replace(entry, before=None if account is None else account.balance)
        entry = await self._ask(entry)
        log.info("credit reset by=%s state=%s", by, entry.state)
        with contextlib.suppress(CookieNotUsableError):
            await self._read()
        return await self._with_reading(entry)

    async def _read(self) -> None:
        status = self._connection.state.cookie
        if not status.is_usable:
            raise CookieNotUsableError(status.state)
        sources = self._store.account.sources
        known = [one for one in BALANCE_SOURCES if _answers(sources.get(one))]
        await self._reader.read((Source.RESET, *known))

    def _check_state(self) -> None:
        facts = self._reader.facts_of(Source.RESET)
        if facts is None:
            raise ResetNotAvailableError
        if facts.resets_left == 0:
            raise ResetSpentError

    async def _ask(self, entry: ResetEntry) -> ResetEntry:
        """Make the one call and store its result."""
        sent = await self._connection.cookie()
        try:
            result = await self._sites.at(sent.status.origin).reset(sent.value)
        except ResetUsedError:
            await self._end(entry, state=ResetState.USED)
            raise ResetSpentError from None
        except NotAvailableError:
            await self._end(entry, state=ResetState.FAILED, reason="reset_not_available")
            raise ResetNotAvailableError from None
        except ResetUncertainError:
            return await self._end(entry, state=ResetState.DOUBTFUL)
        except UpstreamError as error:
            await self._end(entry, state=ResetState.FAILED, reason=error.fault.code)
            if isinstance(error, CookieError):
                with contextlib.suppress(UpstreamError):
                    await self._check.check(sent)
            raise
        values = {
            name: value
            for name, value in msgspec.structs.asdict(result).items()
            if value is not None
        }
        return await self._end(entry, state=ResetState.DONE, **values)

    async def _with_reading(self, entry: ResetEntry) -> ResetEntry:
        """Return the entry with what the reading after it says, where the answer does not."""
        account, facts = self._store.account.account, self._reader.facts_of(Source.RESET)
        is_new = account is not None and account.at_ms >= entry.t_ms
        after = account.balance if account is not None and is_new else None
        entry = await self._end(
            entry,
            after=after if entry.after is None else entry.after,
            remaining=facts.resets_left
            if entry.remaining is None and facts is not None
            else entry.remaining,
        )
        if entry.state is ResetState.DOUBTFUL:
            raise ResetDoubtfulError(entry)
        return entry

    async def _end(self, entry: ResetEntry, **changes: object) -> ResetEntry:
        ended = msgspec.structs.replace(entry, **changes)
        await self._store.account.end_reset(ended)
        self._feed.account_changed()
        return ended

    async def _skip(self, by: Initiator, reason: str) -> None:
        """Log that an automatic reset was skipped, once for each reason and day."""
        now_ms = self._clock.now_ms()
        for entry in self._store.account.report.resets[:1]:
            is_same = (entry.by, entry.state, entry.reason) == (by, ResetState.SKIPPED, reason)
            if is_same and self._day(entry.t_ms) == self._day(now_ms):
                return
        log.warning("automatic reset skipped by=%s reason=%s", by, reason)
        entry = await self._store.account.begin_reset(by, t_ms=now_ms)
        await self._end(entry, state=ResetState.SKIPPED, reason=reason)

    async def _note_choice(self) -> None:
        """Store when the time of day was chosen: one that has passed by then is for tomorrow."""
        at = self._rule.at
        if at != self._store.account.daily_reset.at:
            daily = DailyReset(at, self._clock.now_ms())
            await self._store.account.save_daily_reset(daily)

    async def _due(self) -> Initiator | None:
        if self._rule == AutoReset():
            return None
        return self._due_after(await self._last_ms())

    def _due_after(self, last_ms: int | None) -> Initiator | None:
        """Return why an automatic reset is due now; the site's own last reset counts as well."""
        account, now_ms = self._store.account.account, self._clock.now_ms()
        reset = None if account is None else account.reset
        site_ms = None if reset is None else reset.last_at_ms
        refused_ms = max(
            (one.t_ms for one in self._store.account.report.resets if _was_refused(one)), default=0
        )
        if now_ms - refused_ms < RETRY_MS or (reset is not None and not reset.is_available):
            return None
        return due(
            self._rule,
            balance=None if account is None else account.balance,
            last_ms=max((one for one in (last_ms, site_ms) if one is not None), default=None),
            chosen_ms=self._store.account.daily_reset.since_ms,
            now_ms=now_ms,
            zone=self._zone,
        )

    async def _last_ms(self) -> int | None:
        return await self._store.account.last_reset_ms()

    @property
    def _rule(self) -> AutoReset:
        return self._connection.state.settings.auto_reset

    @property
    def _zone(self) -> tzinfo:
        return zone_of(self._connection.state.settings.time_zone) or LocalZone()

    def _day(self, t_ms: int) -> object:
        return datetime.fromtimestamp(t_ms / 1000, self._zone).date()


def _retrieve_exception(flight: asyncio.Task[ResetEntry]) -> None:
    """Avoid asyncio's warning for a flight without waiters: the log contains the result."""
    if not flight.cancelled():
        flight.exception()


def _was_refused(entry: ResetEntry) -> bool:
    return entry.state is ResetState.FAILED and entry.by is not Initiator.USER


def _answers(status: object) -> bool:
    return getattr(status, "state", None) in (SourceState.OK, SourceState.FAILING)
