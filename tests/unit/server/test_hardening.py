"""The memory of the process: neither dumped nor open to other programs of the account."""

import subprocess
import sys

import pytest

_CHILD = """
import ctypes, resource
from creditcurve.server.hardening import protect_memory
protect_memory()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
"""``prctl`` 3 is ``PR_GET_DUMPABLE``."""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux asks and answers so")
def test_the_memory_is_closed() -> None:
    child = subprocess.run(
        [sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True
    )
    assert child.stdout == "(0, 0) 0\n"
