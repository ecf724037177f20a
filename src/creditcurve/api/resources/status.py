"""Health and status: whether the program works, and the state of everything in it."""

from starlette.responses import Response

from creditcurve.api.http.context import Context
from creditcurve.api.http.endpoint import Call, Nothing, encode
from creditcurve.api.schema import (
    CookieView,
    HealthView,
    LinkView,
    ReconciliationView,
    RecordsView,
    StatusView,
)


async def health(call: Call[Nothing, Nothing]) -> Response:
    """200 while everything works, 503 naming what does not."""
    context = call.context
    is_failing = context.store.failing is not None
    view = HealthView(
        status="failing" if is_failing else "ok",
        version=context.version,
        failing=("store",) if is_failing else (),
    )
    return Response(
        encode(view), status_code=503 if is_failing else 200, media_type="application/json"
    )


async def status(call: Call[Nothing, Nothing]) -> StatusView:
    """The state of everything."""
    return await status_of(call.context)


async def status_of(context: Context) -> StatusView:
    """The state as the status call and the status event tell it."""
    store = context.store
    summary = await store.records.summary()
    return StatusView(
        version=context.version,
        demo=context.is_demo,
        needs_key=context.needs_key,
        link=LinkView.of(store.state.link, interval_s=store.state.settings.poll_interval_s),
        cookie=CookieView.of(store.state.cookie_status),
        records=RecordsView.of(summary),
        reconciliation=ReconciliationView.of(summary.reconciliation),
        data_dir=str(context.data_dir),
        size_bytes=await store.size_bytes(),
        recovered_from=None if store.recovered_from is None else str(store.recovered_from),
    )
