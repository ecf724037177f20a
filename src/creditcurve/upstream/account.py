"""Read the answers of the account endpoints; pure.

Any of these endpoints may be absent or answer in another shape. Then the source is "not available":
that is no fault of the site and says nothing about the cookie. The secret of an API key is dropped
here; neither a value nor an error contains it.
"""

from collections.abc import Callable, Mapping
from typing import Final

from creditcurve.domain.account_facts import Facts, KeyTotal, Part, PartKey, Price, Source
from creditcurve.domain.credits import Credits, parse_credits, total
from creditcurve.domain.instant import from_iso
from creditcurve.domain.record import shown
from creditcurve.domain.reset import ResetResult
from creditcurve.domain.unit import Unit
from creditcurve.upstream.errors import NotJsonError
from creditcurve.upstream.json_text import Json, JsonText, Numeral

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
MAX_ROWS: Final = 200

_Object = Mapping[str, Json]


class NotAvailableError(Exception):
    """The endpoint answers in a shape that is not known; the message contains nothing of it."""


class ResetUsedError(Exception):
    """The site answers that the day's reset has been used."""


class ResetUncertainError(Exception):
    """No readable answer to a reset came: the site may have used it."""


def read_facts(source: Source, body: bytes) -> Facts:
    """Read an answer with status 200.

    Raises:
        NotAvailableError: it is not JSON, or has another shape.
    """
    try:
        text = JsonText.of(body)
        value = text.value()
        text.end()
        return _READERS[source](_object(value))
    except (NotJsonError, ValueError, KeyError):
        raise NotAvailableError(source.value) from None


def read_reset_result(body: bytes) -> ResetResult | None:
    """Read the answer to a reset; None if it does not report success.

    ``{"success":true,"balanceBefore":"980","balanceAfter":"8000","resetAmount":"7020",
    "remainingCount":0,…}``.
    """
    try:
        text = JsonText.of(body)
        answer = _object(text.value())
        text.end()
        if answer.get("success") is not True:
            return None
        remaining = _amount_or_none(answer, "remainingCount")
        return ResetResult(
            before=_amount_or_none(answer, "balanceBefore"),
            after=_amount_or_none(answer, "balanceAfter"),
            amount=_amount_or_none(answer, "resetAmount"),
            remaining=remaining if isinstance(remaining, int) else None,
        )
    except (NotJsonError, ValueError, KeyError):
        return None


def _credits(answer: _Object) -> Facts:
    """``{"credits":7739,"plan":"PRO","normalCredits":…,"bonusCredits":…,"creditLimit":…}``."""
    parts = _parts(answer, (PartKey.NORMAL, "normalCredits"), (PartKey.BONUS, "bonusCredits"))
    return Facts(
        plan=_text(answer, "plan"),
        unit=Unit.CREDITS,
        balance=_amount(answer, "credits"),
        parts=parts,
        maximum=_amount_or_none(answer, "creditLimit"),
        expires_at_ms=_instant(answer, "planExpiresAt", "expiresAt"),
    )


def _wallet(answer: _Object) -> Facts:
    """``{"success":true,"data":{"balance":"197713","bonusBalance":"1851"}}``, in 1/1000 yuan."""
    data = _object(answer["data"])
    _amount(data, "balance")
    parts = _parts(data, (PartKey.SUBSCRIPTION, "balance"), (PartKey.PAY_AS_YOU_GO, "bonusBalance"))
    return Facts(unit=Unit.YUAN, balance=total(part.v for part in parts), parts=parts)


def _profile(answer: _Object) -> Facts:
    """``{"user":{"plan":"ULTRA","credits":924784,…}}``, in 1/1000 yuan."""
    user = _object(answer["user"])
    balance = _amount_or_none(user, "credits")
    return Facts(
        plan=_text(user, "plan"),
        unit=None if balance is None else Unit.YUAN,
        balance=balance,
        expires_at_ms=_instant(user, "planExpiresAt", "expiresAt", "subscriptionEnd"),
    )


def _recovery(answer: _Object) -> Facts:
    """``{"recoveryRate":200}``, credits per hour."""
    return Facts(recovery_per_h=_amount(answer, "recoveryRate"))


def _reset(answer: _Object) -> Facts:
    """``{"remainingResets":1,…}``."""
    remaining = _amount(answer, "remainingResets")
    if not isinstance(remaining, int) or remaining < 0:
        raise NotAvailableError(Source.RESET.value)
    return Facts(resets_left=remaining, last_reset_ms=_instant(answer, "lastResetAt", "lastReset"))


def _api_keys(answer: _Object) -> Facts:
    """``{"data":[{"name":…,"totalConsumed":…,"apiKey":"SECRET"}]}``; only two fields are read."""
    rows = [_object(row) for row in _list(answer["data"])]
    keys = tuple(
        KeyTotal(name, _amount(row, "totalConsumed"))
        for row in rows
        if (name := _text(row, "name"))
    )
    return Facts(keys=keys)


def _pricing(answer: _Object) -> Facts:
    """``{"data":[{"modelName","inputPrice","outputPrice",…,"isActive"}]}``."""
    rows = [_object(row) for row in _list(answer["data"])]
    return Facts(prices=tuple(_price(row) for row in rows if _text(row, "modelName")))


def _session(answer: _Object) -> Facts:
    """``{"user":{"id":…,"plan":…},"expires":…}``, as Auth.js answers."""
    user = _object(answer["user"])
    return Facts(plan=_text(user, "plan"), session_expires_at_ms=_instant(answer, "expires"))


_READERS: Final[Mapping[Source, Callable[[_Object], Facts]]] = {
    Source.CREDITS: _credits,
    Source.WALLET: _wallet,
    Source.PROFILE: _profile,
    Source.RECOVERY: _recovery,
    Source.RESET: _reset,
    Source.API_KEYS: _api_keys,
    Source.PRICING: _pricing,
    Source.SESSION: _session,
}


def _price(row: _Object) -> Price:
    return Price(
        model=_text(row, "modelName") or "",
        input=_amount_or_none(row, "inputPrice"),
        output=_amount_or_none(row, "outputPrice"),
        cache_creation=_amount_or_none(row, "cacheCreationPrice"),
        cache_read=_amount_or_none(row, "cacheReadPrice"),
        is_active=row.get("isActive") is not False,
    )


def _parts(answer: _Object, *names: tuple[PartKey, str]) -> tuple[Part, ...]:
    found = ((key, _amount_or_none(answer, name)) for key, name in names)
    return tuple(Part(key, amount) for key, amount in found if amount is not None)


def _amount(answer: _Object, name: str) -> Credits:
    """Return a number, exactly; the site writes some as text."""
    value = answer[name]
    if isinstance(value, Numeral):
        return parse_credits(value.text)
    if isinstance(value, str):
        return parse_credits(value.strip())
    raise ValueError(name)


def _amount_or_none(answer: _Object, name: str) -> Credits | None:
    return None if answer.get(name) is None else _amount(answer, name)


def _text(answer: _Object, name: str) -> str | None:
    value = answer.get(name)
    return shown(value) if isinstance(value, str) and value else None


def _instant(answer: _Object, *names: str) -> int | None:
    """Return the first of these that is an instant; an unreadable one is as good as none."""
    for name in names:
        value = answer.get(name)
        if isinstance(value, str):
            try:
                return from_iso(value)
            except (ValueError, OverflowError):
                continue
    return None


def _object(value: Json) -> _Object:
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - a shape, as any other
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list) or len(value) > MAX_ROWS:
        raise ValueError("not a list")
    return value
