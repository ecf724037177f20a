"""Settings of the C library's allocator."""

import ctypes
import sys
from typing import Final

LARGE_BYTES: Final = 128 * 1024
"""From this size on, a block has separate pages, which are returned when it is freed."""
_M_MMAP_THRESHOLD: Final = -3


def return_large_blocks() -> None:
    """Keep glibc from raising the size of large blocks to that of the largest one freed.

    It would keep the megabytes of a large answer, of its text and of its rows, in pieces.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has no such setting
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)
