"""A tolerant reader of literals: JSON, and the objects, lists and calls of program code.

JavaScript, Python, Go, Ruby, PHP, Rust, C# and others write strings, mappings and calls so much
alike that one reader does: brackets form groups, separators form entries, and a string before
``:``, ``=`` or ``=>`` is a key. Text between them is ignored.
"""

import re
from collections.abc import Iterator
from typing import Final

from creditcurve.cookie.formats.level import Level
from creditcurve.cookie.formats.tree import Group
from creditcurve.cookie.quoting import Piece, unescaped

MAX_DEPTH: Final = 100
"""Deeper groups are read as entries of their parent."""
_TOKEN: Final = re.compile(
    r"""
    (?P<prefix>(?<![A-Za-z0-9_])[rRbBuUfF]{1,2})?
    (?:(?P<triple>\"\"\"|''')|(?P<quote>"|(?<![A-Za-z])'|(?<=[^A-Za-z0-9_][rRbBuUfF])'|`))
    | (?P<open>[\[{(])
    | (?P<close>[\]})])
    | (?P<key>=>|:=|->|[:=](?!:))
    | (?P<end>[,;])
    | (?P<comment>(?<![:\w])//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|(?<!\S)\#[^\n\[]*+)
    | (?P<word>[\w$@.-]++)
    | (?P<line>\n)
    | (?P<other>[^\s\w])
    """,
    re.VERBOSE,
)
_BODIES: Final = {
    '"': re.compile(r'((?:[^"\\]|\\.)*+)"', re.DOTALL),
    "'": re.compile(r"((?:[^'\\]|\\.)*+)'", re.DOTALL),
    "`": re.compile(r"((?:[^`\\]|\\.)*+)`", re.DOTALL),
}
_LINE_BODIES: Final = {
    '"': re.compile(r'((?:[^"\\\n]|\\.)*+)"', re.DOTALL),
    "'": re.compile(r"((?:[^'\\\n]|\\.)*+)'", re.DOTALL),
    "`": _BODIES["`"],
}


def read_literals(source: Piece, *, is_document: bool) -> Group:
    """Return the entries of a text, as a group without brackets.

    In a document (JSON), a string may contain line ends; in code, an unclosed quote ends there.
    """
    reader = _Reader(source, is_document=is_document)
    for token in reader.tokens():
        reader.take(token)
    return reader.finish()


class _Reader:
    """Builds groups from tokens."""

    def __init__(self, source: Piece, *, is_document: bool) -> None:
        self._source = source
        self._bodies = _BODIES if is_document else _LINE_BODIES
        self._is_document = is_document
        self._levels = [Level(Group())]
        self._string = Piece.unplaced("")
        self._unclosed: set[str] = set()

    def tokens(self) -> Iterator[re.Match[str]]:
        """Yield the tokens; the body of a string follows its quote and is not one."""
        position = 0
        while match := _TOKEN.search(self._source.text, position):
            position = match.end()
            if quote := match["triple"] or match["quote"]:
                position = self._read_string(match, quote)
            yield match

    def _read_string(self, match: re.Match[str], quote: str) -> int:
        """Read the body of a string and return the position after it."""
        text, start = self._source.text, match.end()
        if len(quote) == 3:
            end = text.find(quote, start)
            span = (start, len(text) if end < 0 else end)
            after = min(span[1] + 3, len(text))
        elif quote not in self._unclosed and (body := self._bodies[quote].match(text, start)):
            span, after = body.span(1), body.end()
        else:
            if quote == "`":  # the search went to the end of the text: do not repeat it
                self._unclosed.add(quote)
            line_end = len(text) if self._is_document else text.find("\n", start)
            after = len(text) if line_end < 0 else line_end
            span = (start, start)
        inner = self._source.cut(*span)
        is_raw = "r" in (match["prefix"] or "").lower()
        self._string = inner if is_raw or "\\" not in inner.text else unescaped(inner)
        return after

    def take(self, token: re.Match[str]) -> None:
        """Apply one token."""
        level = self._levels[-1]
        match token.lastgroup:
            case "triple" | "quote":
                level.add_string(self._string)
            case "open":
                self._open(level)
            case "close":
                self._close()
            case "key":
                level.make_key()
            case "end":
                level.flush()
            case "word":
                level.add_word(self._source.cut(*token.span()))
            case "line":
                level.end_line()
            case "other":
                level.add_other(token[0])
            case _:
                pass

    def _open(self, level: "Level") -> None:
        if len(self._levels) <= MAX_DEPTH:
            self._levels.append(Level(Group(level.take_name(), [])))

    def _close(self) -> None:
        if len(self._levels) > 1:
            done = self._levels.pop()
            done.flush()
            done.group.is_closed = True
            self._levels[-1].add_group(done.group)

    def finish(self) -> Group:
        """Close all groups that are open, and return the outermost."""
        while len(self._levels) > 1:
            done = self._levels.pop()
            done.flush()
            self._levels[-1].add_group(done.group)
        self._levels[0].flush()
        return self._levels[0].group
