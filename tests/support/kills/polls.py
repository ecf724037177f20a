"""Kills while the program polls, imports single records and follows commands."""

import contextlib
from collections.abc import Iterator
from typing import ClassVar

from support.acknowledged import Acknowledged
from support.kills.kind import DEBUG, Kind, import_lines, pause, working
from support.program import Program
from support.site import COOKIE, Site
from support.torture import IMPORTED

LATEST_S = 0.6
ROWS_OF_AN_ANSWER = 20
MANY = 30
"""More rows than an answer contains: some are never seen, and their time is a gap."""


class PollsAndCommands(Kind):
    """The site makes rows; each poll stores all rows of its answer, or none."""

    name: ClassVar[str] = "polls and commands"
    share: ClassVar[float] = 0.4

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Start a site whose answers are short, and the program."""
        self._acknowledged = Acknowledged()
        self._next = 900_000_000
        with Site(row_limit=ROWS_OF_AN_ANSWER) as site:
            site.simulator.honours_hours = False
            self._site = site
            self._program = Program(self.folder, site.url, arguments=DEBUG)
            self._program.start()
            self._program.give_cookie(COOKIE, collecting=True)
            yield
            assert self._program.stop() == 0
            self.logs.append(self._program.log)

    def kill(self) -> None:
        """Kill it between two calls, or during one."""
        with working(self._work):
            pause(self.chance.random() * LATEST_S)
            self._program.kill()
        self._verify()
        self._program.start()

    def result(self) -> str:
        """Return the number of acknowledged records."""
        self._verify()
        return f"{len(self._acknowledged.ids):,} acknowledged records, none lost, no part of a poll"

    def _verify(self) -> None:
        self._acknowledged.verify(self._program.data_dir / "creditcurve.db")

    def _work(self) -> None:
        steps = (self._import, self._refresh, self._refresh, self._change, self._give_cookie)
        self.chance.choice(steps)()

    def _import(self) -> None:
        self._next += 1
        import_lines(self._program, IMPORTED.format(id=self._next).encode())
        self._acknowledged.stored({self._next})

    def _refresh(self) -> None:
        count = MANY if self.chance.random() < 0.05 else self.chance.randrange(4)
        made = self._site.charge_together(count)
        if count <= ROWS_OF_AN_ANSWER:
            self._acknowledged.made(made)
        answer = self._program.call("POST", "/api/refresh")
        assert answer.status_code == 200, answer.text
        shown = self._program.get(f"/api/records?limit={ROWS_OF_AN_ANSWER}")
        self._acknowledged.answered(shown["versions"]["revision"])
        self._acknowledged.stored(int(one["id"]) for one in shown["records"])

    def _change(self) -> None:
        seconds = self.chance.randrange(10, 100)
        answer = self._program.call("PATCH", "/api/settings", {"poll_interval_s": seconds})
        assert answer.json()["poll_interval_s"] == seconds

    def _give_cookie(self) -> None:
        assert self._program.call("PUT", "/api/cookie", {"cookie": COOKIE}).status_code == 200
