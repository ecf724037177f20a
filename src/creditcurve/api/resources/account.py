"""The account: the balance and its history, the credit resets, and the state of each source."""

import csv
import io
from typing import Annotated, Literal

from msgspec import Meta, Struct
from starlette.responses import Response

from creditcurve.api.http.codes import UPSTREAM_CODES, ProblemCode
from creditcurve.api.http.endpoint import Answer, refuses
from creditcurve.api.http.instants import Instant, QueryInstant, TimeMs, iso_or_none, read_range
from creditcurve.api.http.json import encode
from creditcurve.api.state import AppState
from creditcurve.domain.account import Account, unit_of
from creditcurve.domain.account_change import ChangeKind
from creditcurve.domain.account_facts import PartKey, Source, SourceState
from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import to_iso
from creditcurve.domain.reset import Initiator, ResetEntry, ResetState
from creditcurve.domain.settings import RangeHours
from creditcurve.domain.unit import Unit
from creditcurve.store import BalanceHistory, Store

CSV: str = "text/csv; charset=utf-8"
DEFAULT_HOURS = 24

Part = Annotated[PartKey, Meta(description="Which part of the balance.")]


class PartView(Struct, frozen=True):
    """The amount ``v`` of one part of the balance."""

    key: Part
    v: Credits


class ResetStateView(Struct, frozen=True, kw_only=True):
    """Whether a reset can be used now; ``remaining`` is null where the site does not say."""

    available: bool
    remaining: int | None
    last_at: Instant | None


class ResetEntryView(Struct, frozen=True, kw_only=True):
    """One reset: who asked for it, its result, and the balance before and after it.

    ``reason`` is the code of why it was skipped or failed.
    """

    id: int
    at: Instant
    by: Initiator
    state: ResetState
    before: Credits | None
    after: Credits | None
    amount: Credits | None
    remaining: int | None
    reason: str | None

    @classmethod
    def of(cls, entry: ResetEntry) -> "ResetEntryView":
        """Return the view of an entry."""
        return cls(
            id=entry.id,
            at=to_iso(entry.t_ms),
            by=entry.by,
            state=entry.state,
            before=entry.before,
            after=entry.after,
            amount=entry.amount,
            remaining=entry.remaining,
            reason=entry.reason,
        )


class AccountVersions(Struct, frozen=True, kw_only=True):
    """The versions of the account and of the settings, which choose the unit."""

    account: int
    settings: int


class AccountView(Struct, frozen=True, kw_only=True):
    """The account as the site reports it; what no source reports is null.

    ``reset`` is null where the site offers none; ``resets`` are the newest 50, newest first.
    """

    unit: Annotated[Unit, Meta(description="`yuan`: amounts are in thousandths of a yuan.")]
    plan: str | None
    balance: Credits | None
    parts: tuple[PartView, ...]
    max: Annotated[Credits | None, Meta(description="The balance that a reset restores.")]
    recovery_per_h: Annotated[Credits | None, Meta(description="Credited each hour.")]
    expires_at: Annotated[Instant | None, Meta(description="When the plan ends.")]
    at: Annotated[Instant | None, Meta(description="When the balance was read.")]
    reset: ResetStateView | None
    resets: tuple[ResetEntryView, ...]
    sources: dict[Source, SourceState]
    versions: AccountVersions


