"""Keys as files that only their owner can read, in their own folder.

A file that others could read is closed to them, or refused.
"""

import contextlib
import itertools
import logging
import os
import re
import secrets
import stat
import tempfile
from pathlib import Path
from typing import Final

from creditcurve.filesystem import sync_folder
from creditcurve.vault.errors import VaultKeyNotStoredError, VaultKeyRefusedError
from creditcurve.vault.keys import KEY_BYTES, Keys, numbered, parse_key

log = logging.getLogger(__name__)

_NUMBER: Final = re.compile(r"|\.[1-9][0-9]{0,3}")


class KeyFile:
    """A folder of key files."""

    name: Final = "file"

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Keys:
        """Return the keys; none if there is no file.

        Raises:
            VaultKeyRefusedError: a file is no key file, cannot be read, or stays open to others.
        """
        numbers = sorted(self._numbers(), reverse=True)
        keys = (self._read(self._numbered(number)) for number in numbers)
        return tuple(key for key in keys if key is not None)

    def create(self) -> Keys:
        """Create the first file, whole or not at all; concurrent calls return the same key.

        Raises:
            VaultKeyRefusedError: its folder is open to others.
            VaultKeyNotStoredError: it cannot be written.
        """
        if not self._numbers():
            with contextlib.suppress(FileExistsError):
                self._make(1)
        return self.read()

    def renew(self) -> Keys:
        """Create the next file; concurrent calls create two.

        Raises:
            VaultKeyRefusedError, VaultKeyNotStoredError: as ``create``.
        """
        for number in itertools.count(max(self._numbers(), default=0) + 1):
            with contextlib.suppress(FileExistsError):
                self._make(number)
                break
        return self.read()

    def _numbers(self) -> set[int]:
        """Return the numbers of the existing files; the first one may have been deleted."""
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
        return self._path.with_name(numbered(self._path.name, ".", number))

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
        key = parse_key(content)
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
            raise VaultKeyNotStoredError(detail) from error

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
        if os.name == "nt":
            return
        status = os.fstat(descriptor)
        if status.st_uid not in (0, os.geteuid()):
            raise VaultKeyRefusedError(f"The key file {self._path} belongs to another account.")
        if not status.st_mode & 0o077:
            return
        with contextlib.suppress(OSError):  # the resulting mode is checked below
            os.fchmod(descriptor, 0o600)
        if os.fstat(descriptor).st_mode & 0o077:
            raise VaultKeyRefusedError(
                f"The key file {self._path} can be read by others: make it yours, with mode 0600."
            )
        log.warning("key file permissions tightened file=%s", self._path)

    def _close_folder(self) -> None:
        """Close a folder that contains only keys; refuse it if others could replace them."""
        folder = self._path.parent
        if os.name == "nt" or not folder.stat().st_mode & 0o077:
            return
        if all(self._is_ours(path.name) for path in folder.iterdir()):
            with contextlib.suppress(OSError):  # the resulting mode is checked below
                folder.chmod(0o700)
        status = folder.stat()
        if status.st_mode & 0o022 and not status.st_mode & stat.S_ISVTX:
            raise VaultKeyRefusedError(f"Others can write to {folder}, the folder of the key file.")


def _place(draft: Path, path: Path) -> None:
    """Rename the draft unless the name exists.

    Raises:
        FileExistsError: it exists.
    """
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        draft.replace(path)
