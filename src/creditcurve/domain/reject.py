"""A row of the site that could not be read: why, and its text, for the quarantine."""

from enum import StrEnum
from typing import Final

import msgspec


class RejectCode(StrEnum):
    """Why a row is quarantined; the page has a text for each code in each language."""

    UNKNOWN = "unknown"
    ANSWER_WITHOUT_ROWS = "answer_without_rows"
    UNKNOWN_ENVELOPE = "unknown_envelope"
    ROW_NOT_AN_OBJECT = "row_not_an_object"
    ROW_CONTAINS_NAN = "row_contains_nan"
    ROW_TOO_LONG = "row_too_long"
    ID_NOT_AN_INTEGER = "id_not_an_integer"
    TYPE_NOT_A_TEXT = "type_not_a_text"
    ENDPOINT_NOT_A_TEXT = "endpoint_not_a_text"
    MODEL_NOT_A_TEXT = "model_not_a_text"
    CREATED_AT_MISSING = "created_at_missing"
    CREATED_AT_UNREADABLE = "created_at_unreadable"
    CREATED_AT_OUT_OF_RANGE = "created_at_out_of_range"
    CREDITS_NOT_A_NUMBER = "credits_not_a_number"
    CREDITS_TOO_LARGE = "credits_too_large"
    CREDITS_TOO_SMALL = "credits_too_small"
    CREDITS_TOO_LONG = "credits_too_long"


SENTENCES: Final[dict[RejectCode, str]] = {
    RejectCode.UNKNOWN: "the row could not be read",
    RejectCode.ANSWER_WITHOUT_ROWS: "the answer is not a list of rows",
    RejectCode.UNKNOWN_ENVELOPE: "the rows are inside an object of an unknown form",
    RejectCode.ROW_NOT_AN_OBJECT: "the row is not an object",
    RejectCode.ROW_CONTAINS_NAN: "the row contains NaN or Infinity, which are not JSON numbers",
    RejectCode.ROW_TOO_LONG: "the row is longer than 65,536 characters",
    RejectCode.ID_NOT_AN_INTEGER: "id: not an integer of 64 bits",
    RejectCode.TYPE_NOT_A_TEXT: "type: not a text",
    RejectCode.ENDPOINT_NOT_A_TEXT: "endpoint: not a text",
    RejectCode.MODEL_NOT_A_TEXT: "model: not a text",
    RejectCode.CREATED_AT_MISSING: "createdAt: missing or not a time",
    RejectCode.CREATED_AT_UNREADABLE: "createdAt: not an ISO 8601 time with its zone",
    RejectCode.CREATED_AT_OUT_OF_RANGE: "createdAt: not between the year 2020 and tomorrow",
    RejectCode.CREDITS_NOT_A_NUMBER: "creditsUsed: not a decimal number",
    RejectCode.CREDITS_TOO_LARGE: "creditsUsed: larger than 1,000,000,000,000,000",
    RejectCode.CREDITS_TOO_SMALL: "creditsUsed: a fraction too small to be stored",
    RejectCode.CREDITS_TOO_LONG: "creditsUsed: longer than 64 characters",
}
"""In English, for scripts; programs use the code."""


class UnreadableRowError(ValueError):
    """A row cannot be read; its text is the sentence of ``code``, without the row's content."""

    def __init__(self, code: RejectCode) -> None:
        super().__init__(SENTENCES[code])
        self.code = code


class Reject(msgspec.Struct, frozen=True, kw_only=True):
    """A row that could not be read, or a whole answer without rows.

    Attributes:
        raw: its text: at most 4 KiB of a row, 64 KiB of an answer.
        code: why it could not be read.
        detail: for ``UNKNOWN_ENVELOPE`` where in the answer the row was; else empty.
        id: the row's id, where it could be read.
        is_cut: whether ``raw`` is incomplete.
    """

    raw: str
    code: RejectCode
    detail: str = ""
    id: int | None = None
    is_cut: bool = False
