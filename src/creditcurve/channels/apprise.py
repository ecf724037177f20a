"""Apprise: more than a hundred services by its address notation, in a child process.

The library is an extra, ``creditcurve[apprise]``, and takes 36 MB in use: the child ends after each
message. It gets a JSON object on standard input and answers with one; no secret is an argument.
Apprise makes connections of its own, which cannot be checked, so ``--allow-private-channels`` is
needed.
"""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from typing import Final

import msgspec

from creditcurve.channels.protocol import Answer, ChannelError, Http, Message, Priority, Target
from creditcurve.channels.replies import encode
from creditcurve.decoding import decode

DEADLINE_S: Final = 30.0
PASSED: Final = ("PATH", "HOME", "LANG", "SYSTEMROOT", "TEMP", "TMPDIR")
CHILD: Final = (sys.executable, "-m", "creditcurve.channels.apprise_child")
NOT_INSTALLED: Final = "Apprise is not installed: pip install 'creditcurve[apprise]'."
NEEDS_FLAG: Final = "Apprise connects by itself: start CreditCurve with --allow-private-channels."


class ChildAnswer(msgspec.Struct, frozen=True):
    """The answer of the child."""

    is_ok: bool
    answer: str = ""


async def send(
    target: Target, message: Message, http: Http, *, command: Sequence[str] = CHILD
) -> Answer:
    """Send a message through a child process."""
    if not http.allows_private:
        raise ChannelError(NEEDS_FLAG, is_final=True)
    if getattr(sys, "frozen", False) and command is CHILD:
        raise ChannelError(NOT_INSTALLED, is_final=True)
    fields = {
        "url": target.url,
        "title": message.title,
        "body": message.body,
        "is_urgent": message.priority is Priority.URGENT,
    }
    found = await _asked(command, encode(fields))
    if not found.is_ok:
        raise ChannelError(found.answer, is_final=found.answer == NOT_INSTALLED)
    return Answer(200, found.answer)


async def _asked(command: Sequence[str], body: bytes) -> ChildAnswer:
    child = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_environment()
    )
    try:
        async with asyncio.timeout(DEADLINE_S):
            output, _ = await child.communicate(body)
        return decode(output, ChildAnswer)
    except TimeoutError:
        raise ChannelError("Apprise did not answer in time.") from None
    except msgspec.MsgspecError:
        raise ChannelError("Apprise ended without an answer.") from None
    finally:
        await _end(child)


def _environment() -> dict[str, str]:
    """Return the part of the environment that the library may need; it contains no secret."""
    return {name: os.environ[name] for name in PASSED if name in os.environ}


async def _end(child: Process) -> None:
    """End the child, if it runs, also when this task is cancelled."""
    if child.returncode is None:
        child.kill()
        await child.wait()
