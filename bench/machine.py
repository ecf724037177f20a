"""The machine that the figures were measured on."""

import os
import platform
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import apsw

_STARTS: Final = 20


def description() -> str:
    """Return processor, cores, memory, system and versions."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory_gb():.0f} GB; "
        f"{platform.system()} {platform.release()}; Python {platform.python_version()}, "
        f"SQLite {apsw.sqlite_lib_version()} (rival {sqlite3.sqlite_version})."
    )


def load() -> float:
    """Return how many processes were waiting or running in the last minute, on average."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def interpreter_ms() -> float:
    """Return the fastest of some starts of a bare interpreter: how fast the machine is now."""
    return min(_start_ms() for _ in range(_STARTS))


def _start_ms() -> float:
    began_s = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return (time.perf_counter() - began_s) * 1_000


def _processor() -> str:
    lines = _lines("/proc/cpuinfo")
    found = next((line for line in lines if line.startswith("model name")), "")
    return found.partition(":")[2].strip() or platform.processor() or platform.machine()


def _memory_gb() -> float:
    found = next((line for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "")
    return int(found.split()[1]) / 1e6 if found else 0.0


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
