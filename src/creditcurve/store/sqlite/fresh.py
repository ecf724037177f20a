"""The answers to the questions that follow a poll at once, read in the poll's transaction.

After a poll every event stream asks for its records and the totals. Each question would wake a
thread, which takes longer than the reading. An answer is used until the next commit, and for a
second at most: whether the next poll is overdue depends on the time.
"""

from typing import Final

import msgspec

from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.present import Present
from creditcurve.store.values.records import NewRecords, RecordsSummary

MAX_RECORDS: Final = 100
"""A poll with more new records is rare, and encoding them takes longer than the reading."""
MAX_AGE_MS: Final = 1_000


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """The results of a poll's transaction.

    Attributes:
        before: the revision before the poll.
        new: the records after that revision; None if they are many.
        summary: the totals of the store.
        at_ms: when they were read.
    """

    before: int
    new: NewRecords | None
    summary: RecordsSummary
    at_ms: int


class Fresh:
    """Keeps the answers of the last poll while they are up to date."""

    def __init__(self, database: Database, present: Present) -> None:
        self._database = database
        self._present = present
        self._answers: Answers | None = None
        self._commits = -1

    def committed(self, answers: Answers) -> None:
        """Keep the answers of the transaction that was just committed."""
        self._answers, self._commits = answers, self._database.commits

    def since(self, revision: int) -> NewRecords | None:
        """Return the records after a revision; None if they must be read."""
        answers = self._current()
        return answers.new if answers is not None and answers.before == revision else None

    def summary(self) -> RecordsSummary | None:
        """Return the totals of the store; None if they must be read."""
        answers = self._current()
        return None if answers is None else answers.summary

    def _current(self) -> Answers | None:
        answers = self._answers
        if answers is None or self._commits != self._database.commits:
            return None
        is_new = 0 <= self._present.now_ms() - answers.at_ms < MAX_AGE_MS
        return answers if is_new else None
