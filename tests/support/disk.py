"""A disk that records every write of SQLite, and shows the files that a power cut would have left.

SQLite writes through ``Disk.recording``. A write is durable once its file has been synced; before
that a power cut may keep it, drop it, tear it, or reorder it with others.
"""

import contextlib
import random
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

import apsw

SECTOR: Final = 512
_NOT_DURABLE: Final = "-shm"
"""SQLite builds the index of the journal again from the journal."""


class Fate(StrEnum):
    """What happens to the writes that were not synced."""

    KEPT = "kept"
    DROPPED = "dropped"
    TORN = "torn"
    """The last one is cut at a sector, the others are kept."""
    REORDERED = "reordered"
    """Any of them are kept."""
    CORRUPT = "corrupt"
    """One sector of them is random."""


class Write(NamedTuple):
    """A write at an offset; without data the file was cut or, at offset -1, deleted."""

    file: str
    offset: int
    data: bytes | None


class Sync(NamedTuple):
    """All earlier writes of a file are durable."""

    file: str


Operation = Write | Sync


class Disk:
    """Records what SQLite does to the files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
        self.operations: list[Operation] = []

    @contextlib.contextmanager
    def recording(self) -> Iterator[None]:
        """Make SQLite write through this disk."""
        vfs = _RecordingVfs(self.operations)
        try:
            yield
        finally:
            vfs.unregister()

    def crashes(self, step: int, chance: random.Random) -> Iterator[tuple[int, Fate, "Image"]]:
        """Yield each ``step``-th moment of a power cut, with every fate of the unsynced writes."""
        image, pending = dict(self._before), list[Write]()
        for number, operation in enumerate(self.operations):
            match operation:
                case Sync(file):
                    image = _after(image, [one for one in pending if one.file == file])
                    pending = [one for one in pending if one.file != file]
                case Write():
                    pending.append(operation)
            if number % step == 0:
                for fate in Fate if pending else (Fate.KEPT,):
                    yield number, fate, _after(image, _left(pending, fate, chance))


Image = dict[str, bytes]
"""The content of each file."""


def write_image(image: Image, folder: Path) -> None:
    """Create the files of an image in a new folder."""
    folder.mkdir(mode=0o700)
    for name, content in image.items():
        path = folder / name
        path.touch(mode=0o600)
        path.write_bytes(content)


def _left(pending: list[Write], fate: Fate, chance: random.Random) -> list[Write]:
    """Return the writes that reach the disk."""
    match fate:
        case Fate.KEPT:
            return pending
        case Fate.DROPPED:
            return []
        case Fate.TORN:
            return [*pending[:-1], *_torn(pending[-1], chance)]
        case Fate.REORDERED:
            return [one for one in pending if chance.random() < 0.5]
        case Fate.CORRUPT:
            chosen = chance.randrange(len(pending))
            return [*pending[:chosen], _corrupt(pending[chosen], chance), *pending[chosen + 1 :]]


def _torn(write: Write, chance: random.Random) -> list[Write]:
    if not write.data or len(write.data) <= SECTOR:
        return []
    cut = SECTOR * chance.randrange(1, -(-len(write.data) // SECTOR))
    return [write._replace(data=write.data[:cut])]


def _corrupt(write: Write, chance: random.Random) -> Write:
    if not write.data:
        return write
    at = SECTOR * chance.randrange(-(-len(write.data) // SECTOR))
    size = min(SECTOR, len(write.data) - at)
    return write._replace(data=write.data[:at] + chance.randbytes(size) + write.data[at + size :])


def _after(image: Image, writes: list[Write]) -> Image:
    """Return the image with some writes applied."""
    after = dict(image)
    for file, offset, data in writes:
        if offset < 0:
            after.pop(file, None)
        elif data is None:
            after[file] = after.get(file, b"")[:offset].ljust(offset, b"\0")
        else:
            content = after.get(file, b"").ljust(offset, b"\0")
            after[file] = content[:offset] + data + content[offset + len(data) :]
    return after


class _RecordingVfs(apsw.VFS):
    def __init__(self, operations: list[Operation]) -> None:
        self._operations = operations
        super().__init__("recording", "unix", makedefault=True)

    def xOpen(  # noqa: N802 - SQLite's name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _RecordingFile(self._operations, path, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's form
        self._operations.append(Write(Path(filename).name, -1, None))
        if syncdir:
            self._operations.append(Sync(Path(filename).name))
        super().xDelete(filename, syncdir)


class _RecordingFile(apsw.VFSFile):
    def __init__(
        self,
        operations: list[Operation],
        path: str | None,
        name: str | apsw.URIFilename | None,
        flags: list[int],
    ) -> None:
        self._operations = operations
        self._name = None if path is None or path.endswith(_NOT_DURABLE) else Path(path).name
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        if self._name is not None:
            self._operations.append(Write(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        if self._name is not None:
            self._operations.append(Write(self._name, newsize, None))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        super().xSync(flags)
        if self._name is not None:
            self._operations.append(Sync(self._name))
