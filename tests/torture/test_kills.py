"""``kill -9`` at random moments: everything that was acknowledged is in the database."""

import contextlib
import random
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

import httpx2
import pytest

from support.checker import check_database
from support.kills import KINDS, Kind
from support.program import Program
from support.site import COOKIE, Site
from support.torture import Figures, Scale, Stalls

WHOLE: Final = 1_000


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_kills_lose_nothing_that_was_acknowledged(
    tmp_path: Path, scale: Scale, figures: Figures, stalls: Stalls, kind: type[Kind]
) -> None:
    kills = scale.count(round(WHOLE * kind.share))
    work = kind(tmp_path / "kills", random.Random(11))
    with work.session():
        for _ in range(kills):
            work.kill()
        figures.add("kill -9", kills, f"{kind.name}: {work.result()}")
    for log in work.logs:
        stalls.read(log)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_sigterm_ends_every_stream_and_the_poll(
    tmp_path: Path, site: Site, scale: Scale, figures: Figures, stalls: Stalls
) -> None:
    """With up to a hundred open streams and a poll whose answer does not come before the end."""
    stops, chance = scale.count(200), random.Random(13)
    program = Program(tmp_path, site.url, arguments=("--log-level", "debug"))
    program.start()
    program.give_cookie(COOKIE)
    for _ in range(stops):
        held = site.hold("usage")
        with contextlib.ExitStack() as stack:
            pool = stack.enter_context(ThreadPoolExecutor())
            stack.callback(held.release)
            poll = pool.submit(program.call, "POST", "/api/refresh")
            held.wait()
            client = stack.enter_context(httpx2.Client(trust_env=False, timeout=30))
            for _ in range(chance.randrange(101)):
                stack.enter_context(client.stream("GET", f"{program.url}/api/events"))
            assert program.stop() == 0
        assert is_cut(poll)
        program.start()
    program.stop()
    check_database(program.data_dir / "creditcurve.db")
    stalls.read(program.log)
    figures.add("SIGTERM", stops, "0 to 100 streams and a poll: exit 0")


def is_cut(call: Future[httpx2.Response]) -> bool:
    """Whether the end has cut a call; a wait for the site ends with the fault of a slow site."""
    if error := call.exception():
        return isinstance(error, httpx2.TransportError)
    return call.result().status_code == 500
