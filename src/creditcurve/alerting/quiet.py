"""Quiet hours: messages that are not urgent are held, and afterwards joined into one."""

from collections.abc import Iterable

import msgspec

from creditcurve.domain.outbox import Message, State


def quieted(
    messages: Iterable[Message], *, is_quiet: bool, now_ms: int, new_id: str
) -> list[Message]:
    """Return the messages that change because of quiet hours.

    A message that was tried before they began is not held.

    Args:
        messages: those that are waiting or held.
        is_quiet: whether it is within quiet hours.
        now_ms: when a joined message becomes due.
        new_id: the id of a joined message.
    """
    if is_quiet:
        waiting = (one for one in messages if one.state is State.WAITING and not one.attempts)
        return [_in_state(one, State.HELD) for one in waiting if one.may_be_held]
    held = [one for one in messages if one.state is State.HELD]
    if len(held) < 2:
        return [_in_state(one, State.WAITING) for one in held]
    contents = tuple(part for one in held for part in one.contents)
    joined = Message(id=new_id, due_ms=now_ms, contents=contents)
    return [*(_merged(one, new_id) for one in held), joined]


def _in_state(message: Message, state: State) -> Message:
    return msgspec.structs.replace(message, state=state)


def _merged(message: Message, into: str) -> Message:
    return msgspec.structs.replace(message, state=State.MERGED, merged_into=into)
