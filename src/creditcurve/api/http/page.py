"""The built page, read from the package so that wheel and executable carry it alike.

Files are few and small: they are read once, on the first request, with their compressed forms.
Names with a hash never change, so browsers may keep them for good; the shell is asked for anew.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

_INDEX = "index.html"
_FOREVER = "public, max-age=31536000, immutable"
_ASK = "no-cache"
_TEXT = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
_NOT_BUILT = (
    "<!doctype html><title>CreditCurve</title><p>The page has not been built: run "
    "<code>make build</code>, then reload. The interface is at <a href=/api/docs>/api/docs</a>."
)


PATHS = ("/", "/{name:str}", "/assets/{name:str}")
"""Where the page's files stand; deeper addresses and those of the interface are not the page's."""


@dataclass(frozen=True, slots=True)
class _File:
    body: bytes
    compressed: bytes | None
    media_type: str
    etag: str
    cache_control: str


async def serve(request: Request) -> Response:
    """A file of the page; the shell for ``/``."""
    name = request.url.path.removeprefix("/") or _INDEX
    files = _files()
    if not files and name == _INDEX:
        return HTMLResponse(_NOT_BUILT, status_code=503)
    if name not in files:
        raise HTTPException(404)
    return _answer(request, files[name])


def _answer(request: Request, file: _File) -> Response:
    headers = {"etag": file.etag, "cache-control": file.cache_control, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    if file.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(file.compressed, media_type=file.media_type, headers=headers)
    return Response(file.body, media_type=file.media_type, headers=headers)


@cache
def _files() -> dict[str, _File]:
    root = resources.files("creditcurve") / "static"
    return {name: _load(name, entry) for name, entry in _walk(root)} if root.is_dir() else {}


def _walk(folder: Traversable, lead: str = "") -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        name = lead + entry.name
        found += _walk(entry, f"{name}/") if entry.is_dir() else [(name, entry)]
    return found


def _load(name: str, entry: Traversable) -> _File:
    body = entry.read_bytes()
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = media_type.startswith(_TEXT)
    return _File(
        body=body,
        compressed=gzip.compress(body, 9, mtime=0) if is_text and len(body) > 512 else None,
        media_type=media_type,
        etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        cache_control=_FOREVER if name.startswith("assets/") else _ASK,
    )
