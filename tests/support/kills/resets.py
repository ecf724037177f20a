"""Kills while credit resets are asked for: none is ever asked for twice."""

import contextlib
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import ClassVar

from creditcurve.simulator import Era, SimulatedAccount
from support.checker import check_database
from support.kills.kind import DEBUG, Kind, duration_s, pause, working
from support.program import Program
from support.site import COOKIE, Site

POST = "POST"
LOW = 1_000


class Resets(Kind):
    """Each command asks the site once at most; a restart asks for none.

    The site grants any number a day, so that only the program limits them. A rule for automatic
    resets is on: it may ask once a day.
    """

    name: ClassVar[str] = "resets"
    share: ClassVar[float] = 0.12

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Start the program with an account whose balance is always low."""
        self._commands = 0
        with Site() as site:
            site.simulator.account = SimulatedAccount(
                era=Era.CREDITS, opening=10, maximum=20, resets_per_day=10**6
            )
            self._site = site
            self._program = Program(self.folder, site.url, arguments=DEBUG)
            self._program.start()
            self._program.give_cookie(COOKIE, collecting=True)
            self._program.call("PATCH", "/api/settings", {"auto_reset": {"below": LOW}})
            self._latest_s = 1.3 * duration_s(self._reset)
            yield
            assert self._program.stop() == 0
            self.logs.append(self._program.log)

    def kill(self) -> None:
        """Kill it before, during or after the call to the site."""
        with working(self._reset):
            pause(self.chance.random() * self._latest_s)
            self._program.kill()
        self._verify()
        self._program.start()

    def result(self) -> str:
        """Wait for a poll of the last start; return how often the site was asked."""
        assert self._program.call("POST", "/api/refresh").status_code == 200
        self._verify()
        return f"{self._commands} asked for, the site asked {self._posts()} times, none repeated"

    def _reset(self) -> None:
        self._commands += 1
        answer = self._program.call("POST", "/api/account/reset")
        assert answer.status_code == 200, answer.text

    def _posts(self) -> int:
        requests = self._site.simulator.account_requests
        return sum(request.method == POST for request in requests)

    def _verify(self) -> None:
        """Each call to the site was stored before, and each command made one at most."""
        path = self._program.data_dir / "creditcurve.db"
        check_database(path)
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT t, value ->> 'by' FROM credit_reset").fetchall()
        by = Counter(by for _, by in rows)
        days = {time.gmtime(t_ms / 1000).tm_yday for t_ms, _ in rows}
        assert self._posts() <= len(rows)
        assert by["user"] <= self._commands
        assert len(rows) - by["user"] <= len(days)
