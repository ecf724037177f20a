"""Values of types, on any thread."""

import subprocess
import sys
from typing import Final

_USE_A_TYPE_WHILE_IT_IS_PREPARED: Final = """
import sys
import threading

import msgspec

from creditcurve import decoding

preparing, go_on = threading.Event(), threading.Event()


def text():
    if threading.current_thread() is first:
        preparing.set()
        go_on.wait()
    return str


class Inner(msgspec.Struct):
    name: str
    unit: "text()"


class Outer(msgspec.Struct):
    inner: Inner


def read():
    found.append(decoding.{call})


def is_at_rest(thread):
    frame = sys._current_frames().get(thread.ident)
    return not thread.is_alive() or (frame and frame.f_globals is decoding.__dict__)


found = []
first, second = threading.Thread(target=read), threading.Thread(target=read)
first.start()
preparing.wait()
second.start()
while not is_at_rest(second):
    pass
go_on.set()
first.join()
second.join()
assert found == [Outer(Inner("a", "b"))] * 2, found
"""


def _ends_well(call: str) -> None:
    script = _USE_A_TYPE_WHILE_IT_IS_PREPARED.replace("{call}", call)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_thread_waits_while_another_prepares_the_type_to_decode() -> None:
    _ends_well("""decode('{"inner": {"name": "a", "unit": "b"}}', Outer)""")


def test_a_thread_waits_while_another_prepares_the_type_to_convert() -> None:
    _ends_well("""convert({"inner": {"name": "a", "unit": "b"}}, Outer)""")
