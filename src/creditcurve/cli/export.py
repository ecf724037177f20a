"""``creditcurve export``: write the stored records as a file, with or without an instance.

A file appears only when it is complete; standard output is written as the records arrive. A report
of records, range and file goes to standard error.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from cyclopts import Parameter

from creditcurve.api.resources.records import SUMS_BEFORE, lacking_before
from creditcurve.cli.client import Client
from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.offline import through
from creditcurve.cli.parameters import DataDir, FileForm, Force, From, To
from creditcurve.cli.range import read_instant_or_date
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.target import cannot_create, check_target
from creditcurve.cli.terminal import print_error
from creditcurve.cli.zone import Zone, configured_zone
from creditcurve.config import Config, Flags
from creditcurve.domain.account import unit_of
from creditcurve.parts import Parts
from creditcurve.recordfiles import FileFormat, write_records
from creditcurve.store import ExportQuery
from creditcurve.store.sqlite import inspection

app = new_app("export", "creditcurve export --from 2026-11-01 --output november.csv")


class Request(msgspec.Struct, frozen=True):
    """The arguments of the command."""

    form: FileFormat
    start: str | None
    end: str | None


class Report(msgspec.Struct, frozen=True):
    """The result of an export.

    Attributes:
        records: number of records written.
        query: the range.
        zone: zone of the settings.
        sums_before: instant before which single records were deleted, if the range begins earlier.
    """

    records: int
    query: ExportQuery
    zone: Zone
    sums_before: str | None


class _TimeZone(msgspec.Struct, frozen=True):
    time_zone: str


@app.default
def run(  # noqa: PLR0913 - one parameter for each flag
    *,
    form: Annotated[
        FileForm, Parameter(name="--format", help=say("Form of the file.", "文件格式。"))
    ] = "csv",
    start: From = None,
    end: To = None,
    output: Annotated[
        Path | None,
        Parameter(
            help=say("File to write; default: standard output.", "输出文件，默认为标准输出。")
        ),
    ] = None,
    force: Force = False,
    data_dir: DataDir = None,
) -> int:
    """Write the records of ``[start, end)``; return the exit code."""
    request = Request(FileFormat(form), start, end)
    return run_command(
        Flags(data_dir=data_dir), lambda config: _export(config, request, output, force=force)
    )


def _export(config: Config, request: Request, output: Path | None, *, force: bool) -> int:
    _query(request, configured_zone("auto"))  # refuses a wrong range before anything is opened
    if not inspection.has_database(config.data_dir):
        raise CommandError(
            f"There is no database in {config.data_dir}: start creditcurve first, or name another "
            "folder with --data-dir.",
            f"{config.data_dir} 中没有数据库：请先运行 creditcurve，或用 --data-dir 指定其他目录。",
            Exit.NO_INPUT,
        )
    if output is not None:
        check_target(output, overwrite=force)
    with _opened(output, request.form) as counter:
        report = through(
            config,
            running=lambda client: _copy(client, request, counter),
            here=lambda parts: _write(parts, request, counter),
        )
    _print_report(report, output)
    return Exit.OK


class _Counter:
    """Counts the records of a file while its pieces are written."""

    def __init__(self, write: Callable[[bytes], object], form: FileFormat) -> None:
        self._write = write
        self._form = form
        self._lines = 0
        self._is_quoted = False
        self._size = 0

    def write(self, piece: bytes) -> None:
        """Write a piece; a line break within a quoted CSV cell ends no record."""
        self._write(piece)
        self._size += len(piece)
        if self._form is not FileFormat.CSV or (b'"' not in piece and not self._is_quoted):
            self._lines += piece.count(b"\n")
            return
        for index, part in enumerate(piece.split(b'"')):
            self._is_quoted ^= index > 0
            self._lines += 0 if self._is_quoted else part.count(b"\n")

    @property
    def records(self) -> int:
        """The number of records; a CSV file has a header, and ``[]`` is an empty array."""
        if self._form is FileFormat.CSV:
            return self._lines - 1
        is_empty = self._form is FileFormat.JSON and self._size <= len("[]\n")
        return 0 if is_empty else self._lines


def _query(request: Request, zone: Zone) -> ExportQuery:
    """Return the range.

    Raises:
        CommandError: an end cannot be read, or the range is empty.
    """
    query = ExportQuery(
        from_ms=read_instant_or_date("--from", request.start, zone),
        to_ms=read_instant_or_date("--to", request.end, zone),
    )
    if query.from_ms is not None and query.to_ms is not None and query.from_ms >= query.to_ms:
        raise CommandError("--from must be before --to.", "--from 必须早于 --to。", Exit.USAGE)
    return query


def _copy(client: Client, request: Request, counter: _Counter) -> Report:
    """Write the answer of the running instance."""
    zone = configured_zone(client.get("/api/settings", _TimeZone).time_zone)
    query = _query(request, zone)
    named = {"format": request.form.value, "from": query.from_ms, "to": query.to_ms}
    given = urlencode({name: value for name, value in named.items() if value is not None})
    headers: list[Message] = []
    for piece in client.stream(f"/api/export?{given}", headers.append):
        counter.write(piece)
    return Report(counter.records, query, zone, headers[0][SUMS_BEFORE])


async def _write(parts: Parts, request: Request, counter: _Counter) -> Report:
    """Write the records of the store."""
    zone = configured_zone(parts.store.state.settings.time_zone)
    query = _query(request, zone)
    unit = unit_of(parts.store.state.settings.unit, parts.store.account.account)
    async for piece in write_records(parts.store.records.export(query), request.form, unit):
        counter.write(piece)
    sums_before = lacking_before(parts.store.retention.horizon, query.from_ms)
    return Report(counter.records, query, zone, sums_before)


def _print_report(report: Report, output: Path | None) -> None:
    """Print records, range, zone and file, and the missing part of the range."""
    start, end = _shown(report.query.from_ms, report.zone), _shown(report.query.to_ms, report.zone)
    if start is None and end is None:
        range_ = say("all", "全部")
    else:
        range_ = f"{start or '…'} – {end or '…'} ({report.zone.name})"
    target = str(output) if output is not None else say("standard output", "标准输出")
    number = say(f"{report.records:,} requests", f"{report.records:,} 条请求")
    print_error(f"{number} · {range_} · {target}")
    if report.sums_before is not None:
        print_error(
            say(
                f"Requests before {report.sums_before} are missing: retention deleted them.",
                f"不含 {report.sums_before} 之前的请求：已按保留期删除。",
            )
        )


def _shown(t_ms: int | None, zone: Zone) -> str | None:
    return None if t_ms is None else f"{zone.at(t_ms):%Y-%m-%d %H:%M:%S}"


@contextlib.contextmanager
def _opened(output: Path | None, form: FileFormat) -> Iterator[_Counter]:
    """Open the target; a file replaces an older one only when it is complete."""
    if output is None:
        yield _Counter(sys.stdout.buffer.write, form)
        sys.stdout.flush()
        return
    draft = output.with_name(f"{output.name}.{os.getpid()}.part")
    with cannot_create(output):
        file = draft.open("xb")
    try:
        with file:
            yield _Counter(file.write, form)
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
