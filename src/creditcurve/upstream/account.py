"""Read the answers of the account endpoints; pure.

Any of these endpoints may be absent or answer in another shape. Then the source is "not available":
that is no fault of the site and says nothing about the cookie. The secret of an API key is dropped
here; neither a value nor an error contains it.
"""

from collections.abc import Callable, Mapping
from typing import Final

from creditcurve.domain.account_facts import Facts, KeyTotal, Part, PartKey, Price, Source
from creditcurve.domain.credits import total
from creditcurve.domain.unit import Unit
from creditcurve.upstream.account_fields import (
    JsonObject,
    amount,
    amount_or_none,
    as_list,
    as_object,
    identifier,
    instant,
    read_object,
    text,
)
from creditcurve.upstream.errors import NotAvailableError, NotJsonError

PATHS: Final = {
    Source.CREDITS: "/api/user/credits",
    Source.WALLET: "/api/wallet",
    Source.PROFILE: "/api/user/profile",
    Source.RECOVERY: "/api/user/credit-recovery",
    Source.RESET: "/api/user/credit-reset",
    Source.API_KEYS: "/api/apikeys?page=1&pageSize=20",
    Source.PRICING: "/api/model-pricing?product=CLAUDECODE",
    Source.SESSION: "/api/auth/session",
}


def read_facts(source: Source, body: bytes) -> Facts:
    """Read an answer with status 200.

    Raises:
        NotAvailableError: it is not JSON, or has another shape.
    """
    try:
        return _READERS[source](read_object(body))
    except (NotJsonError, ValueError, KeyError):
        raise NotAvailableError(source.value) from None


def _credits(answer: JsonObject) -> Facts:
    """``{"userId":1,"credits":7739,"plan":"PRO","normalCredits":…,"creditLimit":…}``."""
    parts = _parts(answer, (PartKey.NORMAL, "normalCredits"), (PartKey.BONUS, "bonusCredits"))
    return Facts(
        user=identifier(answer, "userId"),
        plan=text(answer, "plan"),
        unit=Unit.CREDITS,
        balance=amount(answer, "credits"),
        parts=parts,
        maximum=amount_or_none(answer, "creditLimit"),
        expires_at_ms=instant(answer, "planExpiresAt", "expiresAt"),
    )


def _wallet(answer: JsonObject) -> Facts:
    """``{"success":true,"data":{"balance":"197713","bonusBalance":"1851"}}``, in 1/1000 yuan."""
    data = as_object(answer["data"])
    amount(data, "balance")
    parts = _parts(data, (PartKey.SUBSCRIPTION, "balance"), (PartKey.PAY_AS_YOU_GO, "bonusBalance"))
    return Facts(unit=Unit.YUAN, balance=total(part.v for part in parts), parts=parts)


def _profile(answer: JsonObject) -> Facts:
    """``{"user":{"id":"1","plan":"ULTRA","credits":924784,…}}``, in 1/1000 yuan."""
    user = as_object(answer["user"])
    balance = amount_or_none(user, "credits")
    return Facts(
        user=identifier(user, "id"),
        plan=text(user, "plan"),
        unit=None if balance is None else Unit.YUAN,
        balance=balance,
        expires_at_ms=instant(user, "planExpiresAt", "expiresAt", "subscriptionEnd"),
    )


def _recovery(answer: JsonObject) -> Facts:
    """``{"recoveryRate":200}``, credits per hour."""
    return Facts(recovery_per_h=amount(answer, "recoveryRate"))


def _reset(answer: JsonObject) -> Facts:
    """``{"remainingResets":1,…}``."""
    remaining = amount(answer, "remainingResets")
    if not isinstance(remaining, int) or remaining < 0:
        raise NotAvailableError(Source.RESET.value)
    return Facts(resets_left=remaining, last_reset_ms=instant(answer, "lastResetAt", "lastReset"))


def _api_keys(answer: JsonObject) -> Facts:
    """``{"data":[{"name":…,"totalConsumed":…,"apiKey":"SECRET"}]}``; only two fields are read."""
    rows = [as_object(row) for row in as_list(answer["data"])]
    keys = tuple(
        KeyTotal(name, amount(row, "totalConsumed")) for row in rows if (name := text(row, "name"))
    )
    return Facts(keys=keys)


def _pricing(answer: JsonObject) -> Facts:
    """``{"data":[{"modelName","inputPrice","outputPrice",…,"isActive"}]}``."""
    rows = [as_object(row) for row in as_list(answer["data"])]
    return Facts(prices=tuple(_price(row) for row in rows if text(row, "modelName")))


def _session(answer: JsonObject) -> Facts:
    """``{"user":{"id":…,"plan":…},"expires":…}``, as Auth.js answers."""
    user = as_object(answer["user"])
    return Facts(
        user=identifier(user, "id"),
        plan=text(user, "plan"),
        session_expires_at_ms=instant(answer, "expires"),
    )


_READERS: Final[Mapping[Source, Callable[[JsonObject], Facts]]] = {
    Source.CREDITS: _credits,
    Source.WALLET: _wallet,
    Source.PROFILE: _profile,
    Source.RECOVERY: _recovery,
    Source.RESET: _reset,
    Source.API_KEYS: _api_keys,
    Source.PRICING: _pricing,
    Source.SESSION: _session,
}


def _price(row: JsonObject) -> Price:
    return Price(
        model=text(row, "modelName") or "",
        input=amount_or_none(row, "inputPrice"),
        output=amount_or_none(row, "outputPrice"),
        cache_creation=amount_or_none(row, "cacheCreationPrice"),
        cache_read=amount_or_none(row, "cacheReadPrice"),
        is_active=row.get("isActive") is not False,
    )


def _parts(answer: JsonObject, *names: tuple[PartKey, str]) -> tuple[Part, ...]:
    found = ((key, amount_or_none(answer, name)) for key, name in names)
    return tuple(Part(key, v) for key, v in found if v is not None)
