"""Why a row cannot be read: one code for each reason."""

import pytest

from creditcurve.domain.reject import RejectCode
from creditcurve.upstream.errors import SchemaChangedError
from creditcurve.upstream.row import MAX_ROW_LENGTH
from creditcurve.upstream.wire import read_usage

NOW = 1_756_130_000_000
GOOD = {
    "id": "1",
    "type": '"USAGE"',
    "endpoint": '"v1/messages"',
    "creditsUsed": "9",
    "createdAt": '"2025-08-25T13:39:44.230Z"',
    "model": '"opus"',
}


def row(**changed: str) -> str:
    """Return a good row, with other literals in some fields."""
    return "{" + ",".join(f'"{name}":{text}' for name, text in {**GOOD, **changed}.items()) + "}"


BAD = [
    ("7", RejectCode.ROW_NOT_AN_OBJECT),
    (row(more="NaN"), RejectCode.ROW_CONTAINS_NAN),
    (row(more='"' + "m" * MAX_ROW_LENGTH + '"'), RejectCode.ROW_TOO_LONG),
    (row(id="true"), RejectCode.ID_NOT_AN_INTEGER),
    (row(id=str(2**63)), RejectCode.ID_NOT_AN_INTEGER),
    (row(type="7"), RejectCode.TYPE_NOT_A_TEXT),
    (row(endpoint="null"), RejectCode.ENDPOINT_NOT_A_TEXT),
    (row(model="[]"), RejectCode.MODEL_NOT_A_TEXT),
    (row(createdAt="null"), RejectCode.CREATED_AT_MISSING),
    (row(createdAt='"2025-08-25T13:39:44"'), RejectCode.CREATED_AT_UNREADABLE),
    (row(createdAt="7"), RejectCode.CREATED_AT_OUT_OF_RANGE),
    (row(createdAt="1e400"), RejectCode.CREATED_AT_OUT_OF_RANGE),
    (row(createdAt="1" * 65), RejectCode.CREATED_AT_OUT_OF_RANGE),
    (row(creditsUsed="true"), RejectCode.CREDITS_NOT_A_NUMBER),
    (row(creditsUsed="1e99999999999999999999"), RejectCode.CREDITS_NOT_A_NUMBER),
    (row(creditsUsed="1e400"), RejectCode.CREDITS_TOO_LARGE),
    (row(creditsUsed="1e308"), RejectCode.CREDITS_TOO_LARGE),
    (row(creditsUsed="1000000000000001"), RejectCode.CREDITS_TOO_LARGE),
    (row(creditsUsed='"-1000000000000000.1"'), RejectCode.CREDITS_TOO_LARGE),
    (row(creditsUsed="1e-400"), RejectCode.CREDITS_TOO_SMALL),
    (row(creditsUsed="1" * 65), RejectCode.CREDITS_TOO_LONG),
]


@pytest.mark.parametrize(("text", "code"), BAD, ids=[f"{code}-{text[:40]}" for text, code in BAD])
def test_an_unreadable_row_has_the_code_of_its_reason(text: str, code: RejectCode) -> None:
    with pytest.raises(SchemaChangedError) as failure:
        read_usage(f"[{text}]".encode(), now_ms=NOW)
    (reject,) = failure.value.rejects
    assert reject.code is code


@pytest.mark.parametrize("text", ["1000000000000000", "-1e15", '"1000000000000000.0"'])
def test_credits_up_to_the_limit_are_read(text: str) -> None:
    (record,) = read_usage(f"[{row(creditsUsed=text)}]".encode(), now_ms=NOW).records
    assert abs(record.credits) == 10**15
