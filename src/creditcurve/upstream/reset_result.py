"""Read the answer to a credit reset; pure."""

from creditcurve.domain.reset import ResetResult
from creditcurve.upstream.account_fields import amount_or_none, read_object
from creditcurve.upstream.errors import NotJsonError


def read_reset_result(body: bytes) -> ResetResult | None:
    """Read the answer to a reset; None if it does not report success.

    ``{"success":true,"balanceBefore":"980","balanceAfter":"8000","resetAmount":"7020",
    "remainingCount":0,…}``.
    """
    try:
        answer = read_object(body)
        if answer.get("success") is not True:
            return None
        remaining = amount_or_none(answer, "remainingCount")
        return ResetResult(
            before=amount_or_none(answer, "balanceBefore"),
            after=amount_or_none(answer, "balanceAfter"),
            amount=amount_or_none(answer, "resetAmount"),
            remaining=remaining if isinstance(remaining, int) else None,
        )
    except (NotJsonError, ValueError, KeyError):
        return None
