"""One pair per line (``name=value``, ``name: value``), name and value in turn, YAML lists."""

import re
from typing import Final

from creditcurve.cookie.formats.found import Format, Found, SentHeader, StoredCookie
from creditcurve.cookie.formats.pairs import is_header_with_login
from creditcurve.cookie.header import expiry_ms, session_part
from creditcurve.cookie.quoting import Piece, js_string

_PAIR: Final = re.compile(
    r"""[ \t]*+["']?(?P<name>[\w.$!%&*+^|~-]++)["']?[ \t]*+(?P<separator>[=:\t])[ \t]*+
    (?P<value>[^;\s][^;]*+);?[ \t]*+""",
    re.VERBOSE | re.ASCII,
)
_FIELD: Final = re.compile(
    r"""[ \t]*+(?P<dash>-[ \t]++)?["']?(?P<key>[\w-]++)["']?[ \t]*+[:=][ \t]*+(?P<value>.*)""",
    re.VERBOSE | re.ASCII,
)
_ASSIGNMENT: Final = re.compile(
    r"""[ \t]*+(?:-[ \t]++)?(?:(?:export|set|setx|ENV|env)[ \t]++)?
    (?P<name>[A-Za-z_][A-Za-z0-9_]*+)[ \t]*+[=:][ \t]*+(?P<value>.*)""",
    re.VERBOSE,
)
_VARIABLE: Final = re.compile(
    r"[A-Z_0-9]+|\w{0,64}(?:cookie|header|session|token|auth|login)\w{0,64}"
)
_BREAK: Final = re.compile(r"[\s;=]")
_COMMENT: Final = re.compile(r"[ \t]*+(?:\#|//)")


def _recognizes(text: str) -> bool:
    return "session-token" in text and ("\n" in text or _PAIR.fullmatch(text) is not None)


def _read(source: Piece) -> Found:
    lines = [line for line in source.lines() if not _COMMENT.match(line.text)]
    for read in (_pairs, _alternating, _records):
        found = read(lines)
        if found.has_login:
            return found
    return Found(sent=tuple(_assignments(lines)))


def _pairs(lines: list[Piece]) -> Found:
    """Read one pair per line; nothing unless all lines are pairs with the same separator."""
    matches = [(line, _PAIR.fullmatch(line.text)) for line in lines]
    pairs = [(line, match) for line, match in matches if match and match["value"].strip("=")]
    if len(pairs) != len(lines) or len({match["separator"] for _, match in pairs}) != 1:
        return Found()
    cookies = (
        StoredCookie(name=line.group(match, "name"), value=_plain(line.group(match, "value")))
        for line, match in pairs
    )
    return Found(stored=tuple(cookies))


def _alternating(lines: list[Piece]) -> Found:
    """Read names and values on alternate lines."""
    if len(lines) % 2:
        return Found()
    pairs = list(zip(lines[::2], lines[1::2], strict=True))
    stripped = [(name.strip(" \t:"), _plain(value.strip(" \t"))) for name, value in pairs]
    if any(_BREAK.search(name.text) or " " in value.text for name, value in stripped):
        return Found()
    return Found(stored=tuple(StoredCookie(name=name, value=value) for name, value in stripped))


def _records(lines: list[Piece]) -> Found:
    """Read fields ``name``, ``value``, ``domain``, one a line, as in YAML."""
    records: list[dict[str, Piece]] = [{}]
    for line in lines:
        if not (field := _FIELD.fullmatch(line.text)):
            continue
        key = field["key"].lower()
        if field["dash"] or key in records[-1]:
            records.append({})
        records[-1][key] = _plain(line.group(field, "value"))
    named = [record for record in records if "name" in record and "value" in record]
    cookies = [one for one in named if "domain" in one or session_part(one["name"].text)]
    headers = [one["value"] for one in named if one["name"].text.lower() == "cookie"]
    return Found(
        sent=tuple(SentHeader(header) for header in headers),
        stored=tuple(_cookie(record) for record in cookies),
    )


def _cookie(record: dict[str, Piece]) -> StoredCookie:
    texts = {key: piece.text for key, piece in record.items()}
    expires = texts.get("expires") or texts.get("expirationdate") or texts.get("expiry")
    return StoredCookie(
        name=record["name"],
        value=record["value"],
        domain=texts.get("domain") or None,
        expires_at_ms=expiry_ms(expires),
    )


def _assignments(lines: list[Piece]) -> list[SentHeader]:
    """Read ``VARIABLE=header``, as in ``.env`` and YAML; nothing unless all lines assign."""
    matches = [(line, _ASSIGNMENT.fullmatch(line.text)) for line in lines]
    values = [
        line.group(match, "value").strip(" \t")
        for line, match in matches
        if match and _VARIABLE.fullmatch(match["name"])
    ]
    if not all(match for _, match in matches):
        return []
    headers = (value for value in values if "=" in value.text.partition(";")[0])
    return [SentHeader(header) for header in headers if is_header_with_login(header.text)]


def _plain(value: Piece) -> Piece:
    """Remove blanks, a comma behind and the quotes around a value."""
    value = value.strip(" \t,")
    text = value.text
    if len(text) < 2 or text[0] != text[-1] or text[0] not in "\"'`":
        return value
    return js_string(value) if text[0] == '"' else value.cut(1, -1)


FORMAT: Final = Format(
    recognizes=_recognizes,
    read=_read,
    nothing_found="These lines contain no cookie for the site",
)
