"""The interface's own document, as JSON and as a page that renders it."""

import asyncio
from pathlib import Path
from typing import Annotated, Final

from starlette.responses import HTMLResponse, JSONResponse, Response

from creditcurve.api.http.endpoint import Answer
from creditcurve.api.state import AppState

_FILES: Final = Path(__file__).parents[1] / "docs"


async def document(
    app: AppState,
) -> Annotated[Response, Answer(200, "application/json; charset=utf-8")]:
    """Return this document."""
    made = await asyncio.to_thread(app.contract)  # making it takes a tenth of a second
    return JSONResponse(made, media_type="application/json; charset=utf-8")


async def page() -> Annotated[Response, Answer(200, "text/html")]:
    """Return a page that renders this document."""
    return HTMLResponse((_FILES / "index.html").read_text(encoding="utf-8"))


async def script() -> Annotated[Response, Answer(200, "text/javascript")]:
    """Return the script of that page."""
    return Response((_FILES / "docs.js").read_text(encoding="utf-8"), media_type="text/javascript")
