"""What channels do alike: encode a body, and decide whether an answer accepts the message."""

from collections.abc import Container, Mapping
from typing import Any, Final

import msgspec

from creditcurve.channels.protocol import Answer, ChannelError, Reply, Target
from creditcurve.domain.record import shown

MAX_ANSWER_LENGTH: Final = 200
FINAL_STATUSES: Final = frozenset({400, 401, 403, 404, 410})


def encode(fields: Mapping[str, Any]) -> bytes:
    """Return fields as a JSON body."""
    return msgspec.json.encode(fields)


def answer_of(code: object, message: object) -> str:
    """Return a code and a message as one short line."""
    parts = [str(part) for part in (code, message) if part not in (None, "")]
    return shown(" ".join(parts))[:MAX_ANSWER_LENGTH]


def accept(
    reply: Reply,
    *,
    is_ok: bool,
    code: object = None,
    message: object = None,
    final_codes: Container[object] = (),
) -> Answer:
    """Return the answer of a receiver that accepted a message.

    Args:
        reply: the HTTP answer.
        is_ok: whether its protocol says so.
        code: the code of its protocol.
        message: the message field of its protocol.
        final_codes: the codes for which another try is useless.

    Raises:
        ChannelError: it did not.
    """
    answer = answer_of(code, message)
    if not is_ok or not 200 <= reply.status < 300:
        raise ChannelError(
            answer or f"HTTP {reply.status}",
            status=reply.status,
            is_final=reply.status in FINAL_STATUSES or code in final_codes,
            retry_after_s=reply.retry_after_s,
        )
    return Answer(reply.status, answer)


def secret_of(target: Target) -> str:
    """Return the channel's secret.

    Raises:
        ChannelError: the channel has no secret.
    """
    if target.secret is None:
        raise ChannelError("The channel has no secret.", is_final=True)
    return target.secret.reveal().decode()
