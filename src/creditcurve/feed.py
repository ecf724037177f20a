"""The feed: "the store has reached revision N", and who waits for it.

It keeps one value and a future for each waiter: there is no queue per waiter, and nothing is
replayed. A waiter that wakes reads the new data from the store. Publish after the commit.
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
        self._waiters: list[asyncio.Future[None]] = []

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
        """Return a future that is done at the next change or at the end.

        Take it before reading ``marks``: a change after that completes it. Each waiter has its
        own, which may be cancelled: sharing one would need a shield for each.
        """
        changed = asyncio.get_running_loop().create_future()
        if self.is_closed:
            changed.set_result(None)
        else:
            self._waiters.append(changed)
        return changed

    def _publish(self, marks: Marks) -> None:
        self.marks = marks
        self._wake()

    def _wake(self) -> None:
        waiters, self._waiters = self._waiters, []
        for changed in waiters:
            if not changed.done():
                changed.set_result(None)
