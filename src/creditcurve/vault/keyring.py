"""Where the key that seals the cookie lies: the system's keyring, or a file of its own.

A keyring is asked only where it is one of the systems' own and open: nothing here waits for a
prompt. A key that exists is never replaced: a new one gets the next number beside it, for another
data folder may still be sealed with the old one. A file that others could read is closed to them
or refused.
"""

import contextlib
import itertools
import logging
import os
import queue
import re
import secrets
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol, TypeVar

from creditcurve.store.errors import StoreError, StoreUnavailableError
from creditcurve.store.sqlite.files import sync_folder

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
_NUMBER: Final = re.compile(r"|\.[1-9][0-9]{0,3}")
_WRITTEN: Final = re.compile(rf"([0-9a-f]{{{KEY_BYTES * 2}}})\n?".encode())

_T = TypeVar("_T")

Keys = tuple[bytes, ...]
"""Keys of one place, newest first: the first seals, all of them open."""


class VaultKeyRefusedError(StoreError):
    """The key cannot be used as it lies there; the text says what to do."""


class KeySource(Protocol):
    """A place for keys, newest first."""

    @property
    def name(self) -> str:
        """What the place is called in states and logs."""
        ...

    def read(self) -> Keys:
        """The keys; none where there is none to be had."""
        ...

    def create(self) -> Keys:
        """Make a key and keep it, unless there is one; none if it cannot be kept."""
        ...

    def renew(self) -> Keys:
        """Make a key in any case, before those that are there; none if it cannot be kept."""
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
    """The answer of a keyring: its entries, or that it has none."""

    def __init__(self, entries: Iterable[str]) -> None:
        read = [_key_in(entry.encode()) for entry in entries]
        self.count = len(read)
        self.keys = tuple(key for key in reversed(read) if key is not None)


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
    """Keys as entries of the system's keyring."""

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
        return self._ask(lambda keyring: Found(_entries(keyring)))

    def read(self) -> Keys:
        """The keys; none where no keyring answers or it has none."""
        found = self.look()
        return found.keys if found else ()

    def create(self) -> Keys:
        """Make a key, unless there is one; none where the keyring does not keep it."""
        return self.read() or self.renew()

    def renew(self) -> Keys:
        """Make a key; none where the keyring does not take it or does not give it back."""
        found = self.look()
        if found is None:
            return ()
        text, entry = secrets.token_hex(KEY_BYTES), _numbered(_ENTRY, " ", found.count + 1)
        self._ask(lambda keyring: keyring.set_password(_SERVICE, entry, text))
        keys = self.read()
        return keys if bytes.fromhex(text) in keys else ()

    def _ask(self, question: Callable[[Backend], _T]) -> _T | None:
        def ask() -> _T | None:
            keyring = self._find()
            return None if keyring is None else question(keyring)

        return _within(self._patience_s, ask)


def _entries(keyring: Backend) -> Iterator[str]:
    """The keys' entries, oldest first, up to the first number that has none."""
    for number in itertools.count(1):
        entry = keyring.get_password(_SERVICE, _numbered(_ENTRY, " ", number))
        if not entry:
            return
        yield entry


def _numbered(name: str, joint: str, number: int) -> str:
    """The first has the bare name."""
    return name if number == 1 else f"{name}{joint}{number}"


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
    """Keys as files that their owner alone can read, in a folder of their own."""

    name: Final = "file"

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Keys:
        """The keys; none where there is no file.

        Raises:
            VaultKeyRefusedError: one is no key file, cannot be read, or stays open to others.
        """
        numbers = sorted(self._numbers(), reverse=True)
        keys = (self._read(self._numbered(number)) for number in numbers)
        return tuple(key for key in keys if key is not None)

    def create(self) -> Keys:
        """Make the first file, whole or not at all; two who make it at once have the same key.

        Raises:
            VaultKeyRefusedError: its folder is open to others.
            StoreUnavailableError: it cannot be written.
        """
        if not self._numbers():
            with contextlib.suppress(FileExistsError):
                self._make(1)
        return self.read()

    def renew(self) -> Keys:
        """Make the next file; two who make one at once make two.

        Raises:
            VaultKeyRefusedError, StoreUnavailableError: as ``create``.
        """
        for number in itertools.count(max(self._numbers(), default=0) + 1):
            with contextlib.suppress(FileExistsError):
                self._make(number)
                break
        return self.read()

    def _numbers(self) -> set[int]:
        """The numbers of the files that are there; the first may have been deleted since."""
        try:
            names = [path.name for path in self._path.parent.iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return set()
        except OSError as error:
            raise VaultKeyRefusedError(
                f"The key file {self._path} cannot be read: {error.strerror}"
            ) from error
        ends = (name.removeprefix(self._path.name) for name in names if self._is_ours(name))
        return {int(end[1:] or 1) for end in ends if _NUMBER.fullmatch(end)}

    def _is_ours(self, name: str) -> bool:
        return name.startswith(self._path.name)

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(_numbered(self._path.name, ".", number))

    def _read(self, path: Path) -> bytes | None:
        try:
            with path.open("rb") as file:
                self._close_to_others(file.fileno())
                content = file.read(1_024)
            self._close_folder()
        except FileNotFoundError:
            return None
        except OSError as error:
            detail = f"The key file {path} cannot be read: {error.strerror}"
            raise VaultKeyRefusedError(detail) from error
        key = _key_in(content)
        if key is None:
            raise VaultKeyRefusedError(
                f"{path} is not a key file: move it away, start again, and paste the cookie."
            )
        return key

    def _make(self, number: int) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._close_folder()
            self._write(self._numbered(number), f"{secrets.token_hex(KEY_BYTES)}\n".encode())
        except FileExistsError:
            raise
        except OSError as error:
            detail = f"The key file {self._path} cannot be written: {error.strerror}"
            raise StoreUnavailableError(detail) from error

    def _write(self, path: Path, content: bytes) -> None:
        descriptor, name = tempfile.mkstemp(dir=self._path.parent, prefix=f"{self._path.name}.")
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _place(draft, path)
        finally:
            draft.unlink(missing_ok=True)
            sync_folder(path.parent)

    def _close_to_others(self, descriptor: int) -> None:
        if os.name == "nt" or not os.fstat(descriptor).st_mode & 0o077:
            return
        with contextlib.suppress(OSError):  # what counts is the mode it has then
            os.fchmod(descriptor, 0o600)
        if os.fstat(descriptor).st_mode & 0o077:
            raise VaultKeyRefusedError(
                f"The key file {self._path} can be read by others: make it yours, with mode 0600."
            )
        log.warning("key file was open to others and is closed now file=%s", self._path)

    def _close_folder(self) -> None:
        """Close a folder that is the key's own; refuse one in which others could exchange it."""
        folder = self._path.parent
        if os.name == "nt" or not folder.stat().st_mode & 0o077:
            return
        if all(self._is_ours(path.name) for path in folder.iterdir()):
            with contextlib.suppress(OSError):  # what counts is the mode it has then
                folder.chmod(0o700)
        status = folder.stat()
        if status.st_mode & 0o022 and not status.st_mode & stat.S_ISVTX:
            raise VaultKeyRefusedError(
                f"Others can write to {folder}, where the key file is to lie."
            )


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