class HistoryQuery(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """The last ``hours`` hours, or ``from`` and ``to``; as JSON, or the balance alone as CSV."""

    hours: RangeHours | None = None
    start: QueryInstant | None = None
    end: QueryInstant | None = None
    format: Literal["json", "csv"] = "json"


class AccountEventView(Struct, frozen=True, kw_only=True):
    """A change of the account other than by spending; ``amount`` was credited."""

    t: TimeMs
    kind: ChangeKind
    amount: Credits
    by: Initiator


class UnexplainedView(Struct, frozen=True):
    """What left the balance within an hour and is in no record; negative: the other way round."""

    t: TimeMs
    v: Credits


class HistoryView(Struct, frozen=True, kw_only=True):
    """The balance over a range: columns of equal length, oldest first."""

    unit: Unit
    t: list[TimeMs]
    balance: list[Credits]
    events: tuple[AccountEventView, ...]
    unexplained: tuple[UnexplainedView, ...]
    versions: AccountVersions


class ResetView(Struct, frozen=True, kw_only=True):
    """The balance before and after a reset; null where the site does not say."""

    before: Credits | None
    after: Credits | None
    amount: Credits | None
    remaining: int | None


History = Annotated[Response, Answer(200, HistoryView), Answer(200, "text/csv")]


async def read(app: AppState) -> AccountView:
    """Return balance, plan, resets and the state of each source."""
    return await account_of(app.store)


async def history(query: HistoryQuery, app: AppState) -> History:
    """Return the balance over a range, and what changed it apart from spending."""
    now_ms = app.clock.now_ms()
    from_ms, to_ms = read_range(
        hours=query.hours,
        start=query.start,
        end=query.end,
        now_ms=now_ms,
        default_hours=DEFAULT_HOURS,
    )
    versions, unit = _versions_and_unit(app.store)
    found = await app.store.account.history(from_ms, to_ms)
    if query.format == "csv":
        name = f"creditcurve-balance-{to_iso(now_ms)[:10]}.csv"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(_csv(found, unit), media_type=CSV, headers=headers)
    view = HistoryView(
        unit=unit,
        t=found.t,
        balance=found.balance,
        events=tuple(
            AccountEventView(t=one.t_ms, kind=one.kind, amount=one.amount, by=one.by)
            for one in found.changes
        ),
        unexplained=tuple(UnexplainedView(t, v) for t, v in found.unexplained.items()),
        versions=versions,
    )
    return Response(encode(view), media_type="application/json")


@refuses(
    ProblemCode.NO_COOKIE,
    ProblemCode.COOKIE_INVALID,
    ProblemCode.RESET_USED,
    ProblemCode.RESET_NOT_AVAILABLE,
    ProblemCode.RESET_DOUBTFUL,
    *UPSTREAM_CODES,
)
async def reset(app: AppState) -> ResetView:
    """Use the day's credit reset; the site is asked at most once.

    After `reset_doubtful` it is unknown whether the reset was used; the state was read again.
    """
    done = await app.commands.reset()
    return ResetView(
        before=done.before, after=done.after, amount=done.amount, remaining=done.remaining
    )


async def account_of(store: Store) -> AccountView:
    """Return the account for the call and for the event."""
    versions, unit = _versions_and_unit(store)
    report = store.account.report
    account = report.account or Account(at_ms=0)
    known = {source: status.state for source, status in report.sources.items()}
    return AccountView(
        unit=unit,
        plan=account.plan,
        balance=account.balance,
        parts=tuple(PartView(part.key, part.v) for part in account.parts),
        max=account.maximum,
        recovery_per_h=account.recovery_per_h,
        expires_at=iso_or_none(account.expires_at_ms),
        at=iso_or_none(account.at_ms or None),
        reset=None
        if account.reset is None
        else ResetStateView(
            available=account.reset.is_available,
            remaining=account.reset.remaining,
            last_at=iso_or_none(account.reset.last_at_ms),
        ),
        resets=tuple(ResetEntryView.of(entry) for entry in report.resets),
        sources={source: known.get(source, SourceState.UNKNOWN) for source in Source},
        versions=versions,
    )


def _versions_and_unit(store: Store) -> tuple[AccountVersions, Unit]:
    settings, report = store.state.versioned_settings, store.account.report
    versions = AccountVersions(account=report.version, settings=settings.version)
    return versions, unit_of(settings.settings.unit, report.account)


def _csv(found: BalanceHistory, unit: Unit) -> str:
    """Return the balance as CSV; the header names the unit."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(["time", "balance_credits" if unit is Unit.CREDITS else "balance_milliyuan"])
    writer.writerows(
        [to_iso(t), f"{balance:f}"] for t, balance in zip(found.t, found.balance, strict=True)
    )
    return written.getvalue()
