"""Faults of the machine itself: a disk that is full, and a clock that is set.

The disk is a small one in memory (tmpfs); the clock is set by libfaketime, only for the program.
"""

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from creditcurve.domain.instant import from_iso
from support.checker import check_database
from support.program import Program
from support.site import COOKIE, Site
from support.small_disk import small_disk

USAGE: Final = "/api/user/usage"
INTERVAL_S: Final = 10
PATIENCE_S: Final = 60.0
FAKETIME: Final = "faketime/libfaketime.so.1"
UNFORKED: Final = (sys.executable, "-m", "creditcurve")
"""A library can only be put in front of a process that is not forked."""


def faketime() -> Path | None:
    """Return the library that sets the clock of one process, where it is installed."""
    return next(Path("/usr/lib").glob(f"*/{FAKETIME}"), None)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path, size_mb=8) as disk:
        yield disk


def fill(disk: Path) -> Path:
    """Leave no byte free; return the file that takes the space."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4_096))
    return filler


@pytest.mark.slow
def test_a_full_disk_stops_nothing_but_writing(disk: Path, site: Site) -> None:
    with Program(disk, site.url) as program:
        program.give_cookie(COOKIE, collecting=True)
        assert program.call("POST", "/api/refresh").status_code == 200
        filler = fill(disk)
        refused = until_refused(program, site)
        assert program.call("GET", "/").status_code == 200
        assert program.get("/api/status")["link"]["state"] == "storage_error"
        filler.unlink()
        until(lambda: program.get("/api/status")["link"]["state"] == "ok")
        site.charge(7)
        assert program.call("POST", "/api/refresh").status_code == 200
        stored = {int(one["id"]) for one in program.get("/api/records?limit=500")["records"]}
    found = check_database(program.data_dir / "creditcurve.db").ids
    assert found == stored
    assert len(found) == 21 + refused


def until_refused(program: Program, site: Site) -> int:
    """Poll new rows until one cannot be stored: the journal has some space left."""
    for made in range(1, 200):
        site.charge(1)
        if program.call("POST", "/api/refresh").status_code == 503:
            return made
    raise AssertionError("every poll was stored")


def until(holds: object) -> None:
    """Wait until a condition is true."""
    assert callable(holds)
    deadline_s = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline_s
        time.sleep(0.1)


class Clock:
    """The wall clock of one process: its offset to the real one is read from a file."""

    def __init__(self, folder: Path, library: Path) -> None:
        self._file = folder / "clock"
        self.set("+0")
        self.environment = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, offset: str) -> None:
        """Set the clock, in one step."""
        new = self._file.with_suffix(".new")
        new.write_text(offset + "\n")
        new.replace(self._file)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(faketime() is None, reason="libfaketime is not installed")
@pytest.mark.parametrize("offset", ["+3600", "-3600", "+3650d"])
def test_a_clock_that_is_set_moves_no_poll_and_no_record(
    tmp_path: Path, site: Site, offset: str
) -> None:
    library = faketime()
    assert library is not None
    clock = Clock(tmp_path, library)
    with Program(tmp_path, site.url, environment=clock.environment, command=UNFORKED) as program:
        program.give_cookie(COOKIE, collecting=True)
        program.call("PATCH", "/api/settings", {"poll_interval_s": INTERVAL_S})
        assert program.call("POST", "/api/refresh").status_code == 200
        before = program.get("/api/records?limit=500")["records"]
        calls = site.calls(USAGE)
        begun_s = time.monotonic()
        clock.set(offset)
        until(lambda: site.calls(USAGE) >= calls + 2)
        polls = site.calls(USAGE) - calls
        # A slow machine polls less often, so that no load breaks this limit.
        assert polls <= 1 + (time.monotonic() - begun_s) / (INTERVAL_S * 0.5), "a burst"
        assert program.get("/api/records?limit=500")["records"] == before
        link = program.get("/api/status")["link"]
        assert link["state"] == "ok"
        difference_ms = from_iso(link["last_success_at"]) - time.time_ns() // 1_000_000
        assert abs(difference_ms) > 3_000_000, "the clock of the program was set"
    check_database(program.data_dir / "creditcurve.db")
