"""A download of the present database, without the cookie and other secrets."""

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Final

from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from creditcurve.api.http.endpoint import Answer
from creditcurve.api.state import AppState
from creditcurve.domain.instant import to_iso

MEDIA_TYPE = "application/vnd.sqlite3"
_PREFIX: Final = ".download-"


def remove_leftovers(data_dir: Path) -> None:
    """Remove the copies of downloads that a killed process left; call it before any download."""
    for folder in data_dir.glob(f"{_PREFIX}*"):
        # Links are not followed, and what cannot be removed is only a waste of space.
        shutil.rmtree(folder, ignore_errors=True)


async def download(app: AppState) -> Annotated[Response, Answer(200, MEDIA_TYPE)]:
    """Download a copy of the present database, without secrets."""
    stamp = to_iso(app.clock.now_ms())[:19].replace(":", "").replace("-", "")
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(app.downloads.turn())
        folder = tempfile.TemporaryDirectory(prefix=_PREFIX, dir=app.about.data_dir)
        copy = Path(stack.enter_context(folder)) / "copy.db"
        await app.store.storage.backup(copy)
        return _CopyResponse(copy, stack.pop_all(), filename=f"creditcurve-{stamp}Z.db")


class _CopyResponse(FileResponse):
    """Sends the copy, then deletes it and ends its turn, however the sending ends."""

    def __init__(self, copy: Path, held: contextlib.AsyncExitStack, *, filename: str) -> None:
        super().__init__(copy, media_type=MEDIA_TYPE, filename=filename)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._held:
            await super().__call__(scope, receive, send)
