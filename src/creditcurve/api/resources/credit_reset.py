"""The day's credit reset."""

from msgspec import Struct

from creditcurve.api.http.codes import UPSTREAM_CODES, ProblemCode
from creditcurve.api.http.endpoint import refuses
from creditcurve.api.state import AppState
from creditcurve.domain.credits import Credits


class ResetView(Struct, frozen=True, kw_only=True):
    """The balance before and after a reset; null where the site does not say."""

    before: Credits | None
    after: Credits | None
    amount: Credits | None
    remaining: int | None


@refuses(
    ProblemCode.NO_COOKIE,
    ProblemCode.COOKIE_INVALID,
    ProblemCode.RESET_USED,
    ProblemCode.RESET_NOT_AVAILABLE,
    ProblemCode.RESET_DOUBTFUL,
    *UPSTREAM_CODES,
)
async def use(app: AppState) -> ResetView:
    """Use the day's credit reset; the site is asked at most once.

    After `reset_doubtful` it is unknown whether the reset was used; the state was read again.
    """
    done = await app.commands.reset()
    return ResetView(
        before=done.before, after=done.after, amount=done.amount, remaining=done.remaining
    )
