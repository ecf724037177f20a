"""How shells, PowerShell and JavaScript quote a text, and how to read it back.

A ``Piece`` is text that remembers where in the pasted text each of its characters stood, so that a
refusal can point at the place. Nothing here raises: what is left open ends with the text.

Sources: the copy functions of Chromium's, Firefox's and WebKit's developer tools.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

UNKNOWN: Final = -1
"""Stands for the place of a character that was not in the pasted text."""

PS_STRING: Final = r"""(?:"(?:[^"`]|`.|"")*+"|'(?:[^']|'')*+')"""
"""A PowerShell string, as a regular expression (with ``re.DOTALL``)."""
JS_STRING: Final = r"""(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|`(?:[^`\\]|\\.)*+`)"""
"""A JavaScript string, as a regular expression (with ``re.DOTALL``)."""

_SHELL_PART: Final = re.compile(
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
_BACKSLASH: Final = re.compile(
    r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(\r?\n)|(.))", re.DOTALL
)
_IN_DOUBLE_QUOTES: Final = re.compile(r"""\\(?:\r?\n|([\\"$`]))|"(")""")
_CARET: Final = re.compile(r"\^(?:\r?\n|(.)|\Z)", re.DOTALL)
_CONTINUED_BY_CARET: Final = re.compile(r"\s\^\s")
_FIRST_QUOTE: Final = re.compile(r"""\^"|['"]""")
_IN_PS_DOUBLE: Final = re.compile(r"""`(.)|\$\(\[char\](\d{1,5})\)|"(")""", re.DOTALL)
_IN_PS_SINGLE: Final = re.compile(r"'(')")
_CONTROLS: Final = dict(zip("abfnrtv0", "\a\b\f\n\r\t\v\0", strict=True))

Meaning = Callable[[re.Match[str]], str]


class Piece(msgspec.Struct, frozen=True):
    """Text, and for each of its characters the index in the pasted text that it came from."""

    text: str
    at: tuple[int, ...]

    @classmethod
    def whole(cls, pasted: str) -> "Piece":
        """The pasted text itself."""
        return cls(pasted, tuple(range(len(pasted))))

    @classmethod
    def unplaced(cls, text: str) -> "Piece":
        """Text of which the place is not known."""
        return cls(text, (UNKNOWN,) * len(text))

    def __repr__(self) -> str:
        return "Piece(…)"

    def cut(self, start: int, end: int | None = None) -> "Piece":
        """The characters from ``start`` up to ``end``."""
        return Piece(self.text[start:end], self.at[start:end])

    def group(self, match: re.Match[str], name: str | int) -> "Piece":
        """What a group of a match over this piece's text caught."""
        return self.cut(*match.span(name))

    def strip(self, characters: str) -> "Piece":
        """Without these characters at both ends."""
        start = len(self.text) - len(self.text.lstrip(characters))
        return self.cut(start, max(start, len(self.text.rstrip(characters))))

    def replaced(self, pattern: re.Pattern[str], meaning: Meaning) -> "Piece":
        """With each match put as what it means; its characters stand where the match began."""
        pieces = []
        end = 0
        for match in pattern.finditer(self.text):
            text = meaning(match)
            pieces += [
                self.cut(end, match.start()),
                Piece(text, (self.at[match.start()],) * len(text)),
            ]
            end = match.end()
        return joined([*pieces, self.cut(end)])


def joined(pieces: Iterable[Piece], between: str = "") -> Piece:
    """Pieces put together, ``between`` them a text of our own."""
    several = list(pieces)
    filler = (UNKNOWN,) * len(between)
    at: list[int] = []
    for number, piece in enumerate(several):
        at += (filler if number else ()) + piece.at
    return Piece(between.join(piece.text for piece in several), tuple(at))


def shell_words(source: Piece) -> list[Piece]:
    """The words of a command line, for bash or for Windows' cmd; its quotes tell for which."""
    if _is_for_cmd(source.text):
        source = source.replaced(_CARET, lambda caret: caret[1] or "")
    words = []
    word: list[Piece] = []
    for match in _SHELL_PART.finditer(source.text):
        if match["blank"] is None:
            word.append(_shell_part(source, match))
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


def _shell_part(source: Piece, match: re.Match[str]) -> Piece:
    part = source.group(match, match.lastgroup or 0)
    if match.lastgroup == "ansi":
        return part.replaced(_BACKSLASH, _c_meaning)
    if match.lastgroup == "double":
        return part.replaced(_IN_DOUBLE_QUOTES, _last_group)
    return part


def ps_string(quoted: Piece) -> Piece:
    """What a PowerShell string (quotes included) means."""
    inner = quoted.cut(1, -1)
    if quoted.text.startswith("'"):
        return inner.replaced(_IN_PS_SINGLE, _last_group)
    return inner.replaced(_IN_PS_DOUBLE, _ps_meaning)


def js_string(quoted: Piece) -> Piece:
    """What a JavaScript or JSON string (quotes included) means."""
    return quoted.cut(1, -1).replaced(_BACKSLASH, _js_meaning)


def _last_group(match: re.Match[str]) -> str:
    return match[match.lastindex] if match.lastindex else ""


def _ps_meaning(match: re.Match[str]) -> str:
    escaped, code, quote = match.groups()
    if code:
        return chr(int(code))
    return _CONTROLS.get(escaped, escaped) if escaped else quote


def _c_meaning(match: re.Match[str]) -> str:
    """``$'…'`` of bash: what it does not know it keeps, backslash and all."""
    return _code_meaning(match, lambda other: other if other in "\\'\"?" else f"\\{other}")


def _js_meaning(match: re.Match[str]) -> str:
    """JavaScript: a needless backslash means nothing."""
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
