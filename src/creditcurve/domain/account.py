"""The account as the site reports it: sources that may be absent, merged into one value.

Two billing eras are known. Until late 2025 an account had whole credits, a maximum, recovery by the
hour and one reset a day. Since then it has a wallet in thousandths of a yuan. A number is kept in
the unit it came in; amounts of different units are never added.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec

from creditcurve.domain.credits import Credits, total


class Unit(StrEnum):
    """The unit of an amount; ``YUAN`` amounts are in thousandths of a yuan."""

    CREDITS = "credits"
    YUAN = "yuan"


class Source(StrEnum):
    """An endpoint that says something about the account."""

    CREDITS = "credits"
    WALLET = "wallet"
    PROFILE = "profile"
    RECOVERY = "recovery"
    RESET = "reset"
    API_KEYS = "api_keys"
    PRICING = "pricing"
    SESSION = "session"


class SourceState(StrEnum):
    """Whether a source answers; one that is not available is asked again after a day."""

    UNKNOWN = "unknown"
    OK = "ok"
    NOT_AVAILABLE = "not_available"
    FAILING = "failing"


class SourceStatus(msgspec.Struct, frozen=True):
    """The state of a source and when it was last asked, ms since 1970."""

    state: SourceState
    at_ms: int


class PartKey(StrEnum):
    """A part of the balance."""

    SUBSCRIPTION = "subscription"
    PAY_AS_YOU_GO = "pay_as_you_go"
    NORMAL = "normal"
    BONUS = "bonus"


class Part(msgspec.Struct, frozen=True):
    """The amount of one part of the balance."""

    key: PartKey
    v: Credits


class KeyTotal(msgspec.Struct, frozen=True):
    """The total that the site reports for an API key."""

    name: str
    total: Credits


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """The site's prices of a model, as it lists them."""

    model: str
    input: Credits | None
    output: Credits | None
    cache_creation: Credits | None
    cache_read: Credits | None
    is_active: bool


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of one source; a fact that it does not mention is None.

    Attributes:
        plan: the name of the plan, such as ``PRO``.
        unit: of the amounts.
        balance: the amount left; the sum of ``parts`` where there are any.
        parts: of the balance.
        maximum: the daily maximum, which a reset restores.
        recovery_per_h: credited per hour.
        expires_at_ms: when the plan ends, ms since 1970.
        session_expires_at_ms: when the login ends.
        resets_left: how many resets remain today.
        last_reset_ms: when the last one was used.
        keys: totals by API key.
        prices: by model.
    """

    plan: str | None = None
    unit: Unit | None = None
    balance: Credits | None = None
    parts: tuple[Part, ...] = ()
    maximum: Credits | None = None
    recovery_per_h: Credits | None = None
    expires_at_ms: int | None = None
    session_expires_at_ms: int | None = None
    resets_left: int | None = None
    last_reset_ms: int | None = None
    keys: tuple[KeyTotal, ...] = ()
    prices: tuple[Price, ...] = ()


class Reset(msgspec.Struct, frozen=True, kw_only=True):
    """The daily reset: how many remain (None where the site does not say) and the last one."""

    remaining: int | None
    last_at_ms: int | None

    @property
    def is_available(self) -> bool:
        """Whether one may be used now."""
        return self.remaining is None or self.remaining > 0


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The account at one instant.

    ``reset`` is None where the site offers none; ``balance`` and ``unit`` where no source that
    knows them answered.
    """

    at_ms: int
    unit: Unit | None = None
    plan: str | None = None
    balance: Credits | None = None
    parts: tuple[Part, ...] = ()
    maximum: Credits | None = None
    recovery_per_h: Credits | None = None
    expires_at_ms: int | None = None
    reset: Reset | None = None


def unit_of(chosen: str, account: Account | None) -> Unit:
    """Return the unit of the site's amounts.

    Args:
        chosen: the setting ``unit``; ``auto`` follows the account.
        account: the newest reading; without a balance the unit is credits.
    """
    if chosen != "auto":
        return Unit(chosen)
    return Unit.CREDITS if account is None or account.unit is None else account.unit


