"""Kills while the database of the first release is migrated."""

import contextlib
import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import ClassVar, Final

from support.checker import check_database
from support.kills.kind import Kind, pause
from support.program import Program

RELEASED: Final = Path(__file__).parents[2] / "fixtures/released/0.1.0"
KEY: Final = {"CREDITCURVE_SECRET_KEY": "released-folder-fixture-key-0123456789"}
LATEST_S: Final = 0.06
COPY: Final = "*before-version-*"


class Migrations(Kind):
    """The migration begins when a copy of the old database appears."""

    name: ClassVar[str] = "migrations"
    share: ClassVar[float] = 0.12

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Read the ids of the fixture."""
        self._expected = json.loads((RELEASED / "expected.json").read_text())
        with closing(sqlite3.connect(f"file:{RELEASED}/creditcurve.db?mode=ro", uri=True)) as old:
            self._ids = {id_ for (id_,) in old.execute("SELECT id FROM record")}
        self._versions: set[int] = set()
        yield

    def kill(self) -> None:
        """Kill it during the migration; the next start completes it."""
        program = Program(self.folder, None, environment=KEY)
        program.data_dir.mkdir(mode=0o700)
        shutil.copy(RELEASED / "creditcurve.db", program.data_dir)
        program.launch()
        self._wait_for_the_copy(program)
        pause(self.chance.random() * LATEST_S)
        program.kill()
        self._versions.add(self._version(program))
        with program:
            self._verify(program)
        shutil.rmtree(program.data_dir)

    def result(self) -> str:
        """Return the schemas that the kills left."""
        found = ", ".join(map(str, sorted(self._versions)))
        return f"found at schema {found}; every record, setting and cookie kept"

    def _verify(self, program: Program) -> None:
        status, settings = program.get("/api/status"), program.get("/api/settings")
        expected = self._expected
        assert {name: settings[name] for name in expected["settings"]} == expected["settings"]
        assert status["cookie"]["names"] == expected["cookie"]
        assert status["recovered_from"] is None
        assert check_database(program.data_dir / "creditcurve.db").ids == self._ids

    def _wait_for_the_copy(self, program: Program) -> None:
        deadline_s = time.monotonic() + 30
        while not any(program.data_dir.glob(COPY)):
            assert time.monotonic() < deadline_s
            pause(0.001)

    def _version(self, program: Program) -> int:
        with closing(sqlite3.connect(program.data_dir / "creditcurve.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            ids = {id_ for (id_,) in database.execute("SELECT id FROM record")}
            assert ids == self._ids
            [(version,)] = database.execute("PRAGMA user_version").fetchall()
        return int(version)
