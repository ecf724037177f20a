"""The history of a run: the acknowledgements of the program, and the rows of the site.

``verify`` compares it with the database file, which ``checker`` reads without the program's code.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from support.checker import Content, check_database


class Acknowledged:
    """Records acknowledgements in the order in which they were received."""

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self._together: list[frozenset[int]] = []
        self._made: dict[int, int] = {}
        self._events: list[tuple[int, int]] = []
        self._revision = 0

    def made(self, times_ms: Mapping[int, int]) -> None:
        """Note rows that appeared on the site in one moment, with their times."""
        self._made.update(times_ms)
        self._together.append(frozenset(times_ms))

    def together(self, ids: Iterable[int]) -> None:
        """Note records that are stored all or not at all."""
        self._together.append(frozenset(ids))

    def stored(self, ids: Iterable[int]) -> None:
        """Note records that an answer has shown or confirmed."""
        self.ids.update(ids)

    def answered(self, revision: int) -> None:
        """Note the revision of an answer; it is never older than an earlier one."""
        assert revision >= self._revision
        self._revision = revision

    def received(self, revision: int, ids: Iterable[int]) -> None:
        """Note the records of an event."""
        self.answered(revision)
        for id_ in ids:
            assert id_ not in self.ids, f"{id_} was received twice"
            self.ids.add(id_)
            self._events.append((revision, id_))

    def verify(self, path: Path) -> Content:
        """Compare the history with a database file.

        Raises:
            AssertionError: something acknowledged is missing, a part of an answer was stored, time
                counts as covered whose rows are missing, or revisions are out of order.
        """
        content = check_database(path)
        assert self.ids <= content.ids, f"lost: {self.ids - content.ids}"
        assert self._revision <= content.revision
        self._check_groups(content)
        self._check_coverage(content)
        self._check_events(content)
        return content

    def _check_groups(self, content: Content) -> None:
        for group in self._together:
            assert group <= content.ids or group.isdisjoint(content.ids), f"partly: {group}"

    def _check_coverage(self, content: Content) -> None:
        """Check that each row of the site is stored, or its time is in a gap."""
        for id_, t_ms in self._made.items():
            if id_ not in content.revisions:
                assert not any(start <= t_ms < end for start, end in content.spans), id_

    def _check_events(self, content: Content) -> None:
        """Check that events came in the order of the revisions, and named none too early."""
        revisions = [content.revisions[id_] for _, id_ in self._events]
        assert revisions == sorted(revisions), "events out of order"
        named = zip(revisions, self._events, strict=True)
        assert all(revision <= reached for revision, (reached, _) in named)
