"""The upstream's JSON to the domain's values, and nothing else: pure, no I/O, no clock.

``read_usage`` and ``read_chart`` take a body with status 200 as it came, and raise nothing but the
tree of ``errors.py``. One row that cannot be read is set aside alone; what this version does not
know in a row is kept as it was written.
"""

import re
from typing import Final

from creditcurve.domain.credits import Credits, parse_credits
from creditcurve.domain.instant import DAY_MS, from_iso
from creditcurve.domain.reconciliation import ChartHour
from creditcurve.domain.record import (
    COUNTED_TYPE,
    MAX_EXTRA_LENGTH,
    STATUSES,
    Answer,
    Record,
    Reject,
    is_believable,
    on_one_line,
    shown,
)
from creditcurve.upstream.errors import (
    NotJsonError,
    SchemaChangedError,
    ServerError,
    TooLargeError,
    UnauthorizedError,
    UpstreamError,
)
from creditcurve.upstream.json_text import Json, JsonText, Numeral
from creditcurve.upstream.refusals import page_failure, status_failure

READING: Final = 1
"""Raise it whenever something can be read that could not before: the quarantine is read again."""
MAX_REJECT_BYTES: Final = 4_096
MAX_RAW_ANSWER_BYTES: Final = 65_536
MAX_ROW_LENGTH: Final = MAX_EXTRA_LENGTH
"""A longer row is set aside: known ones have some 200 characters, and unknown fields are stored."""
MAX_ROWS: Final = 100_000
"""More rows than the largest answer that is read could hold, were they real ones."""

