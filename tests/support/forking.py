"""The process of ``starting.py`` that has imported the program and forks at each request.

It has also read the system's authorities, which takes longer than the rest of a start.

Usage: ``python forking.py SOCKET``, the descriptor of a ``SOCK_SEQPACKET`` socket. A request is a
JSON object with four descriptors: the three standard files, and a socket on which the process id
and, at the end, the wait status are sent.
"""

import gc
import importlib
import json
import os
import pkgutil
import selectors
import socket
import sys
import time
import traceback
from typing import Any, Final

_LARGEST_REQUEST: Final = 1 << 17
_IMPORTED_LATER: Final = (
    "anyio._backends._asyncio",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "cyclopts.help",
    "encodings.idna",
    "encodings.utf_16_le",
    "filelock",
    "itsdangerous.url_safe",
    "platformdirs.unix",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
    "uvicorn.loops.uvloop",
)
"""Modules that the program imports only when it uses them."""


def import_program() -> None:
    """Import every module of the program, and those of libraries that a start imports."""
    package = importlib.import_module("creditcurve")
    for module in pkgutil.walk_packages(package.__path__, "creditcurve."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in _IMPORTED_LATER:
        importlib.import_module(name)


def read_authorities() -> None:
    """Read the authorities that the program keeps for its calls over TLS."""
    from creditcurve.upstream.trust import trust  # noqa: PLC0415 - imported as all other modules

    trust(None)


def fork_at_each_request(requests: socket.socket) -> bool:
    """Return True in each fork, and False here when the socket has closed."""
    with selectors.DefaultSelector() as selector:
        selector.register(requests, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is not requests:
                    _report_end(selector, key)
                    continue
                text, files, _, _ = socket.recv_fds(requests, _LARGEST_REQUEST, 4)
                if not text:
                    return False
                pid = os.fork()
                if pid == 0:
                    _forget_others(selector, files[3])
                    _become(json.loads(text), files[:3])
                    return True
                _watch(selector, pid, files)


def _watch(selector: selectors.BaseSelector, pid: int, files: list[int]) -> None:
    for file in files[:3]:
        os.close(file)
    status = socket.socket(fileno=files[3])
    status.send(str(pid).encode())
    selector.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, status))


def _report_end(selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    pid, status = key.data
    selector.unregister(key.fd)
    os.close(key.fd)
    _, ended = os.waitpid(pid, 0)
    with status:
        status.send(str(ended).encode())


def _forget_others(selector: selectors.BaseSelector, own: int) -> None:
    os.close(own)
    for key in selector.get_map().values():
        if key.data is not None:
            os.close(key.fd)
            key.data[1].close()


def _become(request: dict[str, Any], files: list[int]) -> None:
    """Take over arguments, environment, folder and standard files."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin = os.fdopen(0, encoding=sys.stdin.encoding, closefd=False)
    sys.stdout = os.fdopen(
        1, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors, closefd=False
    )
    sys.stderr = os.fdopen(
        2, "w", 1, encoding=sys.stderr.encoding, errors=sys.stderr.errors, closefd=False
    )
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    sys.argv = ["creditcurve", *request["arguments"]]


def run_program() -> None:
    """Run the program and exit without unloading it, which takes ten times as long as a command."""
    from creditcurve.cli import main  # noqa: PLC0415 - not before the arguments are known

    code: object = None
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - what an interpreter does with it
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    import_program()
    read_authorities()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as opened:
        is_fork = fork_at_each_request(opened)
    if is_fork:
        run_program()
