"""The answers of the site, and the records, rejects and errors that they become."""

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.credits import Credits, normal, total
from creditcurve.domain.instant import DAY_MS, from_iso, to_iso
from creditcurve.domain.reconciliation import ChartHour
from creditcurve.domain.record import EARLIEST_MS, Answer, Record
from creditcurve.domain.reject import RejectCode
from creditcurve.upstream import UpstreamError, wire
from creditcurve.upstream.errors import (
    ChallengeError,
    ForbiddenError,
    LoginPageError,
    NotJsonError,
    RateLimitError,
    SchemaChangedError,
    ServerError,
    StatusError,
    TooLargeError,
    UnauthorizedError,
)
from support.site import SAMPLE

NOW = from_iso("2025-08-25T14:00:00Z")


def row(**fields: Any) -> dict[str, Any]:
    """A good row, with some fields replaced."""
    good = {
        "id": 11048661,
        "type": "USAGE",
        "endpoint": "v1/messages",
        "statusCode": 200,
        "creditsUsed": 9,
        "createdAt": "2025-08-25T13:39:44.230Z",
        "model": "claude-sonnet-4-20250514",
    }
    return good | fields


def body(*rows: Any) -> bytes:
    return json.dumps(list(rows)).encode()


def literal(field: str, text: str) -> bytes:
    """Two rows, one of them good, the other with ``field`` spelled as ``text``."""
    bad = json.dumps(row(id=2, **{field: "@"})).replace('"@"', text)
    return f"[{json.dumps(row(id=1))},{bad}]".encode()


def read(data: bytes) -> Answer:
    return wire.read_usage(data, now_ms=NOW)


def second(answer: Answer) -> Record | None:
    """Return the record of the row in ``literal``; None if it was rejected."""
    assert len(answer.records) + len(answer.rejects) == 2
    return answer.records[1] if len(answer.records) == 2 else None


def test_the_specification_s_sample_is_read() -> None:
    """Twenty rows; sixteen count, with 334 credits, the last at 13:39:44 with 9."""
    answer = read(SAMPLE)
    counted = [record for record in answer.records if record.counts]
    assert len(answer.records) == 20
    assert len(counted) == 16
    assert total(record.credits for record in counted) == 334
    assert to_iso(counted[0].t_ms) == "2025-08-25T13:39:44.230Z"
    assert counted[0].credits == 9
    assert counted[0] == Record(
        id=11048661,
        t_ms=from_iso("2025-08-25T13:39:44.230Z"),
        type="USAGE",
        endpoint="v1/messages",
        model="claude-sonnet-4-20250514",
        credits=9,
        status=200,
    )


def test_the_array_may_be_in_an_envelope() -> None:
    """``{"code":200,"data":[…]}`` is the same answer, with ``code`` at any place."""
    assert read(b'{"code":200,"data":' + SAMPLE + b"}") == read(SAMPLE)
    assert read(b' {"data": ' + SAMPLE + b' , "code" : "200"} ') == read(SAMPLE)


def test_an_empty_array_is_a_good_answer() -> None:
    assert read(b" [ ] ") == Answer(records=())
    assert read(b'{"code":200,"data":[]}') == Answer(records=())


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ('{"error":"Unauthorized"}', UnauthorizedError),
        ('{"error":" UNAUTHORIZED "}', UnauthorizedError),
        ('{"message":"Unauthorized"}', UnauthorizedError),
        ('{"error":{"message":"unauthenticated"}}', UnauthorizedError),
        ('{"code":401,"data":null}', UnauthorizedError),
        ('{"code":"401"}', UnauthorizedError),
        ('{"code":401,"data":[]}', UnauthorizedError),
        ('{"code":403}', ForbiddenError),
        ('{"code":429}', RateLimitError),
        ('{"code":500,"error":"x"}', ServerError),
        ('{"code":1,"data":[]}', StatusError),
        ('{"code":0,"data":null}', SchemaChangedError),
        ('{"error":"database"}', ServerError),
        ('{"code":200,"data":null}', SchemaChangedError),
        ('{"code":200,"data":{"rows":[]}}', SchemaChangedError),
        ("{}", SchemaChangedError),
        ("null", SchemaChangedError),
        ("5", SchemaChangedError),
    ],
)
def test_an_object_in_place_of_the_rows_is_a_message_of_the_site(
    text: str, failure: type[UpstreamError]
) -> None:
    """``code`` is read as the status; an unknown object means that the schema has changed."""
    with pytest.raises(failure) as caught:
        read(text.encode())
    assert type(caught.value) is failure