_KNOWN_FIELDS: Final = frozenset(
    {"id", "type", "endpoint", "statusCode", "creditsUsed", "createdAt", "model", "apiKeyLabel"}
)
_INT64: Final = range(-(2**63), 2**63)
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")
_DECIMAL: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_END_OF_DAY: Final = re.compile(r"(.{10}T)24:00:00(?:\.0{1,9})?(Z|[+-]..:..)")
_LONE_SURROGATE: Final = re.compile(
    r"\\\\"
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
"""Skips escaped backslashes and whole pairs; what is left is a half of a pair, in group 1."""


def read_usage(body: bytes, *, now_ms: int) -> Answer:
    """Read an answer of the usage endpoint.

    Args:
        body: the bare array of rows, or ``{"code":200,"data":[…]}`` around it.
        now_ms: rows of more than a day after this are set aside.

    Raises:
        UpstreamError: the answer is a refusal, a page, no JSON, or no row of it can be read.
    """
    try:
        json = JsonText.of(body)
        answer = _read_answer(json, now_ms)
        json.end()
    except NotJsonError:
        raise page_failure(body) or NotJsonError() from None
    if answer is None:
        whole = _reject(json.text, "the answer is no list of rows", most=MAX_RAW_ANSWER_BYTES)
        raise SchemaChangedError((whole,))
    if answer.rejects and not answer.records:
        raise SchemaChangedError(answer.rejects)
    return answer


def read_again(raw: str, *, now_ms: int) -> tuple[Record, ...]:
    """Read what was set aside, a row or a whole answer; empty where it still cannot be read whole.

    Args:
        raw: its text.
        now_ms: when it was set aside: what lay in the future then was not believed.
    """
    for text in (f"[{raw}]", raw):
        try:
            answer = read_usage(text.encode(), now_ms=now_ms)
        except UpstreamError:
            continue
        if not answer.rejects:
            return answer.records
    return ()


def read_chart(body: bytes) -> tuple[ChartHour, ...]:
    """Read an answer of the chart endpoint; what is not understood of it is left out.

    Raises:
        UpstreamError: the answer is a refusal, a login page or a firewall's.
    """
    try:
        json = JsonText.of(body)
        value = json.value()
        json.end()
    except NotJsonError:
        failure = page_failure(body)
        if failure is not None:
            raise failure from None
        return ()
    if not isinstance(value, dict):
        return ()
    _refuse(value)
    rows = value.get("chartData")
    return tuple(filter(None, map(_hour, rows))) if isinstance(rows, list) else ()


def read_created_at(value: Json, *, now_ms: int) -> int:
    """Read when a record was made, as milliseconds since 1970.

    What names one moment is read: ISO 8601 with its zone, the end of a day as ``24:00:00``, a
    number of seconds or milliseconds since 1970 (the two cannot be taken for each other between
    2020 and now). A time without a zone could be any of 24 and is refused.

    Raises:
        ValueError: it is not a moment between 2020 and a day after ``now_ms``.
    """
    t_ms = _moment_ms(value)
    if not is_believable(t_ms, now_ms=now_ms):
        raise ValueError("createdAt: not between the year 2020 and tomorrow")
    return t_ms


def read_credits(value: Json) -> Credits:
    """Read ``creditsUsed``: a number or its decimal string, exactly.

    Raises:
        ValueError: it is neither, or not finite.
    """
    text = value.text if isinstance(value, Numeral) else value
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise ValueError("creditsUsed: not a decimal number")
    return parse_credits(text)


def _read_answer(json: JsonText, now_ms: int) -> Answer | None:
    if json.peek() == "[":
        return _read_rows(json, now_ms)
    if json.peek() != "{":
        json.value()
        return None
    answer = None
    fields: dict[str, Json] = {}
    for name, _ in json.members():
        if name == "data" and json.peek() == "[":
            answer = _read_rows(json, now_ms)
        else:
            fields[name] = json.value()
    _refuse(fields)
    return answer


def _refuse(fields: dict[str, Json]) -> None:
    """Raise what an object in the place of the answer says: ``code`` is read as the status."""
    error = fields.get("error")
    if isinstance(error, dict):
        _refuse(error)
    if any(_says_unauthorized(fields.get(name)) for name in ("error", "message", "code")):
        raise UnauthorizedError
    status = _integer(fields.get("code"))
    failure = None if status is None else status_failure(status)
    if failure is not None:
        raise failure
    if error:
        raise ServerError("The site answers with an error of its own; it is tried again.")


def _says_unauthorized(value: Json) -> bool:
    return isinstance(value, str) and value.strip().lower() in ("unauthorized", "unauthenticated")


def _read_rows(json: JsonText, now_ms: int) -> Answer:
    records: list[Record] = []
    rejects: list[Reject] = []
    for row, raw in json.elements():
        if len(records) + len(rejects) >= MAX_ROWS:
            raise TooLargeError("The site's answer holds more than 100,000 rows and was not read.")
        try:
            records.append(_record(row, raw, now_ms=now_ms, has_constant=json.has_constant))
        except ValueError as error:
            rejects.append(_reject(raw, str(error), row=row))
    return Answer(records=tuple(records), rejects=tuple(rejects))


def _reject(text: str, reason: str, *, row: Json = None, most: int = MAX_REJECT_BYTES) -> Reject:
    raw = _cut(text, most)
    try:
        number = _id(row.get("id")) if isinstance(row, dict) else None
    except ValueError:
        number = None
    return Reject(raw=raw, reason=reason, id=number, is_cut=len(raw) < len(text))


def _record(row: Json, raw: str, *, now_ms: int, has_constant: bool) -> Record:
    if not isinstance(row, dict):
        raise ValueError("the row is not an object")  # noqa: TRY004 - a row is set aside by ValueError
    if has_constant:
        raise ValueError("the row holds NaN or Infinity, which are no JSON numbers")
    if len(raw) > MAX_ROW_LENGTH:
        raise ValueError("the row is longer than 65,536 characters")
    kind = _text(row, "type")
    status = _integer(row.get("statusCode"))
    status = status if status in STATUSES else None
    label = row.get("apiKeyLabel")
    unread = {name for name in row if name not in _KNOWN_FIELDS}
    if status is None and row.get("statusCode") is not None:
        unread.add("statusCode")
    if not isinstance(label, str | None):
        unread.add("apiKeyLabel")
    return Record(
        id=_id(row.get("id")),
        t_ms=read_created_at(row.get("createdAt"), now_ms=now_ms),
        type=kind,
        endpoint=_text(row, "endpoint") if kind == COUNTED_TYPE else _optional(row, "endpoint"),
        model=_optional(row, "model"),
        credits=read_credits(row.get("creditsUsed")),
        status=status,
        api_key=shown(label) if isinstance(label, str) else None,
        extra=_extra(raw, unread) if unread else "",
    )


def _id(value: Json) -> int:
    number = _integer(value)
    if number is None or number not in _INT64:
        raise ValueError("id: not an integer of 64 bits")
    return number


def _integer(value: Json) -> int | None:
    """An integer, or its decimal string (the site's other endpoints write ids so)."""
    text = value.text if isinstance(value, Numeral) else value
    return int(text) if isinstance(text, str) and _INTEGER.fullmatch(text) else None


def _text(row: dict[str, Json], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{name}: not a text")  # noqa: TRY004 - a row is set aside by ValueError
    return shown(value)


def _optional(row: dict[str, Json], name: str) -> str:
    return "" if row.get(name) is None else _text(row, name)


def _moment_ms(value: Json) -> int:
    if isinstance(value, Numeral):
        number = parse_credits(value.text)  # an exact number, whatever it counts
        is_in_seconds = -(10**11) < number < 10**11
        return int(number * 1000) if is_in_seconds else int(number)
    if not isinstance(value, str):
        raise ValueError("createdAt: missing or not a moment")  # noqa: TRY004 - as above
    whole_day = _END_OF_DAY.fullmatch(value)
    text = value if whole_day is None else f"{whole_day[1]}00:00:00{whole_day[2]}"
    try:
        return from_iso(text) + (DAY_MS if whole_day else 0)
    except (ValueError, OverflowError):
        raise ValueError("createdAt: not an ISO 8601 moment with its zone") from None


def _extra(raw: str, names: set[str]) -> str:
    """The fields of these names, as they were written, as one JSON object on one line."""
    json = JsonText(raw)
    kept = [
        f"{raw_name}:{text}"
        for name, raw_name in json.members()
        if (text := json.raw_value()) and name in names
    ]
    return _LONE_SURROGATE.sub(_whole, on_one_line("{" + ",".join(kept) + "}"))


def _whole(escape: re.Match[str]) -> str:
    return r"\ufffd" if escape[1] else escape[0]


def _hour(row: Json) -> ChartHour | None:
    if not isinstance(row, dict):
        return None
    try:
        return ChartHour(
            t_ms=_moment_ms(row.get("hour")), consumed=read_credits(row.get("consumed"))
        )
    except ValueError:
        return None


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode("utf-8", "ignore")
