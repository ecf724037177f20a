"""The built page, served from the package's ``static`` folder.

Files below ``assets`` have a hash in their names and are cached for good; all others are
revalidated at every use. The build leaves a copy in brotli beside each text; browsers that do not
accept it get gzip.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from creditcurve.api.http.guard import content_security_policy
from creditcurve.api.http.previous import clear_on_first_visit
from creditcurve.api.state import state_of

PATHS: Final = ("/", "/{name:str}", "/assets/{name:str}")
"""Addresses of the page's files; deeper ones, and those of the interface, are not the page's."""

DIRECTORY: Final = Path(__file__).parents[1] / "static"

_INDEX = "index.html"
_IMPORT_MAP = re.compile(rb'<script type="importmap">(.*?)</script>', re.DOTALL)
_FOREVER = "public, max-age=31536000, immutable"
_REVALIDATE = "no-cache"
_MIN_GZIP_BYTES = 512
_BROTLI = "br"


class PageFiles(StaticFiles):
    """Static files with the caching of hashed names, and an explanation if nothing was built."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, check_dir=False)
        index = directory / _INDEX
        self.is_built = index.is_file()
        self._compressed = {file.name for file in directory.rglob(f"*.{_BROTLI}")}
        self._policy = content_security_policy(_inline_script(index) if self.is_built else "")

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file with its cache header."""
        file = _INDEX if path == "." else path
        if file == _INDEX and not self.is_built:
            text = Path(__file__).with_name("docs") / "not-built.html"
            return HTMLResponse(text.read_text(encoding="utf-8"), status_code=503)
        response = await self._encoded(file, scope)
        is_hashed = isinstance(response, FileResponse) and file.startswith("assets")
        response.headers["cache-control"] = _FOREVER if is_hashed else _REVALIDATE
        if file == _INDEX:
            response.headers["content-security-policy"] = self._policy
            _clear(response, scope)
        return response

    async def _encoded(self, file: str, scope: Scope) -> Response:
        """Return a file, or its copy in brotli; the type of both is that of the file."""
        copy = f"{file}.{_BROTLI}"
        if Path(copy).name not in self._compressed:
            return await super().get_response(file, scope)
        is_accepted = _accepts_brotli(Headers(scope=scope))
        response = await super().get_response(copy if is_accepted else file, scope)
        if is_accepted:
            response.headers["content-encoding"] = _BROTLI
        response.headers.add_vary_header("Accept-Encoding")
        return response


def _accepts_brotli(headers: Headers) -> bool:
    """Return whether a browser accepts brotli; browsers name it without a weight."""
    accepted = headers.get("accept-encoding", "").split(",")
    return _BROTLI in (coding.strip() for coding in accepted)


def _inline_script(index: Path) -> str:
    """Return the source of the page's import map, which lists the hashes of its modules."""
    found = _IMPORT_MAP.search(index.read_bytes())
    if found is None:
        return ""
    return f"'sha256-{base64.b64encode(hashlib.sha256(found[1]).digest()).decode()}'"


def _clear(response: Response, scope: Scope) -> None:
    about = state_of(scope).about
    clear_on_first_visit(
        response,
        mark=f"creditcurve_seen_{about.id}",
        cookies=Headers(scope=scope).get("cookie", ""),
        path=about.base_path or "/",
    )


def routes() -> list[Route]:
    """Return the routes of the page's files, compressed where the browser accepts it."""
    files = GZipMiddleware(PageFiles(DIRECTORY), _MIN_GZIP_BYTES)
    return [Route(path, files, methods=["GET"]) for path in PATHS]