@pytest.mark.parametrize(
    ("page", "failure"),
    [
        ("<html><script>var arg1='3D5F';</script></html>", ChallengeError),
        ("<script>document.cookie='acw_sc__v2=1'</script>", ChallengeError),
        ("<html><form><input type=password></form></html>", LoginPageError),
        ('<!DOCTYPE html>\n<input name="p" type="password">', LoginPageError),
        ('<html><form method="post" action="/api/auth/signin/email">', LoginPageError),
        ("<html><head><title>登录 - AICodeMirror</title>", LoginPageError),
        ("<html><body>Maintenance. <a href='/login'>Log in</a></body></html>", NotJsonError),
        ('<html><form action="/newsletter"><input type="email"></form>', NotJsonError),
        ("", NotJsonError),
        ("Unauthorized", NotJsonError),
    ],
)
def test_a_page_is_a_challenge_a_login_or_no_json(page: str, failure: type[UpstreamError]) -> None:
    with pytest.raises(failure) as caught:
        read(page.encode())
    assert type(caught.value) is failure


def test_a_page_s_words_inside_good_json_mean_nothing() -> None:
    """A model that is named like a firewall's cookie is a model."""
    answer = read(body(row(model="acw_sc__v2 <input type=password>")))
    assert answer.records[0].model == "acw_sc__v2 <input type=password>"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"{}x",
        b"[1,]",
        b"[1 2]",
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000,
        b"[" + b"9" * 5_000 + b"]",
        body(row(creditsUsed=1)).replace(b'"creditsUsed": 1', b'"creditsUsed": ' + b"1" * 5_000),
        b"\xef\xbb\xbf" + SAMPLE,
        SAMPLE.decode().encode("utf-16"),
        SAMPLE.decode().encode("utf-16-le"),
        SAMPLE[:-2] + b"\xff]",
        SAMPLE[:-40],
        SAMPLE + b"[]",
        body(row()).replace(b'"id"', b'"id": 1, "id"'),
        b'{"code":401,"code":200,"data":[]}',
        b'{"code":200,"data":[],"data":[]}',
        b'["\x00"]',
        b"{,}",
        b"{1:2}",
        b'{"a"}',
    ],
    ids=lambda data: repr(data[:24]),
)
def test_text_that_is_not_strict_json_is_refused_whole(data: bytes) -> None:
    """Deep nesting, endless numbers, other encodings, doubled names, trailing bytes."""
    with pytest.raises(NotJsonError):
        read(data)


def test_only_the_unreadable_row_is_quarantined() -> None:
    """99 good rows and 1 malformed: 99 are read, 1 is kept with its own text."""
    rows = [json.dumps(row(id=number)) for number in range(100)]
    rows[40] = '{"id":  "x" , "createdAt":"2025-08-25T13:39:44Z","type":"USAGE"}'
    answer = read(f"[{','.join(rows)}]".encode())
    assert [record.id for record in answer.records] == [n for n in range(100) if n != 40]
    assert [reject.raw for reject in answer.rejects] == [rows[40]]


def test_a_rejected_row_s_text_is_cut_at_4_kib() -> None:
    """In bytes, and never within a character."""
    answer = read(body(row(), {"x": "ü" * 5_000}).replace(b"\\u00fc", "ü".encode()))
    assert len(answer.rejects[0].raw.encode()) == 4_096 - 1
    assert answer.rejects[0].raw.endswith("ü")


def test_a_reason_contains_nothing_of_the_row() -> None:
    """The reject's detail does not repeat the content."""
    marked = row(createdAt="s3cret-s3cret-s3cret-s3c", id="s3cret")
    answer = read(body(row(), marked, row(createdAt="s3cret"), row(creditsUsed="s3cret")))
    assert len(answer.rejects) == 3
    assert not any("s3cret" in reject.detail for reject in answer.rejects)


def test_an_answer_without_one_readable_row_means_a_changed_schema() -> None:
    """Its rows are kept, each with its code."""
    with pytest.raises(SchemaChangedError) as caught:
        read(body(*({"uuid": str(number), "cost": 1} for number in range(4_000))))
    assert [reject.raw for reject in caught.value.rejects[:2]] == [
        '{"uuid": "0", "cost": 1}',
        '{"uuid": "1", "cost": 1}',
    ]
    assert len(caught.value.rejects) == 4_000


