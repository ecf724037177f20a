"""Kills while the cookie is encrypted with a new key."""

import contextlib
import os
from collections.abc import Iterator
from typing import ClassVar

from support.commands import beside, run
from support.kills.kind import Kind, duration_s, pause
from support.program import Program
from support.site import COOKIE, Site
from support.starting import start

VALID = "valid · __Secure-authjs.session-token\n"


class Reseals(Kind):
    """At any moment the files are enough to open the cookie."""

    name: ClassVar[str] = "reseals"
    share: ClassVar[float] = 0.12

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Store a cookie and measure one command."""
        self._killed = 0
        with Site() as site:
            self._site = site
            self._program = Program(self.folder, site.url)
            done = run(self._program, "cookie", "set", given=COOKIE, upstream=site.url)
            assert done.stdout == VALID, done.stderr
            self._latest_s = min(duration_s(lambda: self._reseal(None)) for _ in range(3))
            yield

    def kill(self) -> None:
        """Kill the command; the cookie can be opened, and the site accepts it."""
        self._reseal(self.chance.random() * self._latest_s)
        done = run(self._program, "cookie", "check", upstream=self._site.url)
        assert done.stdout == VALID, done.stderr

    def result(self) -> str:
        """Return how many commands were killed before their end."""
        return f"{self._killed} before the end of the command; the cookie always opened"

    def _reseal(self, after_s: float | None) -> None:
        """Run the command; kill it after a while."""
        null = os.open(os.devnull, os.O_RDWR)
        environment = beside(self._program, upstream=self._site.url)
        try:
            command = start(("cookie", "reseal"), environment, (null, null, null))
        finally:
            os.close(null)
        if after_s is not None:
            pause(after_s)
            command.kill()
        self._killed += command.wait(30) != 0
