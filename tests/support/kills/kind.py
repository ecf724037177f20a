"""A kind of work that is killed, and a thread that works until the program ends."""

import abc
import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import httpx2

from support.program import Program

DEBUG = ("--log-level", "debug")
"""At this level the program logs the stalls of its event loop."""


class Kind(abc.ABC):
    """Work with a program in a folder of its own; ``chance`` decides everything random."""

    name: ClassVar[str]
    share: ClassVar[float]
    """The part of all kills."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        folder.mkdir()
        self.folder = folder
        self.chance = chance
        self.logs: list[str] = []

    @abc.abstractmethod
    def session(self) -> contextlib.AbstractContextManager[None]:
        """Prepare everything, and tidy up in the end."""

    @abc.abstractmethod
    def kill(self) -> None:
        """Work, kill the program at a random moment, and verify the files."""

    @abc.abstractmethod
    def result(self) -> str:
        """Verify the whole run; return its result in words."""


@contextlib.contextmanager
def working(work: Callable[[], object]) -> Iterator[None]:
    """Repeat calls on another thread; they end with the program, which the block kills."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            while True:
                work()
        except httpx2.TransportError:
            pass
        except BaseException as error:  # noqa: BLE001 - raised by the thread of the test
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield
    thread.join(30)
    assert not thread.is_alive()
    if failures:
        raise failures[0]


def pause(seconds: float) -> None:
    """Wait for the random moment of a kill."""
    threading.Event().wait(seconds)


def duration_s(work: Callable[[], object]) -> float:
    """Return how long some work takes: kills come within that time."""
    begun_s = time.monotonic()
    work()
    return time.monotonic() - begun_s


def import_lines(program: Program, lines: bytes) -> None:
    """Import records."""
    headers = {"content-type": "application/x-ndjson"}
    answer = program.call("POST", "/api/import", headers=headers, content=lines)
    assert answer.status_code == 200, answer.text
