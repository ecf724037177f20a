"""Control of the simulated site from another process: ``GET`` and ``POST /__simulator``.

``POST`` accepts a JSON object of orders, executed in the order of ``Orders``; both return the
state.
"""

from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import UNSET, UnsetType

from creditcurve.decoding import decode
from creditcurve.domain.secret import Secret
from creditcurve.simulator.history import Row
from creditcurve.simulator.http import Response, SeenRequest
from creditcurve.simulator.rhythm import SONNET
from support.site.faults import FAULTS

if TYPE_CHECKING:
    from support.site.server import Simulator

PATH: Final = "/__simulator"


class NewRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request to record; ``t_ms`` is now by default."""

    id: int | None = None
    t_ms: int | None = None
    credits: int | float | str = 9
    model: str = SONNET
    type: str = "USAGE"
    endpoint: str = "v1/messages"
    status: int = 200
    api_key: str | None = None


class Orders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The orders; absent fields change nothing.

    Attributes:
        clear: remove the pending faults.
        forget_requests: remove the recorded requests.
        fault: the name of a fault of ``FAULTS`` to apply next.
        endpoint: where (``usage``, ``back_fill``, ``chart``, ``credits``, ``any``); by default the
            fault's own endpoint.
        times: for so many requests; null until cleared.
        cookie: the accepted cookie header; null accepts none.
        row_limit: the most rows of an answer; null for no limit.
        honours_hours: whether ``hours`` has an effect.
        chart_unit: the chart's figure for one credit.
        add: requests to record.
        rows: rows to record, in the site's own form.
    """

    clear: bool = False
    forget_requests: bool = False
    fault: str | None = None
    endpoint: str | None = None
    times: int | None = 1
    cookie: str | UnsetType | None = UNSET
    row_limit: int | UnsetType | None = UNSET
    honours_hours: bool | UnsetType = UNSET
    chart_unit: int | UnsetType = UNSET
    add: list[NewRow] = []
    rows: list[Row] = []


def answer(simulator: "Simulator", request: SeenRequest, *, now_ms: int) -> Response:
    """Execute a control request."""
    if request.method == "GET":
        return Response.json(_state(simulator, now_ms))
    content_type = (request.header(b"content-type") or b"").split(b";")[0].strip().lower()
    if request.method != "POST":
        return Response.json({"error": "Method Not Allowed"}, 405)
    if content_type != b"application/json":
        return Response.json({"error": "send application/json"}, 415)
    try:
        orders = decode(request.body, Orders)
    except msgspec.MsgspecError as error:
        return Response.json({"error": str(error)}, 422)
    if orders.fault is not None and orders.fault not in FAULTS:
        return Response.json({"error": f"no fault named {orders.fault}"}, 422)
    _execute(simulator, orders, now_ms)
    return Response.json(_state(simulator, now_ms))


def _execute(simulator: "Simulator", orders: Orders, now_ms: int) -> None:
    if orders.clear:
        simulator.faults.clear()
    if orders.forget_requests:
        simulator.requests.clear()
    if orders.fault is not None:
        simulator.faults.set(orders.fault, endpoint=orders.endpoint, times=orders.times)
    if not isinstance(orders.cookie, UnsetType):
        simulator.cookie = None if orders.cookie is None else Secret.of(orders.cookie)
    if not isinstance(orders.row_limit, UnsetType):
        simulator.row_limit = orders.row_limit
    if not isinstance(orders.honours_hours, UnsetType):
        simulator.honours_hours = orders.honours_hours
    if not isinstance(orders.chart_unit, UnsetType):
        simulator.chart_unit = orders.chart_unit
    for new in orders.add:
        simulator.history.add(
            new.id,
            t_ms=now_ms if new.t_ms is None else new.t_ms,
            credits=new.credits,
            model=new.model,
            type=new.type,
            endpoint=new.endpoint,
            status=new.status,
            api_key=new.api_key,
        )
    for row in orders.rows:
        simulator.history.put(row)


def _state(simulator: "Simulator", now_ms: int) -> dict[str, object]:
    return {
        "requests": [
            {
                "method": request.method,
                "target": request.target,
                "headers": [
                    [name.decode("latin-1"), value.decode("latin-1")]
                    for name, value in request.headers
                ],
            }
            for request in simulator.requests
        ],
        "faults": simulator.faults.pending,
        "rows": len(simulator.history.until(now_ms)),
        "row_limit": simulator.row_limit,
        "honours_hours": simulator.honours_hours,
        "chart_unit": simulator.chart_unit,
        "has_cookie": simulator.cookie is not None,
    }
