"""The feed: "the store has reached revision N", and who waits for it.

One value and one future that all waiters share: there is no queue per waiter and nothing to replay.
Whoever wakes looks into the store for what lies after its own cursor. Publish after the commit.
"""

import asyncio

import msgspec


class Marks(msgspec.Struct, frozen=True):
    """How far each of the streams of change has come.

    ``revision`` is the store's; the others count since the start. A beat changes nothing: it is
    the sign of life that goes to whoever waits.
    """

    revision: int = 0
    status: int = 0
    settings: int = 0
    beats: int = 0


class Feed:
    """Tells waiters that something has changed; keeps nothing but the newest marks."""

    def __init__(self, revision: int = 0) -> None:
        self.marks = Marks(revision=revision)
        self.is_closed = False
        self._changed: asyncio.Future[None] | None = None

    def records(self, revision: int) -> None:
        """The store has committed up to ``revision``; the status tells of it too."""
        if revision > self.marks.revision:
            self._move(msgspec.structs.replace(self.marks, revision=revision))
        self.status()

    def status(self) -> None:
        """The link, the cookie's state or the store's totals have changed."""
        self._move(msgspec.structs.replace(self.marks, status=self.marks.status + 1))

    def settings(self) -> None:
        """The user's settings have changed."""
        self._move(msgspec.structs.replace(self.marks, settings=self.marks.settings + 1))

    def beat(self) -> None:
        """Nothing has changed, and all is well."""
        self._move(msgspec.structs.replace(self.marks, beats=self.marks.beats + 1))

    def close(self) -> None:
        """End: every waiter wakes and finds ``is_closed``."""
        self.is_closed = True
        self._wake()

    def next_change(self) -> asyncio.Future[None]:
        """A future, shared by all waiters, that is done at the next change or at the end.

        Take it before looking at ``marks``: what changes after that look completes it.
        """
        if self._changed is None or self._changed.done():
            self._changed = asyncio.get_running_loop().create_future()
            if self.is_closed:
                self._changed.set_result(None)
        return self._changed

    def _move(self, marks: Marks) -> None:
        self.marks = marks
        self._wake()

    def _wake(self) -> None:
        if self._changed is not None and not self._changed.done():
            self._changed.set_result(None)
