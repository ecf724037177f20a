"""Whether the program works."""

from typing import Annotated, Literal

from msgspec import Struct
from starlette.responses import Response

from creditcurve.api.http.endpoint import JSON, Answer
from creditcurve.api.http.json import encode
from creditcurve.api.state import AppState


class HealthView(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether the program works; ``failing`` names the parts that do not."""

    status: Literal["ok", "failing"]
    version: str
    failing: tuple[str, ...] = ()


async def read(
    app: AppState,
) -> Annotated[Response, Answer(200, HealthView), Answer(503, HealthView)]:
    """Report whether the program works."""
    is_failing = app.store.storage.failing is not None
    view = HealthView(
        status="failing" if is_failing else "ok",
        version=app.about.version,
        failing=("store",) if is_failing else (),
    )
    return Response(encode(view), status_code=503 if is_failing else 200, media_type=JSON)