@pytest.mark.parametrize("text", ['{"code":0,"data":%s}', '{"data":%s,"code":"0","msg":"ok"}'])
def test_code_0_means_success(text: str) -> None:
    (record,) = read((text % json.dumps([row(id=7)])).encode()).records
    assert record.id == 7


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"result":{"list":%s}}', "result.list"),
        ('{"data":{"records":%s,"total":2}}', "data.records"),
        ('{"code":0,"data":{"list":%s},"message":"ok"}', "data.list"),
        ('{"code":200,"data":null,"rows":%s}', "rows"),
        ('{"days":[{"day":"2025-08-25","rows":%s}]}', "days.[].rows"),
        ('{"pages":[%s,[]]}', "pages.[]"),
        ('{"success":true,"result":%s}', "result"),
        ('{"code":1,"data":%s}', "data"),
        ('{"code":40101,"data":{"items":%s}}', "data.items"),
    ],
)
def test_rows_in_an_unknown_envelope_are_rejected_one_by_one(text: str, path: str) -> None:
    """They are not read as records: the envelope may change their meaning."""
    rows = [json.dumps(row(id=number)) for number in (2**63 - 1, 2)]
    with pytest.raises(SchemaChangedError) as caught:
        read((text % f"[{', '.join(rows)}]").encode())
    assert [reject.raw for reject in caught.value.rejects] == rows
    assert [reject.id for reject in caught.value.rejects] == [2**63 - 1, 2]
    assert {(reject.code, reject.detail) for reject in caught.value.rejects} == {
        (RejectCode.UNKNOWN_ENVELOPE, path)
    }


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ('{"data":{"7":%s,"8":%s}}', ["data.7", "data.8"]),
        ("%s\n%s\n", ["", ""]),
    ],
    ids=["by id", "lines"],
)
def test_rows_outside_an_array_are_rejected_one_by_one(text: str, paths: list[str]) -> None:
    rows = [json.dumps(row(id=number)) for number in (7, 8)]
    with pytest.raises(SchemaChangedError) as caught:
        read((text % tuple(rows)).encode())
    assert [reject.id for reject in caught.value.rejects] == [7, 8]
    assert [reject.raw for reject in caught.value.rejects] == rows
    assert [reject.detail for reject in caught.value.rejects] == paths


def test_an_unknown_envelope_is_searched_to_a_limited_depth() -> None:
    text = '{"a":' * 50 + json.dumps([row()]) + "}" * 50
    with pytest.raises(SchemaChangedError) as caught:
        read(text.encode())
    assert [reject.code for reject in caught.value.rejects] == [RejectCode.ANSWER_WITHOUT_ROWS]


def test_rows_of_a_site_that_does_not_answer_usage_are_not_taken_for_rows() -> None:
    """An object with one or two of the names of a row is not a row."""
    with pytest.raises(SchemaChangedError) as caught:
        read(b'{"users":[{"id":1,"type":"admin"}]}')
    assert [reject.code for reject in caught.value.rejects] == [RejectCode.ANSWER_WITHOUT_ROWS]


@pytest.mark.parametrize("length", [10, 70_000])
def test_an_answer_without_rows_is_quarantined_unchanged(length: int) -> None:
    """At most 64 KiB of it."""
    data = json.dumps({"items": "x" * length})
    with pytest.raises(SchemaChangedError) as caught:
        read(data.encode())
    (kept,) = caught.value.rejects
    assert (kept.raw, kept.is_cut, kept.id) == (data[:65_536], length > 65_536, None)


@pytest.mark.parametrize(
    ("number", "told"), [(7, 7), ("7", 7), (None, None), (2**63, None), ("x", None), (1.5, None)]
)
def test_a_quarantined_row_has_its_id_if_readable(number: Any, told: int | None) -> None:
    """By it the row is known again when it comes in a form that can be read."""
    (reject,) = read(body(row(), row(id=number, creditsUsed=None))).rejects
    assert (reject.id, reject.is_cut) == (told, False)


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (json.dumps(row()), 1),
        (json.dumps([row(id=1), row(id=2)]), 2),
        (json.dumps({"code": 200, "data": [row()]}), 1),
        (json.dumps([row(id=1), row(id=2, creditsUsed=None)]), 0),
        ('{"id":1', 0),
        ("[]", 0),
        ('{"error":"Unauthorized"}', 0),
        ("<html>", 0),
    ],
)
def test_quarantined_rows_are_parsed_again_completely_or_not(raw: str, count: int) -> None:
    """A row or an answer; half of an answer stays where it is, so that nothing of it is lost."""
    assert len(wire.read_again(raw, now_ms=NOW)) == count


