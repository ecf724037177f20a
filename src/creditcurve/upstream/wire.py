"""The site's JSON answers to domain values: pure, no I/O, no clock.

``read_usage`` and ``read_chart`` accept the body of an answer with status 200 and raise only the
errors of ``errors.py``. A row that cannot be read does not affect the others: it is returned as a
reject, for the quarantine.
"""

from collections.abc import Iterable
from typing import Final

from creditcurve.domain.reconciliation import ChartHour
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.reject import Reject, RejectCode, UnreadableRowError
from creditcurve.upstream.classify import page_error, status_error
from creditcurve.upstream.envelope import EnvelopedRow, enveloped_rows, line_rows
from creditcurve.upstream.errors import (
    NotJsonError,
    SchemaChangedError,
    ServerError,
    StatusError,
    TooLargeError,
    UnauthorizedError,
    UpstreamError,
)
from creditcurve.upstream.json_text import Json, JsonText
from creditcurve.upstream.row import read_credits, read_id, read_integer, read_row, read_time

MAX_REJECT_BYTES: Final = 4_096
MAX_RAW_ANSWER_BYTES: Final = 65_536
MAX_ROWS: Final = 100_000
"""More rows than the largest answer that is read could contain, if they were real ones."""
_SUCCESS: Final = frozenset({0, 200})
"""The values of ``code`` in an envelope that mean success."""


def read_usage(body: bytes, *, now_ms: int) -> Answer:
    """Read an answer of the usage endpoint.

    Args:
        body: an array of rows, or ``{"code":200,"data":[…]}`` (or code 0) around it.
        now_ms: rows more than a day after this are rejected.

    Raises:
        UpstreamError: the answer is an error, a page, not JSON, or none of its rows can be read.
    """
    try:
        json = JsonText.of(body)
        answer = _read_answer(json, now_ms)
        json.end()
    except NotJsonError:
        raise page_error(body) or _error_of_lines(body) from None
    if answer is None:
        raise _error_of_unknown_form(body, json.text)
    if answer.rejects and not answer.records:
        raise SchemaChangedError(answer.rejects)
    return answer


def read_again(raw: str, *, now_ms: int) -> tuple[Record, ...]:
    """Read a quarantined row or answer; return nothing unless all of it can be read.

    Args:
        raw: its text.
        now_ms: when it was quarantined; rows that were in the future then are not accepted.
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
    """Read an answer of the chart endpoint; unreadable hours are left out.

    Raises:
        UpstreamError: the answer is an error, a login page or a firewall's challenge.
    """
    try:
        json = JsonText.of(body)
        value = json.value()
        json.end()
    except NotJsonError:
        failure = page_error(body)
        if failure is not None:
            raise failure from None
        return ()
    if not isinstance(value, dict):
        return ()
    _raise_error_of(value)
    rows = value.get("chartData")
    if isinstance(rows, list):
        return tuple(filter(None, map(_hour, rows)))
    failure = page_error(body)
    if failure is not None:
        raise failure
    return ()


def _read_answer(json: JsonText, now_ms: int) -> Answer | None:
    """Return the rows of an answer; None if it has an unknown form."""
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
    try:
        _raise_error_of(fields)
    except StatusError:
        # A code that is no status of HTTP may also mean success: do not lose its rows.
        if any(enveloped_rows(json.text)):
            return None
        raise
    return answer


def _raise_error_of(fields: dict[str, Json]) -> None:
    """Raise the error that an object reports instead of data; ``code`` is read as a status."""
    error = fields.get("error")
    if isinstance(error, dict):
        _raise_error_of(error)
    if any(_is_unauthorized(fields.get(name)) for name in ("error", "message", "code")):
        raise UnauthorizedError
    code = read_integer(fields.get("code"))
    failure = None if code is None or code in _SUCCESS else status_error(code)
    if failure is not None:
        raise failure
    if error:
        raise ServerError("The site answers with an error of its own; it is tried again.")


def _is_unauthorized(value: Json) -> bool:
    return isinstance(value, str) and value.strip().lower() in ("unauthorized", "unauthenticated")


def _read_rows(json: JsonText, now_ms: int) -> Answer:
    records: list[Record] = []
    rejects: list[Reject] = []
    for row, raw in json.elements():
        _limit_rows(len(records) + len(rejects))
        try:
            records.append(read_row(row, raw, now_ms=now_ms, has_constant=json.has_constant))
        except UnreadableRowError as error:
            rejects.append(_reject(row, raw, error.code))
    return Answer(records=tuple(records), rejects=tuple(rejects))


def _error_of_unknown_form(body: bytes, text: str) -> UpstreamError:
    """Return the error of JSON of an unknown form, with the rows in it or all of it as rejects."""
    rejects = _enveloped(enveloped_rows(text))
    if rejects:
        return SchemaChangedError(rejects)
    raw = _cut(text, MAX_RAW_ANSWER_BYTES)
    is_cut = len(raw) < len(text)
    whole = Reject(raw=raw, code=RejectCode.ANSWER_WITHOUT_ROWS, is_cut=is_cut)
    return page_error(body) or SchemaChangedError((whole,))


def _error_of_lines(body: bytes) -> UpstreamError:
    """Return the error of a body that is not one JSON text; it may be one row per line."""
    rejects = _enveloped(line_rows(body.decode("utf-8", "replace")))
    return SchemaChangedError(rejects) if rejects else NotJsonError()


def _enveloped(rows: Iterable[EnvelopedRow]) -> tuple[Reject, ...]:
    rejects: list[Reject] = []
    for row in rows:
        _limit_rows(len(rejects))
        rejects.append(_reject(row.value, row.raw, RejectCode.UNKNOWN_ENVELOPE, detail=row.path))
    return tuple(rejects)


def _limit_rows(count: int) -> None:
    if count >= MAX_ROWS:
        raise TooLargeError("The site's answer contains more than 100,000 rows and was not read.")


def _reject(row: Json, text: str, code: RejectCode, *, detail: str = "") -> Reject:
    raw = _cut(text, MAX_REJECT_BYTES)
    is_cut = len(raw) < len(text)
    return Reject(raw=raw, code=code, detail=detail, id=read_id(row), is_cut=is_cut)


def _hour(row: Json) -> ChartHour | None:
    if not isinstance(row, dict):
        return None
    try:
        return ChartHour(
            t_ms=read_time(row.get("hour")), consumed=read_credits(row.get("consumed"))
        )
    except UnreadableRowError:
        return None


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode("utf-8", "ignore")
