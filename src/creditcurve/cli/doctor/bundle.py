"""The report of ``doctor --bundle``: one JSON file that can be attached to a public issue.

It contains versions, the checks with their durations, the schema and sizes of the database, and the
report of the running instance. Of the environment it has only the names of variables, of the cookie
only its state. Every text passes the ``Redactor``. It is in English for those who read the issue.
"""

import os
import platform
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from creditcurve import __version__
from creditcurve.api.resources.diagnostics import DiagnosticsView
from creditcurve.cli.client import connected
from creditcurve.cli.doctor.finding import Check
from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.terminal import print_line, system_language
from creditcurve.clocks import Clock, SystemClock
from creditcurve.config import Config
from creditcurve.diagnostics import Redactor
from creditcurve.domain.instant import to_iso
from creditcurve.domain.origin import KNOWN_ORIGINS
from creditcurve.store import StoreError
from creditcurve.store.sqlite import inspection

TIMEOUT_S: Final = 10.0
_PREFIX: Final = "CREDITCURVE_"


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """The finding of a check; ``is_ok`` is None for information."""

    name: str
    is_ok: bool | None
    detail: str
    took_ms: float


class FileSize(msgspec.Struct, frozen=True):
    """A file of the data folder."""

    name: str
    bytes: int


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report; ``running`` and ``database`` are null if there is none or it is unreadable.

    Attributes:
        variables: the names of the environment's variables for this program, without values.
    """

    about: str
    at: str
    version: str
    python: str
    system: str
    variables: tuple[str, ...]
    checks: tuple[CheckResult, ...]
    files: tuple[FileSize, ...]
    database: inspection.Facts | None
    running: DiagnosticsView | None


def write_bundle(config: Config, checks: Iterable[Check]) -> int:
    """Write the report into the present folder and print its name; return the exit code."""
    clock = SystemClock()
    stamp = to_iso(clock.now_ms())[:19].replace("-", "").replace(":", "")
    file = Path(f"creditcurve-report-{stamp}Z.json")
    report = _bundle(config, checks, clock)
    with file.open("xb") as opened:
        opened.write(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    note = system_language()(
        "no cookie, key, name or address in it; read it before you attach it",
        "不含 Cookie、密钥、用户名和地址；附上前请先查看内容",
    )
    print_line(f"{file} · {note}")
    return Exit.OK


def _bundle(config: Config, checks: Iterable[Check], clock: Clock) -> Bundle:
    redact = Redactor(config.data_dir, KNOWN_ORIGINS)
    return Bundle(
        about="CreditCurve: a report for a public issue, without secrets, names and addresses.",
        at=to_iso(clock.now_ms()),
        version=__version__,
        python=platform.python_version(),
        system=platform.platform(),
        variables=tuple(sorted(name for name in os.environ if name.startswith(_PREFIX))),
        checks=tuple(_results(config, checks, redact, clock)),
        files=tuple(_files(config.data_dir)),
        database=_facts(config),
        running=_running(config),
    )


def _results(
    config: Config, checks: Iterable[Check], redact: Redactor, clock: Clock
) -> Iterator[CheckResult]:
    """Yield the findings; the duration is that since the finding before."""
    since_s = clock.monotonic_s()
    for check in checks:
        for finding in check(_english, config):
            now_s = clock.monotonic_s()
            yield CheckResult(
                name=finding.name,
                is_ok=finding.is_ok,
                detail=redact(finding.detail),
                took_ms=round((now_s - since_s) * 1000, 1),
            )
            since_s = now_s


def _english(english: str, _chinese: str) -> str:
    return english


def _files(folder: Path) -> Iterator[FileSize]:
    """Yield the database's files and kept copies; other names could be anything."""
    for file in sorted(folder.glob("creditcurve.*")):
        if file.is_file():
            yield FileSize(file.name, file.stat().st_size)


def _facts(config: Config) -> inspection.Facts | None:
    if not inspection.has_database(config.data_dir):
        return None
    try:
        return inspection.facts(config.data_dir)
    except StoreError:
        return None  # the check of the database says why


def _running(config: Config) -> DiagnosticsView | None:
    try:
        with connected(config.data_dir, timeout_s=TIMEOUT_S) as (client, _, _):
            return client.get("/api/diagnostics", DiagnosticsView)
    except CommandError:
        return None  # the check of the port says why
