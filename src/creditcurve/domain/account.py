"""The account as the site reports it: sources that may be absent, merged into one value.

Two billing eras are known. Until late 2025 an account had whole credits, a maximum, recovery by the
hour and one reset a day. Since then it has a wallet in thousandths of a yuan. A number is kept in
the unit it came in; amounts of different units are never added.
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from creditcurve.domain.account_facts import Facts, Part, Source
from creditcurve.domain.credits import Credits
from creditcurve.domain.unit import Unit


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

    ``reset`` is None where the site offers none, ``balance`` where no source that knows it
    answered, ``unit`` where none ever did. ``origin`` is the site's, if one was chosen; ``users``
    has the account's id, by the source that names it.
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
    origin: str | None = None
    users: dict[Source, str] = {}

    def is_other_than(self, before: "Account") -> bool:
        """Return whether this is the account of another login: a source names another id."""
        named = before.users
        return any(one in named and named[one] != user for one, user in self.users.items())

    def is_of_former_era(self, before: "Account") -> bool:
        """Return whether the site had a wallet before: its accounts do not go back to credits."""
        is_former = before.unit is Unit.YUAN and self.unit is Unit.CREDITS
        return is_former and before.origin == self.origin

    def with_unit_of(self, before: "Account") -> "Account":
        """Return the account in the unit of an earlier reading if no source names one now."""
        is_known = self.unit is not None or before.origin != self.origin
        return self if is_known else msgspec.structs.replace(self, unit=before.unit)


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


def merged(facts: Mapping[Source, Facts], *, at_ms: int, origin: str | None = None) -> Account:
    """Return the account that the sources that answered describe.

    Maximum and recovery are in credits, and belong only to an account in credits.
    """
    money = next((facts[one] for one in BALANCE_SOURCES if _has_balance(facts, one)), Facts())
    in_credits = money.unit is not Unit.YUAN
    recovery = facts.get(Source.RECOVERY, Facts()).recovery_per_h
    reset = facts.get(Source.RESET)
    return Account(
        at_ms=at_ms,
        origin=origin,
        users={one: found.user for one, found in facts.items() if found.user is not None},
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


def _has_balance(facts: Mapping[Source, Facts], source: Source) -> bool:
    return source in facts and facts[source].balance is not None


def _has_plan(facts: Mapping[Source, Facts], source: Source) -> bool:
    return source in facts and facts[source].plan is not None


def _first_end(facts: Mapping[Source, Facts]) -> int | None:
    ends = (facts[one].expires_at_ms for one in (Source.PROFILE, Source.CREDITS) if one in facts)
    return next((end for end in ends if end is not None), None)
