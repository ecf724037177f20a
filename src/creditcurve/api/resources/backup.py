"""A download of the present database, without the cookie and other secrets."""

import tempfile
from pathlib import Path
from typing import Annotated

from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from creditcurve.api.http.endpoint import Answer
from creditcurve.api.state import AppState
from creditcurve.domain.instant import to_iso

MEDIA_TYPE = "application/vnd.sqlite3"


async def download(app: AppState) -> Annotated[Response, Answer(200, MEDIA_TYPE)]:
    """Download a copy of the present database, without secrets."""
    stamp = to_iso(app.clock.now_ms())[:19].replace(":", "").replace("-", "")
    folder = tempfile.TemporaryDirectory(prefix="backup-", dir=app.about.data_dir)
    copy = Path(folder.name) / "copy.db"
    try:
        await app.store.backup(copy)
    except BaseException:
        folder.cleanup()
        raise
    return _CopyResponse(copy, folder, filename=f"creditcurve-{stamp}Z.db")


class _CopyResponse(FileResponse):
    """Sends the copy, then deletes it, however the sending ends."""

    def __init__(
        self, copy: Path, folder: "tempfile.TemporaryDirectory[str]", *, filename: str
    ) -> None:
        super().__init__(copy, media_type=MEDIA_TYPE, filename=filename)
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._folder.cleanup()
