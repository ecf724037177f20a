"""The answers of the account endpoints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.account_facts import Facts, KeyTotal, Part, PartKey, Source
from creditcurve.domain.instant import from_iso
from creditcurve.domain.unit import Unit
from creditcurve.upstream.account import PATHS, read_facts
from creditcurve.upstream.errors import NotAvailableError

SECRET = "sk-ant-1234567890"
CREDITS = b'{"userId":1017428,"email":null,"credits":7739,"plan":"PRO"}'


def test_credits_of_the_first_era() -> None:
    found = read_facts(Source.CREDITS, CREDITS)
    assert found == Facts(user="1017428", plan="PRO", unit=Unit.CREDITS, balance=7739)


def test_credits_in_parts_with_their_limit() -> None:
    body = (
        b'{"credits":7739,"plan":"PRO","normalCredits":7000,'
        b'"bonusCredits":"739","creditLimit":8000}'
    )
    found = read_facts(Source.CREDITS, body)
    assert found.parts == (Part(PartKey.NORMAL, 7000), Part(PartKey.BONUS, 739))
    assert found.maximum == 8000


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_wallet_in_thousandths_of_a_yuan(quote: str) -> None:
    body = f'{{"success":true,"data":{{"balance":{quote}197713{quote},"bonusBalance":"1851"}}}}'
    found = read_facts(Source.WALLET, body.encode())
    assert (found.unit, found.balance) == (Unit.YUAN, 199_564)
    assert found.parts == (
        Part(PartKey.SUBSCRIPTION, 197_713),
        Part(PartKey.PAY_AS_YOU_GO, 1_851),
    )


def test_a_profile() -> None:
    body = b'{"user":{"id":"1001489","plan":"ULTRA","status":"ACTIVE","credits":924784}}'
    found = read_facts(Source.PROFILE, body)
    assert (found.user, found.plan) == ("1001489", "ULTRA")
    assert (found.unit, found.balance) == (Unit.YUAN, 924_784)


def test_recovery_and_reset() -> None:
    assert read_facts(Source.RECOVERY, b'{"recoveryRate":200}').recovery_per_h == 200
    assert read_facts(Source.RESET, b'{"remainingResets":1,"x":0}').resets_left == 1


def test_a_session_and_its_end() -> None:
    body = b'{"user":{"id":1,"plan":"MAX"},"expires":"2026-12-26T10:00:00.000Z"}'
    found = read_facts(Source.SESSION, body)
    assert (found.user, found.plan) == ("1", "MAX")
    assert found.session_expires_at_ms == from_iso("2026-12-26T10:00:00.000Z")


def test_prices() -> None:
    body = (
        b'{"data":[{"modelName":"claude-opus-4-5","inputPrice":15,"outputPrice":"75.5",'
        b'"cacheCreationPrice":null,"isActive":false}]}'
    )
    (price,) = read_facts(Source.PRICING, body).prices
    assert price.model == "claude-opus-4-5"
    assert (price.input, str(price.output), price.cache_creation) == (15, "75.5", None)
    assert not price.is_active


def test_the_secret_of_a_key_is_dropped() -> None:
    body = f'{{"data":[{{"name":"laptop","totalConsumed":13436,"apiKey":"{SECRET}"}}]}}'
    found = read_facts(Source.API_KEYS, body.encode())
    assert found.keys == (KeyTotal("laptop", 13_436),)
    assert SECRET not in repr(found)


@pytest.mark.parametrize(
    "body",
    [
        f'{{"data":[{{"name":"laptop","totalConsumed":"{SECRET}","apiKey":"{SECRET}"}}]}}',
        f'{{"data":[{{"name":"laptop","apiKey":"{SECRET}"}}]}}',
        f'{{"data":["{SECRET}"]}}',
        f'{{"data":"{SECRET}',
    ],
)
def test_no_error_contains_the_secret_of_a_key(body: str) -> None:
    with pytest.raises(NotAvailableError) as caught:
        read_facts(Source.API_KEYS, body.encode())
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{}", b"<html>", b'{"data":1}', b'{"user":null}', b"\xff"]
)
def test_another_shape_is_not_available(source: Source, body: bytes) -> None:
    with pytest.raises(NotAvailableError):
        read_facts(source, body)


@pytest.mark.parametrize("amount", ["NaN", "1e400", "true", '"many"', "[]", "-0x1"])
def test_an_amount_other_than_a_number_is_not_available(amount: str) -> None:
    with pytest.raises(NotAvailableError):
        read_facts(Source.CREDITS, f'{{"credits":{amount},"plan":"PRO"}}'.encode())


@given(st.sampled_from(Source), st.binary(max_size=300))
def test_any_body_is_read_or_not_available(source: Source, body: bytes) -> None:
    try:
        read_facts(source, body)
    except NotAvailableError:
        return


def test_every_source_has_a_path() -> None:
    assert set(PATHS) == set(Source)
