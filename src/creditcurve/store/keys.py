"""Where the key that seals the cookie lies: the system's keyring, or a file of its own.

A keyring is asked only where it is one of the systems' own and open: nothing here waits for a
prompt. A key that exists is never replaced; a file that others could read is closed to them or
refused.
"""

import contextlib
import logging
import os
import queue
import re
import secrets
import stat
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, TypeVar

from creditcurve.store.errors import StoreError, StoreUnavailable
from creditcurve.store.files import sync_folder

log = logging.getLogger(__name__)

KEY_BYTES: Final = 32
PATIENCE_S: Final = 2.0
"""A keyring that has not answered by then is asking somebody something."""

_SERVICE: Final = "creditcurve"
_ENTRY: Final = "cookie sealing key"
_REAL_BACKENDS: Final = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "macOS", "Windows")
)
"""Not among them: those that keep nothing or plain text, and those that ask for a password."""
_WRITTEN: Final = re.compile(rf"([0-9a-f]{{{KEY_BYTES * 2}}})\n?".encode())

_T = TypeVar("_T")


class VaultKeyRefused(StoreError):  # noqa: N818 - a refusal to use a key
    """The key cannot be used as it lies there; the text says what to do."""


class KeySource(Protocol):
    """A place for one key."""

    @property
    def name(self) -> str:
        """What the place is called in states and logs."""
        ...

    def read(self) -> bytes | None:
        """The key; None where there is none to be had."""
        ...

    def create(self) -> bytes | None:
        """Make a key and keep it; the one that is there where there is one; None if it cannot."""
        ...


class Backend(Protocol):
    """What is asked of the ``keyring`` package's backends."""

    def get_password(self, service: str, username: str) -> str | None:
        """The entry, if there is one."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Make or replace the entry."""
        ...


class Found:
    """The answer of a keyring: its entry, or that it has none."""

    def __init__(self, entry: str | None) -> None:
        self.key = _key_in(entry.encode()) if entry else None


def system_keyring() -> Backend | None:
    """The system's own keyring, where there is one and it is unlocked."""
    is_linux = sys.platform not in ("win32", "darwin")
    if is_linux and "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        return None  # nobody to ask: spare a server the 0.1 s that the import takes
    import keyring  # noqa: PLC0415 - not needed by those who use a key of their own
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415 - as above

    chosen = keyring.get_keyring()
    backends = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    backend = next((b for b in backends if is_real(b)), None)
    if backend is None or (is_linux and _is_locked()):
        return None
    return backend


def is_real(backend: object) -> bool:
    """Whether a backend is a system's keyring, and not one that keeps nothing or plain text."""
    return type(backend).__module__ in _REAL_BACKENDS


def _is_locked() -> bool:
    """Whether the Secret Service would open a prompt to unlock or to make its collection."""
    import secretstorage  # noqa: PLC0415 - comes with keyring on Linux alone

    with contextlib.closing(secretstorage.dbus_init()) as connection:
        try:
            return bool(secretstorage.Collection(connection).is_locked())
        except secretstorage.ItemNotFoundException:
            return True


