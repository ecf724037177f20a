"""``kill -9`` at random moments: everything that was acknowledged is in the database."""

import contextlib
import random
import threading
from pathlib import Path
from typing import Final

import httpx2
import pytest

from support.checker import check_database
from support.program import Program
from support.site import COOKIE, Site
from support.torture import IMPORTED, Figures, Scale

WHOLE: Final = 1_000
LATEST_S: Final = 1.0


class Work:
    """Commands to the program, one after the other, until it is killed."""

    def __init__(self, program: Program, site: Site, chance: random.Random, first: int) -> None:
        self._program = program
        self._site = site
        self._chance = chance
        self._next = first
        self.acknowledged: set[int] = set()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self) -> int:
        """Wait for its end; return the next free id."""
        self._thread.join(30)
        assert not self._thread.is_alive()
        return self._next

    def _run(self) -> None:
        steps = (self._import, self._refresh, self._change, self._give_cookie)
        with contextlib.suppress(httpx2.TransportError):
            while True:
                self._chance.choice(steps)()

    def _import(self) -> None:
        self._next += 1
        lines = IMPORTED.format(id=self._next).encode()
        headers = {"content-type": "application/x-ndjson"}
        answer = self._program.call("POST", "/api/import", headers=headers, content=lines)
        assert answer.status_code == 200, answer.text
        self.acknowledged.add(self._next)

    def _refresh(self) -> None:
        self._site.charge(self._chance.randrange(50))
        answer = self._program.call("POST", "/api/refresh")
        assert answer.status_code == 200, answer.text
        shown = self._program.get("/api/records?limit=20")["records"]
        self.acknowledged |= {int(one["id"]) for one in shown}

    def _change(self) -> None:
        seconds = self._chance.randrange(10, 100)
        self._program.call("PATCH", "/api/settings", {"poll_interval_s": seconds})

    def _give_cookie(self) -> None:
        self._program.call("PUT", "/api/cookie", {"cookie": COOKIE})


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_kills_lose_nothing_that_was_acknowledged(
    tmp_path: Path, site: Site, scale: Scale, figures: Figures
) -> None:
    kills, chance = scale.count(WHOLE), random.Random(11)
    program = Program(tmp_path, site.url)
    program.start()
    program.give_cookie(COOKIE, collecting=True)
    acknowledged: set[int] = set()
    free = 900_000_000
    for _ in range(kills):
        work = Work(program, site, chance, free)
        work.start()
        threading.Event().wait(chance.random() * LATEST_S)
        program.kill()
        free = work.join()
        acknowledged |= work.acknowledged
        program.start()
        stored = check_database(program.data_dir / "creditcurve.db")
        assert acknowledged <= stored
    assert program.stop() == 0
    figures.add("kills", kills, f"{len(acknowledged):,} acknowledged records, none lost")


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_sigterm_ends_every_stream_and_the_poll(
    tmp_path: Path, site: Site, scale: Scale, figures: Figures
) -> None:
    """With up to a hundred open streams and a poll that is waiting for its answer."""
    stops, chance = scale.count(200), random.Random(13)
    program = Program(tmp_path, site.url)
    program.start()
    program.give_cookie(COOKIE)
    for _ in range(stops):
        held = site.hold("usage")
        poll = threading.Thread(target=refresh_until_the_end, args=(program,), daemon=True)
        poll.start()
        held.wait()
        with contextlib.ExitStack() as stack:
            client = stack.enter_context(httpx2.Client(trust_env=False, timeout=30))
            for _ in range(chance.randrange(101)):
                stack.enter_context(client.stream("GET", f"{program.url}/api/events"))
            assert program.stop() == 0
        held.release()
        poll.join(30)
        program.start()
    program.stop()
    figures.add("SIGTERM", stops, "with 0 to 100 streams and a running poll: all exit 0")


def refresh_until_the_end(program: Program) -> None:
    """Poll; the program ends in the meantime."""
    with contextlib.suppress(httpx2.TransportError):
        program.call("POST", "/api/refresh")
