"""The balance over time: as JSON for the page, or as CSV."""

import csv
import io
from typing import Annotated, Final, Literal

from msgspec import Struct
from starlette.responses import Response

from creditcurve.api.http.endpoint import Answer
from creditcurve.api.http.instants import TimeMs
from creditcurve.api.http.json import encode
from creditcurve.api.resources.account import AccountVersions, versions_and_unit
from creditcurve.api.resources.range_query import RangeQuery
from creditcurve.api.state import AppState
from creditcurve.domain.account_change import ChangeKind
from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import to_iso
from creditcurve.domain.reset import Initiator
from creditcurve.domain.unit import Unit
from creditcurve.store import BalanceHistory

CSV: Final = "text/csv; charset=utf-8"
DEFAULT_HOURS: Final = 24


class HistoryQuery(RangeQuery, frozen=True, kw_only=True):
    """The last ``hours`` hours, or ``from`` and ``to``; as JSON, or the balance alone as CSV."""

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


History = Annotated[Response, Answer(200, HistoryView), Answer(200, "text/csv")]


async def read(query: HistoryQuery, app: AppState) -> History:
    """Return the balance over a range, and what changed it apart from spending."""
    now_ms = app.clock.now_ms()
    from_ms, to_ms = query.read(now_ms, default_hours=DEFAULT_HOURS)
    versions, unit = versions_and_unit(app.store)
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


def _csv(found: BalanceHistory, unit: Unit) -> str:
    """Return the balance as CSV; the header names the unit."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(["time", "balance_credits" if unit is Unit.CREDITS else "balance_milliyuan"])
    writer.writerows(
        [to_iso(t), f"{balance:f}"] for t, balance in zip(found.t, found.balance, strict=True)
    )
    return written.getvalue()