@pytest.mark.parametrize(
    "bad",
    [
        *(None, 5, "row", [], True, {}, {"id": 1}),
        *(row(type=None), row(type=7), row(endpoint=None), row(endpoint=["v1"])),
        *(row(model=5), row(model={}), row(id=None), row(id=True), row(id=1.5)),
        *(row(id=2**63), row(id=-(2**63) - 1), row(id="abc"), row(id="\uff11")),
    ],
    ids=repr,
)
def test_incomplete_rows_are_quarantined(bad: Any) -> None:
    answer = read(body(row(), bad))
    assert len(answer.records) == 1
    assert len(answer.rejects) == 1


@pytest.mark.parametrize("number", [0, 1, -1, 2**63 - 1, -(2**63), 2**53 + 1])
def test_ids_are_integers_of_64_bits(number: int) -> None:
    """Exactly, as a number or as its decimal string."""
    assert read(body(row(id=number))).records[0].id == number
    assert read(body(row(id=str(number)))).records[0].id == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", 9),
        ("0", 0),
        ("-5", -5),
        ("12.50", Decimal("12.5")),
        ('"12.50"', Decimal("12.5")),
        ('"100"', 100),
        ('"-5"', -5),
        ("1e3", 1000),
        ("1E-3", Decimal("0.001")),
        ("999999999999999", 999999999999999),
        ("0.1000000000000000055511151231257827", Decimal("0.1000000000000000055511151231257827")),
    ],
)
def test_credits_are_taken_exactly(text: str, expected: Credits) -> None:
    """A finite number or its decimal string, never through a float."""
    record = second(read(literal("creditsUsed", text)))
    assert record is not None
    assert record.credits == expected
    assert type(record.credits) is type(expected)


@pytest.mark.parametrize(
    "text",
    [
        *("1e400", "-1e400", "1e-400", "1e-5000000", "1e99999999999", "1" * 65),
        *("NaN", "Infinity", "-Infinity", "true", "false", "null", "[]", "{}"),
        *('""', '"abc"', '"NaN"', '"Infinity"', '" 12"', '"1_000"', '"0x10"', '"12,5"'),
        '"\uff11\uff12"',
    ],
)
def test_rows_with_credits_that_are_not_finite_are_quarantined(text: str) -> None:
    """Only their row is rejected, also for ``NaN``, which is not JSON."""
    assert second(read(literal("creditsUsed", text))) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"2025-08-25T13:39:44.230Z"', "2025-08-25T13:39:44.230Z"),
        ('"2025-08-25T13:39:44Z"', "2025-08-25T13:39:44.000Z"),
        ('"2025-08-25T13:39:44.230999999Z"', "2025-08-25T13:39:44.230Z"),
        ('"2025-08-25T21:39:44.230+08:00"', "2025-08-25T13:39:44.230Z"),
        ('"2025-08-24T24:00:00Z"', "2025-08-25T00:00:00.000Z"),
        ('"2025-08-24T24:00:00.000+08:00"', "2025-08-24T16:00:00.000Z"),
        ("1756129184", "2025-08-25T13:39:44.000Z"),
        ("1756129184.230", "2025-08-25T13:39:44.230Z"),
        ("1756129184230", "2025-08-25T13:39:44.230Z"),
        ('"2025-08-26T14:00:00Z"', "2025-08-26T14:00:00.000Z"),
        ('"2020-01-01T00:00:00Z"', "2020-01-01T00:00:00.000Z"),
    ],
)
def test_unambiguous_times_are_read(text: str, expected: str) -> None:
    record = second(read(literal("createdAt", text)))
    assert record is not None
    assert to_iso(record.t_ms) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"2025-08-27T14:00:00Z"',
        '"2025-08-26T14:00:00.001Z"',
        '"1970-01-01T00:00:00Z"',
        '"2019-12-31T23:59:59.999Z"',
        '"2025-08-25T13:39:44.230"',
        '"2025-08-25 13:39:44"',
        '"2025-08-25T24:00:01Z"',
        '"2025-08-25T24:01:00Z"',
        '"2025-08-25T25:00:00Z"',
        '"2025-02-30T00:00:00Z"',
        '"2025-08-25T13:39:60Z"',
        '"2025-08-25T13:39:44+99:99"',
        '"0001-01-01T00:00:00+14:00"',
        '"yesterday"',
        '"1756129184"',
        '""',
        "0",
        "1",
        "-1",
        "1e300",
        "1e400",
        "17561291842300000",
        "null",
        "true",
        "{}",
    ],
)
def test_rows_without_a_possible_time_are_quarantined(text: str) -> None:
    """Never read as "now"."""
    assert second(read(literal("createdAt", text))) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"a\ud800b"', "a\ufffdb"),
        (r'"\udc00"', "\ufffd"),
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"a\u0000b"', "a\ufffdb"),
        (r'"a\u202eb"', "a\u202eb"),
        (r'"a\tb\n"', "a\tb\n"),
        ('"' + "m" * 10_000 + '"', "m" * 256),
        ('"' + "\U0001f600" * 300 + '"', "\U0001f600" * 256),
        ('"<img src=x onerror=alert(1)>"', "<img src=x onerror=alert(1)>"),
        ('"__proto__"', "__proto__"),
        ("null", ""),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_any_text_is_a_model_of_at_most_256_characters(text: str, expected: str) -> None:
    """And can be encoded, stored and shown."""
    record = second(read(literal("model", text)))
    assert record is not None
    assert record.model == expected
    assert record.model.encode().decode() == expected