class KeyringKey:
    """The key as an entry of the system's keyring."""

    name: Final = "keyring"

    def __init__(
        self,
        find: Callable[[], Backend | None] = system_keyring,
        *,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._find = find
        self._patience_s = patience_s

    def look(self) -> Found | None:
        """What the keyring says; None where none answers."""
        return self._ask(lambda keyring: Found(keyring.get_password(_SERVICE, _ENTRY)))

    def read(self) -> bytes | None:
        """The key; None where no keyring answers or it has none."""
        found = self.look()
        return found.key if found else None

    def create(self) -> bytes | None:
        """Make a key; None where the keyring does not take it or does not give it back."""
        key = self.read()
        if key is not None:
            return key
        text = secrets.token_hex(KEY_BYTES)
        self._ask(lambda keyring: keyring.set_password(_SERVICE, _ENTRY, text))
        return self.read()

    def _ask(self, question: Callable[[Backend], _T]) -> _T | None:
        def ask() -> _T | None:
            keyring = self._find()
            return None if keyring is None else question(keyring)

        return _within(self._patience_s, ask)


def _within(patience_s: float, ask: Callable[[], _T | None]) -> _T | None:
    """The answer, or None when there is none in time; a keyring that hangs is left to itself."""
    answers: queue.SimpleQueue[_T | None] = queue.SimpleQueue()

    def put() -> None:
        try:
            answers.put(ask())
        except Exception as error:  # noqa: BLE001 - what a keyring raises depends on the system
            log.info("keyring does not answer error=%s", type(error).__name__)
            answers.put(None)

    threading.Thread(target=put, name="keyring", daemon=True).start()
    try:
        return answers.get(timeout=patience_s)
    except queue.Empty:
        log.warning("keyring does not answer within %g s", patience_s)
        return None


class KeyFile:
    """The key as a file that its owner alone can read, in a folder of its own."""

    name: Final = "file"

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes | None:
        """The key; None where there is no file.

        Raises:
            VaultKeyRefused: it is no key file, cannot be read, or stays open to others.
        """
        try:
            with self._path.open("rb") as file:
                self._close_to_others(file.fileno())
                content = file.read(1_024)
            self._close_folder()
        except FileNotFoundError:
            return None
        except OSError as error:
            detail = f"The key file {self._path} cannot be read: {error.strerror}"
            raise VaultKeyRefused(detail) from error
        key = _key_in(content)
        if key is None:
            raise VaultKeyRefused(
                f"{self._path} is not a key file: move it away, start again, and paste the cookie."
            )
        return key

    def create(self) -> bytes | None:
        """Make the file, whole or not at all; two who make it at once end with the same key.

        Raises:
            VaultKeyRefused: its folder is open to others.
            StoreUnavailable: it cannot be written.
        """
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._close_folder()
            self._write(f"{secrets.token_hex(KEY_BYTES)}\n".encode())
        except OSError as error:
            detail = f"The key file {self._path} cannot be written: {error.strerror}"
            raise StoreUnavailable(detail) from error
        return self.read()

    def _write(self, content: bytes) -> None:
        descriptor, name = tempfile.mkstemp(dir=self._path.parent, prefix=f"{self._path.name}.")
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                _place(draft, self._path)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(self._path.parent)

    def _close_to_others(self, descriptor: int) -> None:
        if os.name == "nt" or not os.fstat(descriptor).st_mode & 0o077:
            return
        with contextlib.suppress(OSError):  # what counts is the mode it has then
            os.fchmod(descriptor, 0o600)
        if os.fstat(descriptor).st_mode & 0o077:
            raise VaultKeyRefused(
                f"The key file {self._path} can be read by others: make it yours, with mode 0600."
            )
        log.warning("key file was open to others and is closed now file=%s", self._path)

    def _close_folder(self) -> None:
        """Close a folder that is the key's own; refuse one in which others could exchange it."""
        folder = self._path.parent
        if os.name == "nt" or not folder.stat().st_mode & 0o077:
            return
        if all(path.name.startswith(self._path.name) for path in folder.iterdir()):
            with contextlib.suppress(OSError):  # what counts is the mode it has then
                folder.chmod(0o700)
        status = folder.stat()
        if status.st_mode & 0o022 and not status.st_mode & stat.S_ISVTX:
            raise VaultKeyRefused(f"Others can write to {folder}, where the key file is to lie.")


def _place(draft: Path, path: Path) -> None:
    """Give the draft its name unless that is taken.

    Raises:
        FileExistsError: it is.
    """
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        draft.replace(path)


def _key_in(content: bytes) -> bytes | None:
    match = _WRITTEN.fullmatch(content)
    return bytes.fromhex(match[1].decode()) if match else None