BALANCE_SOURCES: Final = (Source.WALLET, Source.CREDITS, Source.PROFILE)
"""The first of these that answers decides the balance and its unit."""
PLAN_SOURCES: Final = (Source.CREDITS, Source.PROFILE, Source.SESSION)


def merged(facts: Mapping[Source, Facts], *, at_ms: int) -> Account:
    """Return the account that the sources that answered describe.

    Maximum and recovery are in credits, and belong only to an account in credits.
    """
    money = next((facts[one] for one in BALANCE_SOURCES if _has_balance(facts, one)), Facts())
    in_credits = money.unit is not Unit.YUAN
    recovery = facts.get(Source.RECOVERY, Facts()).recovery_per_h
    reset = facts.get(Source.RESET)
    return Account(
        at_ms=at_ms,
        unit=money.unit,
        plan=next((facts[one].plan for one in PLAN_SOURCES if _has_plan(facts, one)), None),
        balance=money.balance,
        parts=money.parts,
        maximum=money.maximum if in_credits else None,
        recovery_per_h=recovery if in_credits else None,
        expires_at_ms=_first_end(facts),
        reset=None
        if reset is None
        else Reset(remaining=reset.resets_left, last_at_ms=reset.last_reset_ms),
    )


class ChangeKind(StrEnum):
    """Why a balance changed other than by spending."""

    TOP_UP = "top_up"
    RESET = "reset"
    RECOVERY = "recovery"
    PLAN = "plan"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the account: credits that were added, or another plan (``amount`` 0)."""

    t_ms: int
    kind: ChangeKind
    amount: Credits = 0


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two readings of the balance compared with the spend recorded between them.

    ``unexplained`` is what left the balance and is in no record (negative: a record that did not).
    """

    changes: tuple[Change, ...]
    unexplained: Credits


def compare(before: Account, after: Account, spent: Credits) -> Comparison:
    """Explain the difference between two balances.

    Args:
        before: the earlier reading.
        after: the later reading.
        spent: the recorded credits between the two.
    """
    changes = []
    if before.plan is not None and after.plan is not None and before.plan != after.plan:
        changes.append(Change(t_ms=after.at_ms, kind=ChangeKind.PLAN))
    if before.unit is not after.unit or before.balance is None or after.balance is None:
        return Comparison(changes=tuple(changes), unexplained=0)
    added = total((after.balance, -before.balance, spent))
    if added > 0:
        kind = _kind_of(before, after, added)
        changes.append(Change(t_ms=after.at_ms, kind=kind, amount=added))
        added = 0
    return Comparison(changes=tuple(changes), unexplained=-added)


def _kind_of(before: Account, after: Account, added: Credits) -> ChangeKind:
    if after.maximum is not None and after.balance is not None:
        was_used = _resets_used(before.reset, after.reset)
        if was_used or (after.balance >= after.maximum and added > _recoverable(before, after)):
            return ChangeKind.RESET
        if added <= _recoverable(before, after):
            return ChangeKind.RECOVERY
    return ChangeKind.TOP_UP


def _recoverable(before: Account, after: Account) -> Credits:
    """Return what recovery may have credited; it comes on the hour, so one more hour may count."""
    hours = (after.at_ms - before.at_ms) // 3_600_000 + 1
    return (after.recovery_per_h or 0) * hours


def _resets_used(before: Reset | None, after: Reset | None) -> bool:
    if before is None or after is None or before.remaining is None or after.remaining is None:
        return False
    return after.remaining < before.remaining


def _has_balance(facts: Mapping[Source, Facts], source: Source) -> bool:
    return source in facts and facts[source].balance is not None


def _has_plan(facts: Mapping[Source, Facts], source: Source) -> bool:
    return source in facts and facts[source].plan is not None


def _first_end(facts: Mapping[Source, Facts]) -> int | None:
    ends = (facts[one].expires_at_ms for one in (Source.PROFILE, Source.CREDITS) if one in facts)
    return next((end for end in ends if end is not None), None)
