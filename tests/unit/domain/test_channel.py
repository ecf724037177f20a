"""A channel: the address that is shown, its health, and the order in which channels are tried."""

import msgspec
import pytest

from creditcurve.domain.channel import (
    COOL_DOWN_MS,
    Channel,
    accepted,
    counted,
    failed,
    in_order,
    masked,
    origin_of,
    paused,
)
from creditcurve.domain.instant import MINUTE_MS

NOW_MS = 1_795_000_000_000
CHANNEL = Channel(id="a", kind="webhook", name="Phone")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.test", "https://example.test"),
        ("https://example.test/", "https://example.test"),
        ("http://example.test:8443/", "http://example.test:8443"),
        ("https://example.test/bot123:token/send", "https://example.test/…"),
        ("https://example.test?token=1", "https://example.test/…"),
        ("https://user:password@example.test", "https://example.test/…"),
        ("smtp://mail.example.test:587/", "smtp://mail.example.test:587"),
        ("smtps://me@mail.example.test", "smtps://mail.example.test/…"),
        ("tgram://bottoken/chat", "tgram://…"),
        ("https://[bad", "…"),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_parts_that_may_be_secret(url: str, shown: str) -> None:
    assert masked(url) == shown


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Example.test:8443/path?query", "https://example.test:8443"),
        ("http://example.test/path", "http://example.test"),
        ("https://example.test:99999/", ""),
        ("https://[bad", ""),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str) -> None:
    assert origin_of(url) == origin


def test_failures_count_from_the_first_until_a_message_is_accepted() -> None:
    once = failed(CHANNEL, NOW_MS, "refused")
    assert (once.failing_since_ms, once.failed_ms, once.error) == (NOW_MS, NOW_MS, "refused")
    twice = failed(once, NOW_MS + 5, "timeout")
    assert (twice.failing_since_ms, twice.failed_ms, twice.error) == (
        NOW_MS,
        NOW_MS + 5,
        "timeout",
    )
    assert accepted(twice, NOW_MS + 9) == msgspec.structs.replace(CHANNEL, succeeded_ms=NOW_MS + 9)


def test_the_messages_of_the_last_minute_are_kept() -> None:
    first = counted(CHANNEL, NOW_MS)
    second = counted(first, NOW_MS + MINUTE_MS - 1)
    assert second.sent_ms == (NOW_MS, NOW_MS + MINUTE_MS - 1)
    assert counted(first, NOW_MS + MINUTE_MS).sent_ms == (NOW_MS + MINUTE_MS,)
    assert counted(first, NOW_MS).sent_ms == (NOW_MS, NOW_MS)


def test_a_clock_that_was_set_back_forgets_messages_of_the_future() -> None:
    assert counted(counted(CHANNEL, NOW_MS), NOW_MS - 1).sent_ms == (NOW_MS - 1,)


def test_a_receiver_may_ask_to_wait() -> None:
    assert paused(CHANNEL, NOW_MS).resumes_ms == NOW_MS


def channels(**failures: int | None) -> list[Channel]:
    """Return a channel for each name, with the instant of its last failure."""
    return [
        msgspec.structs.replace(CHANNEL, id=name, failed_ms=failed_ms)
        for name, failed_ms in failures.items()
    ]


def ids(found: list[Channel]) -> str:
    """Return the ids in their order."""
    return "".join(one.id for one in found)


def test_a_message_goes_to_the_channels_of_its_rule_or_to_all() -> None:
    known = channels(a=None, b=None, c=None)
    assert ids(in_order(known, ["c", "x", "a"], NOW_MS)) == "ca"
    assert ids(in_order(known, [], NOW_MS)) == "abc"
    assert ids(in_order(known, ["x"], NOW_MS)) == "abc"


def test_a_channel_that_is_switched_off_gets_nothing() -> None:
    known = channels(a=None, b=None)
    known[0] = msgspec.structs.replace(known[0], enabled=False)
    assert ids(in_order(known, [], NOW_MS)) == "b"
    assert ids(in_order(known, ["a", "b"], NOW_MS)) == "b"


@pytest.mark.parametrize(
    ("failed_ms", "order"),
    [
        (None, "ab"),
        (NOW_MS, "ba"),
        (NOW_MS - COOL_DOWN_MS + 1, "ba"),
        (NOW_MS - COOL_DOWN_MS, "ab"),
        (NOW_MS + 1, "ab"),
    ],
)
def test_a_channel_that_failed_shortly_before_goes_last(failed_ms: int | None, order: str) -> None:
    assert ids(in_order(channels(a=failed_ms, b=None), [], NOW_MS)) == order
