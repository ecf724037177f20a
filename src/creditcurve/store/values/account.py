"""The known facts of the account, and its history."""

import msgspec

from creditcurve.domain.account import Account
from creditcurve.domain.account_change import ChangeKind
from creditcurve.domain.account_facts import Source, SourceStatus
from creditcurve.domain.credits import Credits
from creditcurve.domain.reset import Initiator, ResetEntry


class AccountReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the account, as of one version.

    Attributes:
        account: the newest reading; None before the first.
        sources: the state of each source that was asked.
        resets: the newest resets, newest first.
        version: the version of all of this.
    """

    account: Account | None
    sources: dict[Source, SourceStatus]
    resets: tuple[ResetEntry, ...]
    version: int


class StoredChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the account and who caused it."""

    t_ms: int
    kind: ChangeKind
    amount: Credits
    by: Initiator


class BalanceHistory(msgspec.Struct, frozen=True, kw_only=True):
    """The balance over a range.

    Attributes:
        t: instants, ms since 1970.
        balance: the balance at each of them.
        changes: top-ups, resets, recoveries and changes of the plan.
        unexplained: by the start of the hour, what left the balance and is in no record.
    """

    t: list[int]
    balance: list[Credits]
    changes: tuple[StoredChange, ...]
    unexplained: dict[int, Credits]
