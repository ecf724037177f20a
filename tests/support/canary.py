"""A random text that must not appear anywhere, and a search that finds it in any encoding."""

import base64
import html
import re
import secrets
import string
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes

_LETTERS = string.ascii_letters + string.digits
_PIECE = 16
_ESCAPE = re.compile(rb"\\(?:u00([0-9a-fA-F]{2})|x([0-9a-fA-F]{2})|([0-7]{3}))")
_ENTITY = re.compile(rb"&#|&[a-z]+;")


class Canary:
    """Random pieces, joined by characters that every encoding changes.

    Every encoding leaves at least one complete piece in a form that the search knows.

    Attributes:
        text: printable ASCII, valid as a cookie's value; every encoding changes it.
    """

    def __init__(self, joints: str = "+/%2B'=\\") -> None:
        self.pieces = ["".join(secrets.choice(_LETTERS) for _ in range(_PIECE)) for _ in range(3)]
        cut = len(joints) // 2
        self.text = joints[:cut].join(self.pieces[:2]) + joints[cut:] + self.pieces[2]
        pieces = [piece.encode() for piece in self.pieces]
        self._exact = [needle for piece in pieces for needle in _in_base64(piece)]
        self._anyhow = [needle.lower() for piece in pieces for needle in _plain(piece)]

    def is_in(self, data: bytes) -> bool:
        """Return whether the data contains any piece, in any encoding."""
        return is_any_in([self], data)

    def is_in_view(self, view: bytes, lower: bytes) -> bool:
        """Return whether decoded data, or the same data in lower case, contain any piece."""
        return any(n in view for n in self._exact) or any(n in lower for n in self._anyhow)


def is_any_in(canaries: Sequence[Canary], data: bytes) -> bool:
    """Return whether the data contains a piece of any canary, in any encoding."""
    for view in _views(data):
        lower = view.lower()
        if any(canary.is_in_view(view, lower) for canary in canaries):
            return True
    return False


def _plain(piece: bytes) -> Iterator[bytes]:
    """Yield forms that are searched without case: host and header names lose theirs."""
    yield piece
    yield piece[::-1]
    yield piece.hex().encode()


def _in_base64(piece: bytes) -> Iterator[bytes]:
    """Yield the Base64 forms for each position in the encoded text."""
    for shift, first, spoiled_bits in ((0, 0, 0), (1, 2, 4), (2, 3, 2)):
        count = (len(piece) * 8 - spoiled_bits) // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(shift) + piece)[first : first + count]


def _views(data: bytes) -> Iterator[bytes]:
    """Yield the data, and the data decoded from each encoding."""
    yield data
    yield data.replace(b"\0", b"")  # UTF-16
    yield re.sub(rb"\s+", b"", data)  # lines that were folded
    if b"%" in data:
        yield unquote_to_bytes(data)
        yield unquote_to_bytes(unquote_to_bytes(data))
    if b"\\" in data:
        yield _unescaped(data)
        yield _unescaped(_unescaped(data))
    if _ENTITY.search(data):
        yield html.unescape(data.decode("latin-1")).encode("latin-1", "replace")


def _unescaped(data: bytes) -> bytes:
    """Return the data without the escapes of JSON, Python and C."""

    def character(found: re.Match[bytes]) -> bytes:
        code = int(found[3], 8) if found[3] else int(found[1] or found[2], 16)
        return bytes([code & 0xFF])

    return _ESCAPE.sub(character, data).replace(b"\\", b"")


class Evidence:
    """Everything that a test has observed, with its source."""

    def __init__(self) -> None:
        self._seen: list[tuple[str, bytes]] = []

    def add(self, where: str, what: bytes | str) -> None:
        """Add an observation."""
        self._seen.append((where, what.encode() if isinstance(what, str) else what))

    def add_files(self, folder: Path) -> None:
        """Add the content and the name of every file in a folder."""
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                self.add(str(file), file.read_bytes() + str(file).encode())

    def traces(self, *canaries: Canary) -> list[str]:
        """Return the sources that contain any of the canaries."""
        return [where for where, what in self._seen if is_any_in(canaries, what)]

    def __len__(self) -> int:
        return len(self._seen)
