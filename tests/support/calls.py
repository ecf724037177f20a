"""Counts the calls of functions: a cost that no load of the machine changes."""

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Self


class Calls:
    """Counts calls of functions in this thread; garbage and its finalizers wait meanwhile.

    Attributes:
        count: of calls so far.
    """

    def __init__(self, *kinds: str) -> None:
        """Choose what counts.

        Args:
            kinds: events of ``sys.setprofile``; functions written in Python if none is given.
        """
        self.count = 0
        self._kinds = kinds or ("call",)

    def __enter__(self) -> Self:
        self._profile, self._collects = sys.getprofile(), gc.isenabled()
        gc.disable()
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self._profile)
        if self._collects:
            gc.enable()

    def _note(self, _frame: FrameType, event: str, _argument: object) -> None:
        self.count += event in self._kinds


def calls(work: Callable[[], object], *kinds: str) -> int:
    """Count the calls during some work, which is done once; see ``Calls``."""
    with Calls(*kinds) as counted:
        work()
    return counted.count
