"""Counts the reads of SQLite from the disk."""

import contextlib
from collections.abc import Iterator

import apsw


class Reads:
    """The number of reads, and of bytes."""

    def __init__(self) -> None:
        self.count = self.size = 0


@contextlib.contextmanager
def counted_reads() -> Iterator[Reads]:
    """Make SQLite read through a layer that counts."""
    reads = Reads()
    vfs = _CountingVfs(reads)
    try:
        yield reads
    finally:
        vfs.unregister()


class _CountingVfs(apsw.VFS):
    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        super().__init__("counting", "unix", makedefault=True)

    def xOpen(  # noqa: N802 - SQLite's name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        return _CountingFile(self._reads, name, flags)


class _CountingFile(apsw.VFSFile):
    def __init__(self, reads: Reads, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._reads = reads
        super().__init__("unix", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - SQLite's name
        self._reads.count += 1
        self._reads.size += amount
        return super().xRead(amount, offset)
