"""Removes sealed secrets from the files that are kept beside the database.

A damaged file cannot be opened, so seals are found by their mark. Mark, key name and nonce are
overwritten with the rest of the seal up to the end of its page; without its nonce, a part of a seal
on another page cannot be opened.
"""

import logging
import mmap
import os
import stat
from pathlib import Path
from typing import Final

from creditcurve.store.sqlite import files
from creditcurve.store.sqlite.connection import PAGE_SIZE
from creditcurve.vault import SEAL_MARK

_FRAME_HEADER_BYTES: Final = 24

log = logging.getLogger(__name__)


def purge(database: Path, seal_bytes: int) -> None:
    """Overwrite the seals in all kept files of a database.

    Args:
        database: the database itself, which is not changed.
        seal_bytes: the length of the longest known seal.
    """
    for path in database.parent.glob(f"{files.NAME}.*"):
        try:
            _purge_file(path, seal_bytes)
        except OSError as error:
            log.warning("sealed cookie not removed from %s: %s", path, error.strerror)


def _purge_file(path: Path, seal_bytes: int) -> None:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or not status.st_size:
        return
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as content:
        at = content.find(SEAL_MARK)
        while at >= 0:
            end = min(at + seal_bytes, _page_end(path, at), len(content))
            content[at:end] = bytes(end - at)
            at = content.find(SEAL_MARK, end)
        content.flush()
        os.fsync(file.fileno())


def _page_end(path: Path, at: int) -> int:
    """Return the end of the page, in a database or in a log, whose frames have a header."""
    is_log = path.name.endswith("-wal") or ".other-journal." in path.name
    head, size = (32, PAGE_SIZE + _FRAME_HEADER_BYTES) if is_log else (0, PAGE_SIZE)
    return head + ((at - head) // size + 1) * size
