"""The account: the balance, the credit resets, and the state of each source."""

from typing import Annotated

from msgspec import Meta, Struct

from creditcurve.api.http.instants import Instant, iso_or_none
from creditcurve.api.state import AppState
from creditcurve.domain.account import Account, unit_of
from creditcurve.domain.account_facts import PartKey, Source, SourceState
from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import to_iso
from creditcurve.domain.reset import Initiator, ResetEntry, ResetState
from creditcurve.domain.unit import Unit
from creditcurve.store import Store

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
    """The account as the site reports it; a field that no source reports is null.

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


async def read(app: AppState) -> AccountView:
    """Return balance, plan, resets and the state of each source."""
    return await account_of(app.store)


async def account_of(store: Store) -> AccountView:
    """Return the account for the call and for the event."""
    versions, unit = versions_and_unit(store)
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


def versions_and_unit(store: Store) -> tuple[AccountVersions, Unit]:
    """Return the versions of the account and the settings, and the unit of amounts."""
    settings, report = store.state.versioned_settings, store.account.report
    versions = AccountVersions(account=report.version, settings=settings.version)
    return versions, unit_of(settings.settings.unit, report.account)
