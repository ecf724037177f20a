"""The one instance of a data folder: a lock that dies with the process, and where to reach it.

The note beside the lock carries the address and a token for this machine's command line, so that
``creditcurve status`` needs no access key; it is readable by its owner alone.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - replaced, not bound to
_LOCK = "creditcurve.lock"
_NOTE = "instance.json"


class Instance(msgspec.Struct, frozen=True, kw_only=True):
    """A running instance: its address, its process, and a key for this machine's command line."""

    address: str
    pid: int
    token: str


class AlreadyRunning(Exception):  # noqa: N818 - a refusal to start twice
    """Another instance has the data folder; ``instance`` is None while it is still starting."""

    def __init__(self, instance: Instance | None) -> None:
        super().__init__(instance.address if instance else "starting")
        self.instance = instance


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the data folder, which is made (0700) where there is none.

    Raises:
        AlreadyRunning: another process holds it.
        OSError: the folder cannot be made or written to.
    """
    import filelock  # noqa: PLC0415 - 25 ms that ``find`` need not pay

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    lock = filelock.FileLock(folder / _LOCK, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise AlreadyRunning(find(folder)) from error
    try:
        (folder / _NOTE).unlink(missing_ok=True)  # of an instance that crashed: nobody is there
        yield
    finally:
        (folder / _NOTE).unlink(missing_ok=True)
        lock.release()


def announce(folder: Path, instance: Instance) -> None:
    """Leave the note, whole or not at all."""
    draft = folder / f"{_NOTE}.{secrets.token_hex(4)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(instance))
    draft.replace(folder / _NOTE)


def from_here(address: str) -> str:
    """How this machine itself reaches an address: one that means every address is none to go to."""
    scheme, _, place = address.partition("://")
    host, _, port = place.rpartition(":")
    return f"{scheme}://{_EVERYWHERE.get(host, host)}:{port}"


def find(folder: Path) -> Instance | None:
    """What the note says, if there is one; a note left by a crash may name nobody."""
    try:
        return msgspec.json.decode((folder / _NOTE).read_bytes(), type=Instance)
    except (OSError, msgspec.MsgspecError):
        return None
