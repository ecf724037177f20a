"""The resources of the process: memory, descriptors, threads, tasks."""

import asyncio
import contextlib
import os
import threading
from pathlib import Path

import msgspec

_PAGES = Path("/proc/self/statm")
_DESCRIPTORS = (Path("/proc/self/fd"), Path("/dev/fd"))


class Resources(msgspec.Struct, frozen=True, kw_only=True):
    """Present use; None where the system does not report a value."""

    memory_bytes: int | None
    descriptors: int | None
    threads: int
    tasks: int

    @classmethod
    def now(cls) -> "Resources":
        """Measure; call it in the event loop."""
        return cls(
            memory_bytes=_memory_bytes(),
            descriptors=_descriptors(),
            threads=threading.active_count(),
            tasks=len(asyncio.all_tasks()),
        )


def _memory_bytes() -> int | None:
    """Return the resident memory."""
    with contextlib.suppress(OSError):
        return int(_PAGES.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return None


def _descriptors() -> int | None:
    for folder in _DESCRIPTORS:
        with contextlib.suppress(OSError):
            return sum(1 for _ in folder.iterdir()) - 1  # the listing opens one itself
    return None
