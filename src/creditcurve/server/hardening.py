"""Keeps the memory of the process, which contains the cookie, from other programs and the disk."""

import ctypes
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def protect_memory() -> None:
    """Switch core dumps off; on Linux, also tracing by other programs of the account."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - missing on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
