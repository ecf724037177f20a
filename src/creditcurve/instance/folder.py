"""The permissions of the data folder, checked by trying before anything else uses it.

The folder is for one account. Its mode becomes 0700 if the account owns it and it contains only our
files. A folder of root that the account can write to, like a mounted volume, is used with the mode
it has. A folder that other accounts share is refused, and its mode is never changed.
"""

import errno
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from creditcurve.domain.coded_error import CodedError

_OUR_FILES: Final = ("creditcurve", "instance.json")
_VOLUME_FILES: Final = ("lost+found",)
_ROOT: Final = 0
_PERMISSION: Final = (errno.EACCES, errno.EPERM)


class DataFolderError(CodedError):
    """The data folder cannot be used."""


def prepare(folder: Path) -> None:
    """Create the folder if it is missing, close it to others, and check that it can be used.

    Raises:
        DataFolderError: it cannot be created or written, or other accounts share it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise DataFolderError("data_folder_not_a_folder", folder=folder) from None
    except OSError as error:
        raise _creation_error(folder, error) from error
    _check_existing(folder, may_close=True)


def check(folder: Path) -> None:
    """Check that ``prepare`` would succeed; nothing is left behind or changed.

    Raises:
        DataFolderError: as ``prepare``.
    """
    if folder.is_dir() or folder.is_symlink() or folder.exists():
        _check_existing(folder, may_close=False)
        return
    try:
        parent = next(place for place in folder.parents if place.exists())
        Path(tempfile.mkdtemp(dir=parent, prefix=".creditcurve-")).rmdir()
    except OSError as error:
        raise _creation_error(folder, error) from error


def _check_existing(folder: Path, *, may_close: bool) -> None:
    if not folder.is_dir():
        raise DataFolderError("data_folder_not_a_folder", folder=folder)
    try:
        if os.name == "posix":
            _check_accounts(folder, may_close=may_close)
        _try_writing(folder)
    except OSError as error:
        raise _write_error(folder, error) from error


def _check_accounts(folder: Path, *, may_close: bool) -> None:
    _check_link(folder)
    # One descriptor for all: a link could lead elsewhere between two calls.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _check_opened(folder, descriptor, may_close=may_close)
    finally:
        os.close(descriptor)


def _check_opened(folder: Path, descriptor: int, *, may_close: bool) -> None:
    status = os.fstat(descriptor)
    entries = list(_entries(folder, descriptor))
    for path, owner in entries:
        _check_entry(folder, path, owner)
    is_shared = bool(status.st_mode & stat.S_IWOTH and status.st_mode & stat.S_ISVTX)
    is_only_ours = all(_is_ours(path) or path.name in _VOLUME_FILES for path, _ in entries)
    is_own = status.st_uid == os.geteuid()
    if is_shared or (is_own and not is_only_ours and status.st_mode & 0o022):
        raise DataFolderError("data_folder_open_to_others", folder=folder)
    if may_close and is_own and is_only_ours and status.st_mode & 0o077:
        os.fchmod(descriptor, 0o700)


def _check_link(folder: Path) -> None:
    """Refuse a link of another account, which could lead to any folder."""
    status = folder.lstat()
    if stat.S_ISLNK(status.st_mode) and status.st_uid not in (_ROOT, os.geteuid()):
        raise _ownership_error(folder, status.st_uid)


def _entries(folder: Path, descriptor: int) -> Iterator[tuple[Path, int]]:
    """Yield each entry and its owner; links are not followed."""
    with os.scandir(descriptor) as entries:
        for entry in entries:
            try:
                yield folder / entry.name, entry.stat(follow_symlinks=False).st_uid
            except FileNotFoundError:
                continue  # deleted by the running instance


def _check_entry(folder: Path, path: Path, owner: int) -> None:
    account = os.geteuid()
    if _is_ours(path):
        if not os.access(path, os.R_OK | os.W_OK, effective_ids=True) and path.exists():
            raise _ownership_error(folder, owner)
        if account == _ROOT:
            return
    if owner not in (_ROOT, account):
        raise DataFolderError("data_folder_with_foreign_files", folder=folder, file=path.name)


def _is_ours(path: Path) -> bool:
    return path.name.startswith(_OUR_FILES)


def _try_writing(folder: Path) -> None:
    """Create, write, sync, rename and delete a file, as the database does."""
    draft = folder / f"creditcurve.probe.{secrets.token_hex(4)}"
    final = draft.with_suffix(".done")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, b"probe")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        draft.replace(final)
    finally:
        draft.unlink(missing_ok=True)
        final.unlink(missing_ok=True)


def _creation_error(folder: Path, error: OSError) -> DataFolderError:
    return DataFolderError("data_folder_create", folder=folder, reason=error.strerror or error)


def _write_error(folder: Path, error: OSError) -> DataFolderError:
    reason = error.strerror or str(error)
    if os.name == "posix" and error.errno in _PERMISSION:
        command = _chown(folder)
        return DataFolderError(
            "data_folder_unwritable", folder=folder, reason=reason, command=command
        )
    return DataFolderError("data_folder_fault", folder=folder, reason=reason)


def _ownership_error(folder: Path, owner: int) -> DataFolderError:
    return DataFolderError(
        "data_folder_of_another_account", folder=folder, uid=owner, command=_chown(folder)
    )


def _chown(folder: Path) -> str:
    """Return the command that gives the folder to the running account."""
    return f"sudo chown -R {os.geteuid()}:{os.getegid()} {folder}"
