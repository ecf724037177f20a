"""Why something was set aside: the page has words for each reason, in both languages."""

import re
from pathlib import Path

import pytest

from creditcurve.upstream.errors import SchemaChangedError
from creditcurve.upstream.wire import MAX_ROW_LENGTH, read_usage

CATALOGUES = Path(__file__).parents[3] / "web" / "src" / "i18n"
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
    """A good row, spelled otherwise in some of its fields."""
    return "{" + ",".join(f'"{name}":{text}' for name, text in {**GOOD, **changed}.items()) + "}"


BAD = {
    "whole": '{"data":7}',
    "object": "[7]",
    "constant": f"[{row(more='NaN')}]",
    "long": f"[{row(more=chr(34) + 'm' * MAX_ROW_LENGTH + chr(34))}]",
    "id": f"[{row(id='true')}]",
    "type": f"[{row(type='7')}]",
    "endpoint": f"[{row(endpoint='null')}]",
    "model": f"[{row(model='[]')}]",
    "moment": f"[{row(createdAt='null')}]",
    "zone": f"[{row(createdAt=chr(34) + '2025-08-25T13:39:44' + chr(34))}]",
    "year": f"[{row(createdAt='7')}]",
    "credits": f"[{row(creditsUsed='true')}]",
    "infinite": f"[{row(creditsUsed='1e400')}]",
    "exponent": f"[{row(creditsUsed='1e99999999999999999999')}]",
    "tiny": f"[{row(creditsUsed='1e-400')}]",
    "digits": f"[{row(creditsUsed='1' * 65)}]",
}


def reason(body: str) -> str:
    """Why nothing of an answer could be read."""
    with pytest.raises(SchemaChangedError) as failure:
        read_usage(body.encode(), now_ms=NOW)
    (reject,) = failure.value.rejects
    return reject.reason


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_each_reason_has_its_words(locale: str) -> None:
    """A new reason must be told in both languages; one that is gone, in neither."""
    catalogue = (CATALOGUES / locale / "quarantine.ts").read_text(encoding="utf-8")
    _, _, told = catalogue.partition("reasons: {")
    known = set(re.findall(r'^ {4}"([^"]+)":', told, re.MULTILINE))
    assert known == {reason(body) for body in BAD.values()}
