"""One attempt at a reset: read the state, ask once, read the balance."""

import contextlib
import logging
from collections.abc import Callable

import msgspec

from creditcurve.collecting.account import AccountReader
from creditcurve.collecting.check import Check
from creditcurve.collecting.connection import Connection
from creditcurve.collecting.cookie import CookieNotUsableError, SentCookie
from creditcurve.collecting.reset.errors import (
    ResetDoubtfulError,
    ResetNotAvailableError,
    ResetNotDueError,
    ResetSpentError,
)
from creditcurve.collecting.reset.journal import ResetJournal
from creditcurve.domain.account import BALANCE_SOURCES
from creditcurve.domain.account_facts import Source, SourceState
from creditcurve.domain.reset import Initiator, ResetEntry, ResetResult, ResetState
from creditcurve.store import Store
from creditcurve.upstream import (
    CookieError,
    NotAvailableError,
    ResetUncertainError,
    ResetUsedError,
    Sites,
    UpstreamError,
)

log = logging.getLogger(__name__)


class ResetAttempt:
    """Makes attempts, one after the other."""

    def __init__(  # noqa: PLR0913 - one for each part it works with
        self,
        *,
        store: Store,
        sites: Sites,
        connection: Connection,
        check: Check,
        reader: AccountReader,
        journal: ResetJournal,
    ) -> None:
        self._store = store
        self._sites = sites
        self._connection = connection
        self._check = check
        self._reader = reader
        self._journal = journal

    async def __call__(self, by: Initiator, is_due: Callable[[], bool]) -> ResetEntry:
        """Make one; see ``Resets.use``."""
        await self._read()
        self._check_state()
        if not is_due():
            raise ResetNotDueError
        entry = await self._journal.begin(by)
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
            await self._journal.end(entry, state=ResetState.USED)
            raise ResetSpentError from None
        except NotAvailableError:
            await self._journal.end(entry, state=ResetState.FAILED, reason="reset_not_available")
            raise ResetNotAvailableError from None
        except ResetUncertainError:
            return await self._journal.end(entry, state=ResetState.DOUBTFUL)
        except UpstreamError as error:
            await self._journal.end(entry, state=ResetState.FAILED, reason=error.fault.code)
            await self._confirm(error, sent)
            raise
        return await self._journal.end(entry, state=ResetState.DONE, **_known(result))

    async def _confirm(self, error: UpstreamError, sent: SentCookie) -> None:
        """Let the validity check decide whether a refused cookie has expired."""
        if isinstance(error, CookieError):
            with contextlib.suppress(UpstreamError):
                await self._check.check(sent)

    async def _with_reading(self, entry: ResetEntry) -> ResetEntry:
        """Return the entry with the facts of the reading after it, where the answer has none."""
        account, facts = self._store.account.account, self._reader.facts_of(Source.RESET)
        is_new = account is not None and account.at_ms >= entry.t_ms
        after = account.balance if account is not None and is_new else None
        remaining = None if facts is None else facts.resets_left
        entry = await self._journal.end(
            entry,
            after=after if entry.after is None else entry.after,
            remaining=remaining if entry.remaining is None else entry.remaining,
        )
        if entry.state is ResetState.DOUBTFUL:
            raise ResetDoubtfulError(entry)
        return entry


def _answers(status: object) -> bool:
    return getattr(status, "state", None) in (SourceState.OK, SourceState.FAILING)


def _known(result: ResetResult) -> dict[str, object]:
    values = msgspec.structs.asdict(result)
    return {name: value for name, value in values.items() if value is not None}
