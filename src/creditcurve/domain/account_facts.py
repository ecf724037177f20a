"""The facts from the sources of the account: each may be absent, and each has only some of them."""

from enum import StrEnum

import msgspec

from creditcurve.domain.credits import Credits
from creditcurve.domain.unit import Unit


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
        user: the site's id of the account.
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

    user: str | None = None
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
