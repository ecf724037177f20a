"""The C library's allocator: a large block is returned to the system when it is freed."""

import subprocess
import sys

import pytest

_CHILD = """
import ctypes
from creditcurve.server.allocator import LARGE_BYTES, return_large_blocks

def blocks_with_own_pages():
    return library.mallinfo().blocks

class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in ("arena", "free", "small", "blocks", "bytes")]
    _fields_ += [(f"other{number}", ctypes.c_int) for number in range(5)]

library = ctypes.CDLL(None)
library.mallinfo.restype = Info
library.malloc.restype = ctypes.c_void_p
library.free.argtypes = [ctypes.c_void_p]
return_large_blocks()
library.free(library.malloc(64 * LARGE_BYTES))
before = blocks_with_own_pages()
library.malloc(2 * LARGE_BYTES)
print(blocks_with_own_pages() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of glibc")
def test_freeing_a_larger_block_changes_nothing() -> None:
    child = subprocess.run(
        [sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True
    )
    assert child.stdout == "1\n"
