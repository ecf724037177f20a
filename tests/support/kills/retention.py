"""Kills while old records are removed: their sums stay, and no newer record is removed."""

import contextlib
import json
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from support.checker import check_database, hourly_sums
from support.kills.kind import DEBUG, Kind, import_lines, pause, working
from support.program import Program
from support.torture import IMPORTED

RECORDS = 8_000
BATCH = 4_000
DAYS = 40
KEPT_DAYS = 5
LATEST_S = 0.15


class Retention(Kind):
    """Each kill begins with the same full database."""

    name: ClassVar[str] = "retention"
    share: ClassVar[float] = 0.12

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Fill a database with records of many days."""
        program = Program(self.folder, None)
        program.start()
        for first in range(0, RECORDS, BATCH):
            import_lines(program, _lines(range(first, first + BATCH)))
        program.stop()
        self._full = program.data_dir
        self._file = self._full / "creditcurve.db"
        self._before = check_database(self._file)
        self._sums = hourly_sums(self._file)
        self._removed: set[int] = set()
        yield

    def kill(self) -> None:
        """Kill it while it removes records; the next start removes the rest."""
        program = Program(self.folder, None, arguments=DEBUG)
        program.data_dir = self.folder / "copy"
        shutil.copytree(self._full, program.data_dir)
        program.start()
        keep_less = {"retention_days": KEPT_DAYS}
        with working(lambda: program.call("PATCH", "/api/settings", keep_less)):
            pause(self.chance.random() * LATEST_S)
            program.kill()
        self._verify(program)
        with program:
            program.call("PATCH", "/api/settings", keep_less)
            self._wait_for_the_end(program)
        self._verify(program)
        self.logs.append(program.log)
        program.log_file.unlink()
        shutil.rmtree(program.data_dir)

    def result(self) -> str:
        """Return in how many states the kills left the database."""
        return f"found in {len(self._removed)} states; every sum kept, no newer record removed"

    def _verify(self, program: Program) -> None:
        file = program.data_dir / "creditcurve.db"
        content = check_database(file)
        kept = {id_ for id_ in self._before.ids if _time_of(id_) >= content.horizon_ms}
        assert content.ids == kept
        assert hourly_sums(file) == self._sums
        self._removed.add(RECORDS - len(kept))

    def _wait_for_the_end(self, program: Program) -> None:
        deadline_s = time.monotonic() + 30
        while (left := program.get("/api/status")["records"]["total"]) != _kept_in_the_end():
            assert time.monotonic() < deadline_s, left
            pause(0.01)


def _time_of(number: int) -> int:
    begin = datetime(2025, 7, 1, tzinfo=UTC)
    at = begin + timedelta(days=DAYS) * (number / RECORDS)
    return round(at.timestamp()) * 1000


def _kept_in_the_end() -> int:
    hour_ms = 3_600_000
    newest_ms = _time_of(RECORDS - 1)
    due_ms = (newest_ms - KEPT_DAYS * 24 * hour_ms) // hour_ms * hour_ms
    return sum(_time_of(number) >= due_ms for number in range(RECORDS))


def _lines(numbers: range) -> bytes:
    record = json.loads(IMPORTED.format(id=0))
    return b"\n".join(
        json.dumps(
            {
                **record,
                "id": number,
                "credits": number % 50,
                "model": ("opus", "sonnet")[number % 2],
                "created_at": datetime.fromtimestamp(_time_of(number) / 1000, UTC).isoformat(),
            }
        ).encode()
        for number in numbers
    )