def test_unknown_types_and_endpoints_are_kept_and_do_not_count() -> None:
    codex = row(type="CODEX_USAGE", endpoint="backend-api/codex/responses")
    answer = read(body(codex, row(type="BONUS", endpoint=None), row(endpoint="v1/messages/x")))
    assert [record.type for record in answer.records] == ["CODEX_USAGE", "BONUS", "USAGE"]
    assert not any(record.counts for record in answer.records)


def test_unknown_fields_are_kept_unchanged() -> None:
    """Spelling of numbers and all, as one JSON object."""
    data = body(row()).replace(
        b'{"id"', '{"größe" : [1.50, {"x":1e400}],"cache":true, "id"'.encode()
    )
    assert read(data).records[0].extra == '{"größe":[1.50, {"x":1e400}],"cache":true}'


@pytest.mark.parametrize("text", ["NaN", "[1,-Infinity]", '{"x":{"y":NaN}}'])
def test_text_other_than_json_is_not_kept_as_json(text: str) -> None:
    """Only the row with ``NaN`` in an unknown field is rejected."""
    assert second(read(literal("note", text))) is None


def test_half_a_surrogate_pair_in_an_unknown_field_breaks_no_reader() -> None:
    """Complete pairs and escaped backslashes are unchanged."""
    data = literal("note", r'"\ud800 \ud83d\ude00 \\ud800 \udc00"')
    record = second(read(data))
    assert record is not None
    assert json.loads(record.extra) == {"note": "\ufffd \U0001f600 \\ud800 \ufffd"}
    assert json.loads(record.extra)["note"].encode()


def test_known_fields_that_cannot_be_read_but_need_not_be_are_kept() -> None:
    """A status or a label of another form costs the field, not the record."""
    record = read(body(row(statusCode="ok", apiKeyLabel=["a"]))).records[0]
    assert record.status is None
    assert record.api_key is None
    assert json.loads(record.extra) == {"statusCode": "ok", "apiKeyLabel": ["a"]}


def test_the_label_of_the_api_key_is_read() -> None:
    assert read(body(row(apiKeyLabel="laptop"))).records[0].api_key == "laptop"
    assert read(body(row(apiKeyLabel=None))).records[0].api_key is None


def test_a_row_with_too_many_unknown_fields_is_quarantined() -> None:
    """Unknown fields are stored, so their size is limited."""
    assert second(read(literal("note", '"' + "x" * 65_536 + '"'))) is None


def test_rows_are_bounded_in_number() -> None:
    """An answer of nothing but commas must not fill the memory."""
    with pytest.raises(TooLargeError):
        read(b"[" + b"0," * 100_000 + b"0]")


