"""Keys as entries of the system's keyring.

A keyring is used only if it is the system's own and unlocked: nothing here waits for a prompt.
"""

import contextlib
import itertools
import logging
import os
import queue
import secrets
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol, TypeVar

from creditcurve.vault.keys import KEY_BYTES, Keys, numbered, parse_key

log = logging.getLogger(__name__)

TIMEOUT_S: Final = 2.0
"""A keyring that has not answered by then is showing a prompt."""

_SERVICE: Final = "creditcurve"
_ENTRY: Final = "cookie sealing key"
_REAL_BACKENDS: Final = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "macOS", "Windows")
)
"""Other backends store nothing or plain text, or ask for a password."""

_T = TypeVar("_T")


class Backend(Protocol):
    """The methods used of the ``keyring`` package's backends."""

    def get_password(self, _service: str, _username: str, /) -> str | None:
        """Return the entry, if there is one."""
        ...

    def set_password(self, _service: str, _username: str, _password: str, /) -> None:
        """Create or replace the entry."""
        ...


class KeyringContent:
    """The keys in a keyring, and the number of its entries."""

    def __init__(self, entries: Iterable[str]) -> None:
        read = [parse_key(entry.encode()) for entry in entries]
        self.count = len(read)
        self.keys = tuple(key for key in reversed(read) if key is not None)


def system_keyring() -> Backend | None:
    """Return the system's own keyring, if there is one and it is unlocked."""
    is_linux = sys.platform not in ("win32", "darwin")
    if is_linux and "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        return None  # there is no keyring: save the 0.1 s of the import
    import keyring  # noqa: PLC0415 - not needed by those who use a key of their own
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415 - as above

    chosen = keyring.get_keyring()
    backends = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    backend = next((b for b in backends if is_real(b)), None)
    if backend is None or (is_linux and _is_locked()):
        return None
    return backend


def is_real(backend: object) -> bool:
    """Return whether a backend is a system's keyring."""
    return type(backend).__module__ in _REAL_BACKENDS


def _is_locked() -> bool:
    """Return whether the Secret Service would open a prompt."""
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
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._find = find
        self._timeout_s = timeout_s

    def content(self) -> KeyringContent | None:
        """Return the keyring's content; None if no keyring answers."""
        return self._ask(lambda keyring: KeyringContent(_entries(keyring)))

    def read(self) -> Keys:
        """Return the keys; none if no keyring answers or it contains none."""
        found = self.content()
        return found.keys if found else ()

    def create(self) -> Keys:
        """Store a new key unless there is one; return none if the keyring does not store it."""
        return self.read() or self.renew()

    def renew(self) -> Keys:
        """Store a new key; return none if the keyring does not store or return it."""
        found = self.content()
        if found is None:
            return ()
        text, entry = secrets.token_hex(KEY_BYTES), numbered(_ENTRY, " ", found.count + 1)
        self._ask(lambda keyring: keyring.set_password(_SERVICE, entry, text))
        keys = self.read()
        return keys if bytes.fromhex(text) in keys else ()

    def _ask(self, question: Callable[[Backend], _T]) -> _T | None:
        def ask() -> _T | None:
            keyring = self._find()
            return None if keyring is None else question(keyring)

        return _within(self._timeout_s, ask)


def _entries(keyring: Backend) -> Iterator[str]:
    """Yield the entries, oldest first, up to the first missing number."""
    for number in itertools.count(1):
        entry = keyring.get_password(_SERVICE, numbered(_ENTRY, " ", number))
        if not entry:
            return
        yield entry


def _within(timeout_s: float, ask: Callable[[], _T | None]) -> _T | None:
    """Return the answer, or None after a timeout; the thread of a hanging keyring is abandoned."""
    answers: queue.SimpleQueue[_T | None] = queue.SimpleQueue()

    def put() -> None:
        try:
            answers.put(ask())
        except Exception as error:  # noqa: BLE001 - each system's keyring raises other errors
            log.info("keyring does not answer error=%s", type(error).__name__)
            answers.put(None)

    threading.Thread(target=put, name="keyring", daemon=True).start()
    try:
        return answers.get(timeout=timeout_s)
    except queue.Empty:
        log.warning("keyring does not answer within %g s", timeout_s)
        return None
