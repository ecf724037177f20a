"""Mask the login in an answer: a broken page may repeat the headers of its request.

Parts of an answer are stored, shown and exported, so the login is masked before the answer is
parsed, in every spelling that sites use: as it is, escaped any number of times, in Base64 or as
hexadecimal digits. So is a login that the same answer issues. ``Set-Cookie`` lines are unchanged:
their values go only to the vault.
"""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from typing import Final

from creditcurve.cookie.parse import login_values
from creditcurve.cookie.set_cookie import MAX_LINES
from creditcurve.domain.secret import Secret
from creditcurve.upstream.escapes import MAX_LAYERS, Layer, unescaped

MASK: Final = b"***"

Headers = Sequence[tuple[bytes, bytes]]


def redacted(cookie: Secret, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Return headers and body without the login of a cookie, or the one that they issue."""
    spellings = _spellings(_with_issued(cookie, headers))
    kept = [
        (name, value if name.lower() == b"set-cookie" else _without(spellings, value))
        for name, value in headers
    ]
    return kept, _without(spellings, body)


def _with_issued(cookie: Secret, headers: Headers) -> Secret:
    """Return the cookie and the pairs of the answer's ``Set-Cookie`` lines, as one header."""
    lines = [value for name, value in headers if name.lower() == b"set-cookie"]
    pairs = [line.partition(b";")[0].strip() for line in lines[:MAX_LINES]]
    return Secret(b"; ".join([cookie.reveal(), *pairs]))


def _spellings(cookie: Secret) -> list[bytes]:
    """Return the spellings of the login, longest first: one may begin with another."""
    found: set[bytes] = set()
    for value in login_values(cookie):
        for plain in (value, *(layer.text for layer in _layers(value))):
            found |= {plain, plain.hex().encode(), plain.hex().upper().encode()}
            found |= {plain.decode("latin-1").encode("utf-16-le"), *_base64(plain)}
    return sorted(found, key=len, reverse=True)


def _base64(value: bytes) -> Iterator[bytes]:
    """Yield the characters that only the value decides, wherever it begins in a longer text."""
    for before in range(3):
        bits_before, bits = before * 8, (before + len(value)) * 8
        first, end = -(-bits_before // 6), bits // 6
        for encode in (b64encode, urlsafe_b64encode):
            yield encode(bytes(before) + value)[first:end]


def _without(spellings: Sequence[bytes], text: bytes) -> bytes:
    for spelling in spellings:
        text = text.replace(spelling, MASK)
    kept, done = bytearray(), 0
    for start, end in sorted(_escaped_places(spellings, text)):
        if start >= done:
            kept += text[done:start] + MASK
        done = max(done, end)
    return bytes(kept + text[done:])


def _escaped_places(spellings: Sequence[bytes], text: bytes) -> Iterator[tuple[int, int]]:
    """Yield start and end of each escaped spelling."""
    layers: list[Layer] = []
    for layer in _layers(text):
        layers.append(layer)
        for start, end in _places(spellings, layer.text):
            yield _origin(layers, start), _origin(layers, end)


def _origin(layers: Sequence[Layer], at: int) -> int:
    for layer in reversed(layers):
        at = layer.origin(at)
    return at


def _places(spellings: Sequence[bytes], text: bytes) -> Iterator[tuple[int, int]]:
    for spelling in spellings:
        start = text.find(spelling)
        while start >= 0:
            end = start + len(spelling)
            yield start, end
            start = text.find(spelling, end)


def _layers(text: bytes) -> Iterator[Layer]:
    """Yield the text without its escapes, then without those that appear below them."""
    for _ in range(MAX_LAYERS):
        layer = unescaped(text)
        if layer is None:
            return
        yield layer
        text = layer.text
