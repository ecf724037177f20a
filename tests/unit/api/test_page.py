"""The page's files: their copies in brotli, and their headers."""

from pathlib import Path
from typing import Any

import anyio
import pytest
from starlette.datastructures import Headers
from starlette.types import Message

from creditcurve.api.page import PageFiles

SCRIPT = b"export const answer = 42;"
COPY = b"brotli"
FIREFOX = "gzip, deflate, br, zstd"


@pytest.fixture
def files(tmp_path: Path) -> PageFiles:
    """A page with a script that has a copy, and a font that has none."""
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "app.js").write_bytes(SCRIPT)
    (assets / "app.js.br").write_bytes(COPY)
    (assets / "sans.woff2").write_bytes(b"font")
    return PageFiles(tmp_path)


async def get(files: PageFiles, path: str, accepted: str | None) -> tuple[Headers, bytes]:
    """Request a file; return headers and content."""
    sent: list[Message] = []
    headers = [] if accepted is None else [(b"accept-encoding", accepted.encode())]
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "headers": headers}

    async def receive() -> Message:
        await anyio.sleep_forever()
        return {}

    async def send(message: Message) -> None:
        sent.append(message)

    response = await files.get_response(path, scope)
    await response(scope, receive, send)
    return Headers(raw=sent[0]["headers"]), b"".join(each.get("body", b"") for each in sent)


async def test_a_browser_that_accepts_brotli_gets_the_copy(files: PageFiles) -> None:
    headers, content = await get(files, "assets/app.js", FIREFOX)
    assert (headers["content-encoding"], content) == ("br", COPY)
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert headers["content-length"] == str(len(COPY))
    assert headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("accepted", [None, "", "gzip", "gzip, br;q=0", "brotli"])
async def test_any_other_gets_the_file(files: PageFiles, accepted: str | None) -> None:
    headers, content = await get(files, "assets/app.js", accepted)
    assert "content-encoding" not in headers
    assert content == SCRIPT


@pytest.mark.parametrize("accepted", [FIREFOX, "gzip"])
async def test_a_cache_stores_both_forms_apart(files: PageFiles, accepted: str) -> None:
    headers, _ = await get(files, "assets/app.js", accepted)
    assert headers["vary"] == "Accept-Encoding"


async def test_a_file_without_a_copy_is_sent_itself(files: PageFiles) -> None:
    headers, content = await get(files, "assets/sans.woff2", FIREFOX)
    assert "content-encoding" not in headers
    assert content == b"font"
