"""Rows of a table of cookies, copied from a browser, Markdown, a database or a terminal.

Without a line of column names, the columns are those of Chrome: name, value, domain, path, expiry.
"""

import re
from typing import Final

from creditcurve.cookie.formats.found import Format, Found, StoredCookie
from creditcurve.cookie.header import expiry_ms, session_part
from creditcurve.cookie.quoting import Piece

_COLUMNS: Final = ("name", "value", "domain", "path", "expires")
_SEPARATORS: Final = (
    re.compile(r"\t"),
    re.compile(r"[|\u2502\u2503]"),
    re.compile(r"[ ]{2,}+"),
)
_DOMAIN: Final = re.compile(r"\.?(?:[\w-]+\.)+\w+|localhost", re.ASCII)
_ALIASES: Final = {
    "\u540d\u79f0": "name",
    "\u540d\u5b57": "name",
    "\u503c": "value",
    "\u57df": "domain",
    "expires / max-age": "expires",
    "expiration": "expires",
    "host": "domain",
}


def _recognizes(text: str) -> bool:
    return "session-token" in text and any(one.search(text) for one in _SEPARATORS)


def _read(source: Piece) -> Found:
    lines = source.lines()
    for separator in _SEPARATORS:
        found = _read_rows([_cells(line, separator) for line in lines])
        if found.has_login:
            return found
    return Found()


def _cells(line: Piece, separator: re.Pattern[str]) -> list[Piece]:
    cells = []
    start = 0
    for match in separator.finditer(line.text):
        cells.append(line.cut(start, match.start()))
        start = match.end()
    cells.append(line.cut(start))
    if len(cells) > 1 and not cells[0].text.strip():
        del cells[0]  # the border of the table, or an indent
    return [cell.strip(" \t").strip("`") for cell in cells]


def _read_rows(rows: list[list[Piece]]) -> Found:
    columns = dict(zip(_COLUMNS, range(len(_COLUMNS)), strict=True))
    cookies = []
    for row in rows:
        names = [_column(cell.text) for cell in row]
        if "name" in names and "value" in names:
            columns = {name: number for number, name in enumerate(names) if name}
        elif cookie := _cookie(row, columns):
            cookies.append(cookie)
    return Found(stored=tuple(cookies))


def _column(text: str) -> str:
    name = text.strip().lower()
    return _ALIASES.get(name, name)


def _cookie(row: list[Piece], columns: dict[str, int]) -> StoredCookie | None:
    """Return the cookie of a row; None unless it is a login, or has a domain beside it."""
    cells = {name: row[number] for name, number in columns.items() if number < len(row)}
    name, value = cells.get("name"), cells.get("value")
    if name is None or value is None or not name.text or not value.text:
        return None
    domain = cells["domain"].text if "domain" in cells else ""
    is_domain = _DOMAIN.fullmatch(domain) is not None
    if not session_part(name.text) and not is_domain:
        return None
    expires = cells["expires"].text if "expires" in cells else ""
    return StoredCookie(
        name=name,
        value=value,
        domain=domain if is_domain else None,
        expires_at_ms=expiry_ms(expires),
    )


FORMAT: Final = Format(
    recognizes=_recognizes,
    read=_read,
    nothing_found="The table contains no cookie for the site",
)
