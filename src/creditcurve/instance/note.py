"""The note beside the lock: the address of the running instance, and a token for its commands.

With the token, ``creditcurve status`` needs no access key; only the note's owner can read it.
"""

import os
import secrets
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from creditcurve.decoding import decode

_LOOPBACK: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - replaced, not bound to
_NAME: Final = "instance.json"


class Instance(msgspec.Struct, frozen=True, kw_only=True):
    """A running instance: its address, its process, and a token for this machine's commands.

    Attributes:
        secret: proves which instance answers (``domain.identity``); it is never sent. Empty in the
            note of an older version.
    """

    address: str
    pid: int
    token: str
    secret: str = ""


def announce(folder: Path, instance: Instance) -> None:
    """Write the note atomically."""
    draft = folder / f"{_NAME}.{secrets.token_hex(4)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(instance))
    draft.replace(folder / _NAME)


def find(folder: Path) -> Instance | None:
    """Return the note; it may be left over from a crash."""
    try:
        return decode((folder / _NAME).read_bytes(), Instance)
    except (OSError, msgspec.MsgspecError):
        return None


def remove(folder: Path) -> None:
    """Delete the note, if it exists."""
    (folder / _NAME).unlink(missing_ok=True)


def local_address(address: str) -> str:
    """Return a server's address for this machine, also if the server listens on all."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    name = _LOOPBACK.get(host, host)
    shown = f"[{name}]" if ":" in name else name
    return parts._replace(netloc=f"{shown}:{parts.port}").geturl()
