"""Kills while thousands of records are imported: all of an upload are stored, or none."""

import contextlib
from collections.abc import Iterator
from typing import ClassVar

from support.acknowledged import Acknowledged
from support.kills.kind import DEBUG, Kind, duration_s, import_lines, pause, working
from support.program import Program
from support.torture import IMPORTED

LINES = 1_500
FIRST = 900_000_000


class Imports(Kind):
    """Uploads one after the other."""

    name: ClassVar[str] = "imports"
    share: ClassVar[float] = 0.12

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Start the program and measure one upload."""
        self._acknowledged = Acknowledged()
        self._number = 0
        self._program = Program(self.folder, None, arguments=DEBUG)
        self._program.start()
        self._latest_s = 1.5 * duration_s(self._import)
        yield
        assert self._program.stop() == 0
        self.logs.append(self._program.log)

    def kill(self) -> None:
        """Kill it during an upload."""
        with working(self._import):
            pause(self.chance.random() * self._latest_s)
            self._program.kill()
        self._verify()
        self._program.start()

    def result(self) -> str:
        """Return the number of acknowledged records."""
        self._verify()
        return f"{len(self._acknowledged.ids):,} acknowledged records, none lost, no part of one"

    def _verify(self) -> None:
        self._acknowledged.verify(self._program.data_dir / "creditcurve.db")

    def _import(self) -> None:
        """Upload new records in the place of the last ones, so that the database stays small."""
        first = FIRST + self._number * LINES
        self._number += 1
        ids = range(first, first + LINES)
        self._acknowledged.together(ids)
        lines = "\n".join(IMPORTED.format(id=id_) for id_ in ids)
        import_lines(self._program, lines.encode())
        self._acknowledged.stored(ids)
