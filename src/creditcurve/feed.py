"""The feed: "the store has reached revision N", and who waits for it.

It keeps one value and one future that all waiters share: there is no queue per waiter, and nothing
is replayed. A waiter that wakes reads the new data from the store. Publish after the commit.
"""

import asyncio

import msgspec


class Marks(msgspec.Struct, frozen=True):
    """How often each kind of change has been published.

    ``revision`` is the store's; the others count since the start. A beat changes nothing: it keeps
    idle streams alive.
    """

    revision: int = 0
    status: int = 0
    settings: int = 0
    account: int = 0
    alerts: int = 0
    beats: int = 0


class Feed:
    """Wakes all waiters when something changes; keeps only the newest marks."""

    def __init__(self, revision: int = 0) -> None:
        self.marks = Marks(revision=revision)
        self.is_closed = False
        self._changed: asyncio.Future[None] | None = None

    def records_changed(self, revision: int) -> None:
        """Publish that the store has committed up to ``revision``; the status contains it too."""
        if revision > self.marks.revision:
            self._publish(msgspec.structs.replace(self.marks, revision=revision))
        self.status_changed()

    def status_changed(self) -> None:
        """Publish a change of the link, the cookie's status or the store's totals."""
        self._publish(msgspec.structs.replace(self.marks, status=self.marks.status + 1))

    def settings_changed(self) -> None:
        """Publish a change of the user's settings."""
        self._publish(msgspec.structs.replace(self.marks, settings=self.marks.settings + 1))

    def account_changed(self) -> None:
        """Publish a reading of the account, a change of its sources, or a reset."""
        self._publish(msgspec.structs.replace(self.marks, account=self.marks.account + 1))

    def alerts_changed(self) -> None:
        """Publish a change of alert rules, channels, episodes or messages."""
        self._publish(msgspec.structs.replace(self.marks, alerts=self.marks.alerts + 1))

    def beat(self) -> None:
        """Wake all waiters although nothing has changed."""
        self._publish(msgspec.structs.replace(self.marks, beats=self.marks.beats + 1))

    def close(self) -> None:
        """Wake all waiters for the last time: they find ``is_closed``."""
        self.is_closed = True
        self._wake()

    def next_change(self) -> asyncio.Future[None]:
        """Return a future, shared by all waiters, that is done at the next change or at the end.

        Take it before reading ``marks``: a change after that completes it.
        """
        if self._changed is None or self._changed.done():
            self._changed = asyncio.get_running_loop().create_future()
            if self.is_closed:
                self._changed.set_result(None)
        return self._changed

    def _publish(self, marks: Marks) -> None:
        self.marks = marks
        self._wake()

    def _wake(self) -> None:
        if self._changed is not None and not self._changed.done():
            self._changed.set_result(None)
