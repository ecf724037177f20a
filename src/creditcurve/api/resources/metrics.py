"""The program's metrics in Prometheus' text format."""

from typing import Annotated

from starlette.responses import Response

from creditcurve.api.http.endpoint import Answer
from creditcurve.api.state import AppState


async def read(app: AppState) -> Annotated[Response, Answer(200, "text/plain")]:
    """Return metrics in Prometheus' text format."""
    from creditcurve.api.resources.exposition import (  # noqa: PLC0415 - see there
        CONTENT_TYPE,
        exposition,
    )

    return Response(await exposition(app), media_type=CONTENT_TYPE)
