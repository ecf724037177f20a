"""The file that a command writes: refused before anything is read or written."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from creditcurve.cli.exits import CommandError, Exit


def check_target(file: Path, *, overwrite: bool) -> None:
    """Check that a file can be created, or replaced with ``--force``.

    Raises:
        CommandError: it exists, its folder does not, or it is a folder, a pipe or a device.
    """
    with cannot_create(file):
        is_other = file.exists() and not file.is_file()
        exists = file.exists() and not overwrite
        has_folder = file.parent.is_dir()
    if is_other:
        raise CommandError(
            f"{file} is not a file: choose another name.",
            f"{file} 不是文件：请换一个文件名。",
            Exit.CANNOT_CREATE,
        )
    if exists:
        raise CommandError(
            f"{file} exists: choose another file, or add --force.",
            f"{file} 已存在：请换一个文件，或加上 --force。",
            Exit.CANNOT_CREATE,
        )
    if not has_folder:
        raise CommandError(
            f"The folder {file.parent} does not exist: create it first.",
            f"目录 {file.parent} 不存在：请先创建。",
            Exit.CANNOT_CREATE,
        )


@contextlib.contextmanager
def cannot_create(file: Path) -> Iterator[None]:
    """Translate the system's refusal to create a file.

    Raises:
        CommandError: the system refuses.
    """
    try:
        yield
    except OSError as error:
        raise CommandError(
            f"{file} cannot be created ({error.strerror}): choose another folder.",
            f"无法创建 {file}（{error.strerror}）：请换一个目录。",
            Exit.CANNOT_CREATE,
        ) from error
