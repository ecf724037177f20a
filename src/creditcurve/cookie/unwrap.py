"""Remove the wrapping that editors, terminals and web pages put around a text.

Handled: UTF-16 that was decoded as something else, terminal colours, HTML entities, Markdown
quotes and code fences, blanks (also those of web pages and documents), and percent signs that an
address or a script encodes.
"""

import html
import re
from typing import Final

from creditcurve.cookie.quoting import Piece

BLANK: Final = " \t\r\n\ufeff\ufffe\u00a0\u3000\u200b\u200e\u200f\u2060"

_BYTE_ORDER_MARK: Final = re.compile("\\A(?:\ufeff|\ufffe|\u00ff\u00fe|\u00fe\u00ff|\ufffd{1,2})")
_ASCII: Final = re.compile(r"[\t\r\n -~]+")
_COLOUR: Final = re.compile(r"\x1b\[(?:[\d;]*m|20[01]~)")
_ENTITY: Final = re.compile(r"&(?:quot|apos|amp|lt|gt|nbsp|#\d{1,5}|#x[0-9a-fA-F]{1,4});")
_ESCAPED_QUOTE: Final = re.compile(r"&(?:quot|apos|#34|#39|#x2[27]);")
_FENCE_LINE: Final = re.compile(r"^[ \t>]*(?:```+|~~~+)[^\r\n`]*(?:\r?\n|\Z)", re.MULTILINE)
_SHOWN_LINE_END: Final = re.compile(r"\\r\\n[ \t]*(?=\r?$)", re.MULTILINE)
_FIELD_WITH_LINE_END: Final = re.compile(
    r"^[ \t]*cookie:[^\r\n]*\\r\\n[ \t]*\r?$", re.MULTILINE | re.IGNORECASE
)
_ENCODED_LOGIN: Final = re.compile(r"session-token(?:\.\d{1,2})?%3D", re.IGNORECASE)
_ENCODED: Final = re.compile(r"%([2-7][0-9A-F])", re.IGNORECASE)
_COMMAND: Final = re.compile(r"\b(?:curl|env|environment|export|printf|set)\b", re.IGNORECASE)
_LONE_PERCENT: Final = re.compile(r"(?<!%)%(?!%)|%%%|%%(?![0-9A-Fa-f]{2})")
_DOUBLED_PERCENT: Final = re.compile("%%")
_BROWSERS_COPY: Final = re.compile(r"\s*curl\s+\$?'")
"""A browser's copy for a POSIX shell, whose quotes keep each ``%``."""
_QUOTE_MARK: Final = re.compile(r"^>+ ?", re.MULTILINE)


def unwrap(pasted: str) -> Piece:
    """Return the text inside the wrapping, with its positions in the pasted text."""
    source = _without_nulls(Piece.whole(pasted)).strip(BLANK)
    source = source.replaced(_COLOUR, _nothing) if "\x1b[" in source.text else source
    if _ESCAPED_QUOTE.search(source.text) and '"' not in source.text and "'" not in source.text:
        source = source.replaced(_ENTITY, lambda entity: html.unescape(entity[0]))
    source = _without_quote_marks(_without_fence(source)).strip(BLANK)
    return _without_percents(_without_shown_line_ends(source))


def _nothing(_: re.Match[str]) -> str:
    return ""


def _without_nulls(source: Piece) -> Piece:
    """Undo UTF-16 that was read as UTF-8 or Latin-1: a NUL beside each ASCII character."""
    mark = _BYTE_ORDER_MARK.match(source.text)
    rest = source.cut(mark.end()) if mark else source
    for start in (0, 1):
        nulls, text = rest.text[1 - start :: 2], rest.text[start::2]
        if len(nulls) > 8 and nulls.count("\0") > 0.9 * len(nulls) and "\0" not in text:
            return rest.every_other(start)
    return _as_utf_8(source)


def _as_utf_8(source: Piece) -> Piece:
    """Undo UTF-8 that was read as UTF-16: two ASCII characters in each Chinese one."""
    text = source.text.strip(BLANK)
    if len(text) < 8 or text.isascii() or any(character < "\u0900" for character in text[:8]):
        return source
    for codec in ("utf-16-le", "utf-16-be"):
        decoded = text.encode(codec, "surrogatepass").decode("latin-1")
        if _ASCII.fullmatch(decoded):
            return Piece.unplaced(decoded)
    return source


def _without_fence(source: Piece) -> Piece:
    """Return the content of a Markdown code fence, of the longest if there are several."""
    if "```" not in source.text and "~~~" not in source.text:
        return source
    fences = _fences(source.text)
    if not fences:
        return source.strip("`~") if source.text.startswith("```") else source
    return source.cut(*max(fences, key=lambda span: span[1] - span[0]))


def _fences(text: str) -> list[tuple[int, int]]:
    """Return the spans between pairs of fence lines."""
    marks = list(_FENCE_LINE.finditer(text))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [(start.end(), end.start()) for start, end in pairs]


def _without_quote_marks(source: Piece) -> Piece:
    """Remove the ``> `` of an e-mail or Markdown quote if every line has it."""
    lines = source.text.splitlines()
    if not lines or not all(line.startswith(">") for line in lines):
        return source
    return source.replaced(_QUOTE_MARK, _nothing)


def _without_shown_line_ends(source: Piece) -> Piece:
    """Remove the escaped line end that Wireshark shows at the end of each header line."""
    if _FIELD_WITH_LINE_END.search(source.text) is None:
        return source
    return source.replaced(_SHOWN_LINE_END, _nothing)


def _without_percents(source: Piece) -> Piece:
    """Undo the encoding of a whole header in an address, and the ``%%`` of scripts.

    A batch file, ``printf`` and systemd write ``%%`` for each ``%``.
    """
    if "session-token=" not in source.text and _ENCODED_LOGIN.search(source.text):
        return source.replaced(_ENCODED, lambda code: chr(int(code[1], 16)))
    is_doubled = "%%" in source.text and _LONE_PERCENT.search(source.text) is None
    if is_doubled and _COMMAND.search(source.text) and not _BROWSERS_COPY.match(source.text):
        return source.replaced(_DOUBLED_PERCENT, lambda _: "%")
    return source
