"""Quiet hours hold all but urgent messages, and join them afterwards."""

import msgspec

from creditcurve.alerting.quiet import quieted
from creditcurve.domain.outbox import Attempt, Message, State
from unit.alerting.outboxes import message


def test_held_messages_are_joined() -> None:
    waiting = [message("a"), message("b"), message("c", urgent=True)]
    held = quieted(waiting, is_quiet=True, now_ms=0, new_id="x")
    assert [(one.id, one.state) for one in held] == [("a", State.HELD), ("b", State.HELD)]
    *merged, joined = quieted(held, is_quiet=False, now_ms=9, new_id="x")
    assert [(one.state, one.merged_into) for one in merged] == [(State.MERGED, "x")] * 2
    assert (joined.id, joined.state, len(joined.contents)) == ("x", State.WAITING, 2)
    assert msgspec.json.decode(msgspec.json.encode(joined), type=Message) == joined


def test_a_single_held_message_is_not_joined() -> None:
    held = quieted([message("a")], is_quiet=True, now_ms=0, new_id="x")
    (after,) = quieted(held, is_quiet=False, now_ms=9, new_id="x")
    assert (after.id, after.state) == ("a", State.WAITING)


def test_a_message_that_was_tried_before_is_not_held() -> None:
    attempt = Attempt(at_ms=0, channel="c", ok=False, answer="down")
    tried = msgspec.structs.replace(message("a"), attempts=(attempt,))
    assert quieted([tried], is_quiet=True, now_ms=0, new_id="x") == []
