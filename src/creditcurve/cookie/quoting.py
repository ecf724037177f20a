"""The quoting of shells, PowerShell and JavaScript, and how to undo it.

A ``Piece`` is text that knows where each of its characters was in the pasted text, so that an
error can name the position. Nothing here raises: an unclosed quote ends with the text. Every
function reads its text once, from left to right.

Sources: the copy functions of the developer tools of Chromium, Firefox and WebKit.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

UNKNOWN: Final = -1
"""The position of a character that is not in the pasted text."""

PS_STRING: Final = r"""(?:"(?:[^"`]|`.|"")*+"|'(?:[^']|'')*+')"""
"""A PowerShell string, as a regular expression (with ``re.DOTALL``)."""

_POSIX_PART: Final = re.compile(
    r"""
    (?P<blank>     (?: [ \t\r\n] | \\\r?\n )++ )
    | \$'(?P<ansi> (?: [^'\\] | \\. )*+ )'?
    | '(?P<single> [^']*+ )'?
    | "(?P<double> (?: [^"\\] | \\. | "" )*+ )"?
    | \\(?P<escaped> . )
    | (?P<plain>   [^\s'"\\$`]++ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_PS_PART: Final = re.compile(
    r"""
    (?P<blank>     (?: [ \t\r\n] | `\r?\n )++ )
    | '(?P<ps_single> (?: [^'] | '' )*+ )'?
    | "(?P<ps_double> (?: [^"`] | `. | "" )*+ )"?
    | `(?P<escaped> . )
    | (?P<plain>   [^\s'"`]++ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_BACKSLASH: Final = re.compile(
    r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(\r?\n)|(.))", re.DOTALL
)
_IN_DOUBLE_QUOTES: Final = re.compile(r"""\\(?:\r?\n|([\\"$`]))|"(")""")
_CARET: Final = re.compile(r"\^(?:\r?\n|(.)|\Z)", re.DOTALL)
_CONTINUED_BY_CARET: Final = re.compile(r"\s\^\s")
_CONTINUED_BY_BACKTICK: Final = re.compile(r"[ \t]`\r?\n")
_FIRST_QUOTE: Final = re.compile(r"""\^"|['"]""")
_IN_PS_DOUBLE: Final = re.compile(r"""`(.)|\$\(\[char\](\d{1,5})\)|"(")""", re.DOTALL)
_IN_PS_SINGLE: Final = re.compile(r"'(')")
_CONTROLS: Final = dict(zip("abfnrtv0", "\a\b\f\n\r\t\v\0", strict=True))

Meaning = Callable[[re.Match[str]], str]


class Piece(msgspec.Struct, frozen=True):
    """Text, and for each of its characters the position in the pasted text."""

    text: str
    at: tuple[int, ...]

    @classmethod
    def whole(cls, pasted: str) -> "Piece":
        """Return the pasted text itself."""
        return cls(pasted, tuple(range(len(pasted))))

    @classmethod
    def unplaced(cls, text: str) -> "Piece":
        """Return text with unknown positions."""
        return cls(text, (UNKNOWN,) * len(text))

    def __repr__(self) -> str:
        return "Piece(…)"

    def cut(self, start: int, end: int | None = None) -> "Piece":
        """Return the characters from ``start`` up to ``end``."""
        return Piece(self.text[start:end], self.at[start:end])

    def every_other(self, start: int) -> "Piece":
        """Return every second character from ``start`` on."""
        return Piece(self.text[start::2], self.at[start::2])

    def group(self, match: re.Match[str], name: str | int) -> "Piece":
        """Return a group of a match over this piece's text."""
        return self.cut(*match.span(name))

    def strip(self, characters: str) -> "Piece":
        """Remove these characters at both ends."""
        start = len(self.text) - len(self.text.lstrip(characters))
        return self.cut(start, max(start, len(self.text.rstrip(characters))))

    def lines(self) -> list["Piece"]:
        """Return the lines that are not blank, without their ends."""
        lines = []
        start = 0
        for text in self.text.split("\n"):
            if text.strip():
                lines.append(self.cut(start, start + len(text)).strip("\r"))
            start += len(text) + 1
        return lines

    def replaced(self, pattern: re.Pattern[str], meaning: Meaning) -> "Piece":
        """Replace each match by its meaning, whose characters get the position of the match."""
        texts: list[str] = []
        at: list[int] = []
        end = 0
        for match in pattern.finditer(self.text):
            text = meaning(match)
            texts += (self.text[end : match.start()], text)
            at += self.at[end : match.start()]
            at += (self.at[match.start()],) * len(text)
            end = match.end()
        if not end:
            return self
        texts.append(self.text[end:])
        at += self.at[end:]
        return Piece("".join(texts), tuple(at))


def joined(pieces: Iterable[Piece], between: str = "") -> Piece:
    """Join pieces; ``between`` has unknown positions."""
    several = list(pieces)
    filler = (UNKNOWN,) * len(between)
    at: list[int] = []
    for number, piece in enumerate(several):
        at += (filler if number else ()) + piece.at
    return Piece(between.join(piece.text for piece in several), tuple(at))


def shell_words(source: Piece) -> list[Piece]:
    """Split a command line into words, by the rules of bash, cmd or PowerShell."""
    part = _POSIX_PART
    if _CONTINUED_BY_BACKTICK.search(source.text):
        part = _PS_PART
    elif _is_for_cmd(source.text):
        source = source.replaced(_CARET, lambda caret: caret[1] or "")
    words = []
    word: list[Piece] = []
    for match in part.finditer(source.text):
        if match["blank"] is None:
            word.append(_unquoted(source, match))
        elif word:
            words.append(joined(word))
            word = []
    return [*words, joined(word)] if word else words


def _is_for_cmd(text: str) -> bool:
    """Newer copies write ``^"…^"``, older ones ``"…"`` with carets inside and at the line ends."""
    quote = _FIRST_QUOTE.search(text)
    if quote is None or quote[0] == "'":
        return False
    return quote[0] == '^"' or _CONTINUED_BY_CARET.search(text) is not None


def _unquoted(source: Piece, match: re.Match[str]) -> Piece:
    part = source.group(match, match.lastgroup or 0)
    match match.lastgroup:
        case "ansi":
            return part.replaced(_BACKSLASH, _c_meaning)
        case "double":
            return part.replaced(_IN_DOUBLE_QUOTES, _last_group)
        case "ps_single":
            return part.replaced(_IN_PS_SINGLE, _last_group)
        case "ps_double":
            return part.replaced(_IN_PS_DOUBLE, _ps_meaning)
        case _:
            return part


def ps_string(quoted: Piece) -> Piece:
    """Return the value of a PowerShell string (with its quotes)."""
    inner = quoted.cut(1, -1)
    if quoted.text.startswith("'"):
        return inner.replaced(_IN_PS_SINGLE, _last_group)
    return inner.replaced(_IN_PS_DOUBLE, _ps_meaning)


def js_string(quoted: Piece) -> Piece:
    """Return the value of a JavaScript or JSON string (with its quotes)."""
    return unescaped(quoted.cut(1, -1))


def unescaped(inner: Piece) -> Piece:
    """Replace the backslash escapes of JavaScript, JSON, Python and Go."""
    return inner.replaced(_BACKSLASH, _js_meaning)


def _last_group(match: re.Match[str]) -> str:
    return match[match.lastindex] if match.lastindex else ""


def _ps_meaning(match: re.Match[str]) -> str:
    escaped, code, quote = match.groups()
    if code:
        return chr(int(code))
    return _CONTROLS.get(escaped, escaped) if escaped else quote


def _c_meaning(match: re.Match[str]) -> str:
    """In ``$'…'`` of bash, an unknown escape keeps its backslash."""
    return _code_meaning(match, lambda other: other if other in "\\'\"?" else f"\\{other}")


def _js_meaning(match: re.Match[str]) -> str:
    """In JavaScript, an unknown escape is the character without its backslash."""
    return _code_meaning(match, lambda other: other)


def _code_meaning(match: re.Match[str], otherwise: Callable[[str], str]) -> str:
    utf16, byte, octal, line_end, letter = match.groups()
    if utf16 or byte:
        return chr(int(utf16 or byte, 16))
    if octal:
        return chr(int(octal, 8))
    if line_end:
        return ""
    return _CONTROLS[letter] if letter in _CONTROLS else otherwise(letter)
