"""Messages that are due: when one is tried, given up, held back, and by which channels."""

import msgspec
import pytest

from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.channel import Channel
from creditcurve.domain.digest import Digest
from creditcurve.domain.episode import Episode, Notice
from creditcurve.domain.episode import State as EpisodeState
from creditcurve.domain.outbox import (
    MAX_ATTEMPTS,
    PAUSES_S,
    Attempt,
    Content,
    Message,
    State,
    delivered,
    dropped,
    is_due,
    is_refused,
    retried,
    undeliverable,
)

NOW_MS = 1_795_000_000_000
MESSAGE = Message(id="m", due_ms=NOW_MS, next_try_ms=NOW_MS)
FAILING = Channel(id="a", kind="webhook", name="Phone", failing_since_ms=NOW_MS)
REFUSED = Attempt(at_ms=NOW_MS, channel="a", ok=False, is_final=True, answer="404")
FAILED = Attempt(at_ms=NOW_MS, channel="a", ok=False, answer="timeout")
EPISODE = Episode(
    rule="r", state=EpisodeState.FIRING, since_ms=NOW_MS, changed_ms=NOW_MS, value=1, peak=1
)
DIGEST = Digest(
    date="2026-11-18",
    from_ms=0,
    to_ms=1,
    total=0,
    requests=0,
    usual=None,
    complete=1.0,
    models=(),
    keys=(),
)


def content(*channels: str, urgent: bool = False) -> Content:
    """Return a report of a rule with these channels."""
    rule = Rule(id="r", kind=Kind.DISK, channels=channels, urgent=urgent)
    return Content(at_ms=NOW_MS, notice=Notice.FIRED, rule=rule, episode=EPISODE)


def message(**fields: object) -> Message:
    """Return a waiting message with these fields."""
    return msgspec.structs.replace(MESSAGE, **fields)


@pytest.mark.parametrize(
    ("wait_ms", "is_tried"),
    [(0, True), (-1, True), (1, False), (max(PAUSES_S) * 1000, False)],
)
def test_a_message_is_tried_from_its_next_try_on(wait_ms: int, is_tried: bool) -> None:
    assert is_due(message(next_try_ms=NOW_MS + wait_ms), NOW_MS) is is_tried


def test_a_clock_that_was_set_back_delays_no_message() -> None:
    assert is_due(message(next_try_ms=NOW_MS + max(PAUSES_S) * 1000 + 1), NOW_MS)


@pytest.mark.parametrize("state", [one for one in State if one is not State.WAITING])
def test_only_a_waiting_message_is_due(state: State) -> None:
    assert not is_due(message(state=state), NOW_MS)


def test_a_waiting_or_held_message_is_open() -> None:
    assert {state for state in State if message(state=state).is_open} == {
        State.WAITING,
        State.HELD,
    }


def test_tries_pause_longer_and_longer_until_the_message_is_given_up() -> None:
    waiting, now_ms = MESSAGE, NOW_MS
    for number, pause_s in enumerate(PAUSES_S, start=1):
        waiting = retried(waiting, (FAILED,), now_ms)
        assert (waiting.state, waiting.tries) == (State.WAITING, number)
        assert waiting.next_try_ms == now_ms + pause_s * 1000
        now_ms = waiting.next_try_ms
    over = retried(waiting, (FAILED,), now_ms)
    assert (over.state, over.next_try_ms) == (State.FAILED, now_ms)
    assert over.attempts == (FAILED,) * (len(PAUSES_S) + 1)


def test_the_newest_attempts_are_kept() -> None:
    before = message(attempts=(REFUSED, *[FAILED] * (MAX_ATTEMPTS - 1)))
    newest = msgspec.structs.replace(FAILED, at_ms=NOW_MS + 1)
    kept = retried(before, (newest,), NOW_MS).attempts
    assert kept == (*[FAILED] * (MAX_ATTEMPTS - 1), newest)


def test_a_message_ends_as_sent_failed_or_dropped() -> None:
    accepted = Attempt(at_ms=NOW_MS, channel="b", ok=True, answer="200")
    sent = delivered(message(attempts=(FAILED,)), (accepted,))
    assert sent == message(state=State.SENT, attempts=(FAILED, accepted))
    assert undeliverable(MESSAGE) == message(state=State.FAILED)
    assert dropped(MESSAGE) == message(state=State.DROPPED)


def test_a_refusal_counts_while_its_channel_is_failing() -> None:
    """A channel that was changed since is tried again."""
    refused = message(attempts=(REFUSED,))
    assert is_refused(refused, FAILING)
    assert not is_refused(refused, msgspec.structs.replace(FAILING, failing_since_ms=None))
    assert not is_refused(refused, msgspec.structs.replace(FAILING, id="b"))
    assert not is_refused(message(attempts=(FAILED,)), FAILING)


def test_a_message_goes_to_the_channels_of_its_rules_each_once() -> None:
    assert message(contents=(content("b", "a"), content("a", "c"))).channels == ("b", "a", "c")
    assert message(digest=DIGEST, receivers=("d",)).channels == ("d",)


def test_quiet_hours_hold_back_neither_an_urgent_message_nor_a_digest() -> None:
    assert message(contents=(content(),)).may_be_held
    assert not message(contents=(content(), content(urgent=True))).may_be_held
    assert not message(digest=DIGEST).may_be_held