def test_repeated_ids_and_unordered_rows_are_passed_to_the_store() -> None:
    """Reading neither sorts nor merges."""
    answer = read(body(row(id=3), row(id=9), row(id=3, creditsUsed=8)))
    assert [record.id for record in answer.records] == [3, 9, 3]


def test_the_chart_s_hours_are_read() -> None:
    """Hours in UTC, oldest first, exact sums."""
    data = (
        b'{"chartData":[{"hour":"2025-12-08T03:00:00.000Z","consumed":13436,"added":0},'
        b'{"hour":"x","consumed":1},{"hour":"2025-12-08T04:00:00.000Z","consumed":"1.5"},7]}'
    )
    assert wire.read_chart(data) == (
        ChartHour(t_ms=from_iso("2025-12-08T03:00:00Z"), consumed=13436),
        ChartHour(t_ms=from_iso("2025-12-08T04:00:00Z"), consumed=Decimal("1.5")),
    )


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"[]", b"{}", b'{"chartData":null}', b'{"chartData":{}}', b"ok", b"\xff"),
        *(b"[" * 9_999, b"<html><body>Welcome</body></html>"),
    ],
    ids=repr,
)
def test_a_chart_that_is_not_understood_is_empty(data: bytes) -> None:
    """The validity check needs nothing of it but its status."""
    assert wire.read_chart(data) == ()


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (b'{"error":"Unauthorized"}', UnauthorizedError),
        (b'{"code":401}', UnauthorizedError),
        (b"<html><input type='password'></html>", LoginPageError),
        (b"<html><script>var arg1='1'</script></html>", ChallengeError),
    ],
)
def test_a_chart_that_is_a_refusal_fails_the_check(
    data: bytes, failure: type[UpstreamError]
) -> None:
    with pytest.raises(failure):
        wire.read_chart(data)


def attempt(data: bytes) -> None:
    """Read it both ways; only the tree of failures may come of it."""
    with suppress(UpstreamError):
        read(data)
    with suppress(UpstreamError):
        wire.read_chart(data)


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_the_tree(data: bytes) -> None:
    attempt(data)


@given(st.text(alphabet='[]{}",:0123456789.eE-ntrufalsNI\\ud8 ', max_size=200))
def test_no_text_that_looks_like_json_raises_anything_but_the_tree(text: str) -> None:
    attempt(text.encode())


TEXTS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=20)
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | TEXTS
    | st.sampled_from(["USAGE", "v1/messages", "2025-08-25T13:39:44Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*row(), "apiKeyLabel", "data", "x"]), JSON_VALUES),
        min_size=1,
        max_size=5,
    )
)
def test_no_row_is_lost(rows: list[dict[str, Any]]) -> None:
    """Each row is a record or a reject, and its text can be stored as UTF-8."""
    answer = read(json.dumps([row(), *(row() | each for each in rows)]).encode())
    assert len(answer.records) + len(answer.rejects) == 1 + len(rows)
    for record in answer.records:
        assert all(text.encode() or True for text in (record.model, record.extra))
    assert all(reject.raw.encode() for reject in answer.rejects)


RECORDS = st.builds(
    Record,
    id=st.integers(-(2**63), 2**63 - 1),
    t_ms=st.integers(EARLIEST_MS, NOW + DAY_MS),
    type=st.sampled_from(["USAGE", "CODEX_USAGE"]),
    endpoint=TEXTS,
    model=TEXTS,
    credits=st.integers(-(10**15), 10**15) | st.decimals(-(10**9), 10**9, places=3).map(normal),
    status=st.none() | st.integers(100, 599),
    api_key=st.none() | TEXTS,
)


def written(record: Record) -> str:
    """A record as the upstream would write it."""
    fields = {
        "id": record.id,
        "type": record.type,
        "endpoint": record.endpoint,
        "createdAt": to_iso(record.t_ms),
        "model": record.model,
        "statusCode": record.status,
        "apiKeyLabel": record.api_key,
        "creditsUsed": "@credits@",
    }
    return json.dumps(fields).replace('"@credits@"', str(record.credits))


@given(st.lists(RECORDS, min_size=1, max_size=6))
def test_records_survive_the_way_through_json(records: list[Record]) -> None:
    """A record that the site encodes is read as the same record."""
    data = f"[{','.join(map(written, records))}]".encode()
    assert read(data) == Answer(records=tuple(records))
