"""``creditcurve export``: the stored records as a file, from the instance or from the store.

A file appears whole or not at all; standard output is written as the records come.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

from creditcurve.api.http.instants import optional_instant
from creditcurve.api.http.problems import ProblemError
from creditcurve.api.resources.records import SUMS_BEFORE, lacking_before
from creditcurve.app import Parts
from creditcurve.cli.client import Client
from creditcurve.cli.exits import NO_INPUT, OK, USAGE, Refusal, settled
from creditcurve.cli.language import language
from creditcurve.cli.offline import through
from creditcurve.config import Config, Flags
from creditcurve.recordfiles import FileFormat, write_records
from creditcurve.store import ExportQuery

Write = Callable[[bytes], object]


def run(flags: Flags, *, form: str, start: str | None, end: str | None, output: Path | None) -> int:
    """Write the records of ``[start, end)``; the exit code."""

    def work(config: Config) -> int:
        query = _query(start, end)
        if not config.data_dir.is_dir():
            raise Refusal(f"There is no data folder {config.data_dir}.", NO_INPUT)
        with _opened(output) as write:
            moment = through(
                config,
                running=lambda client: _copied(client, _path(form, query), write),
                here=lambda parts: _exported(parts, FileFormat(form), query, write),
            )
        _warn(moment)
        return OK

    return settled(flags, work)


def _query(start: str | None, end: str | None) -> ExportQuery:
    """The range, checked as the interface checks it.

    Raises:
        Refusal: an instant cannot be read, or the range is empty.
    """
    try:
        query = ExportQuery(
            from_ms=optional_instant("from", start), to_ms=optional_instant("to", end)
        )
    except ProblemError as problem:
        raise Refusal(problem.view.detail, USAGE) from problem
    if query.from_ms is not None and query.to_ms is not None and query.from_ms >= query.to_ms:
        raise Refusal("from must lie before to.", USAGE)
    return query


def _path(form: str, query: ExportQuery) -> str:
    given = {"format": form, "from": query.from_ms, "to": query.to_ms}
    return "/api/export?" + urlencode({name: v for name, v in given.items() if v is not None})


def _copied(client: Client, path: str, write: Write) -> str | None:
    """Write what the instance gives; the moment before which it has no records any more."""
    heads: list[Message] = []
    for piece in client.stream(path, heads.append):
        write(piece)
    return heads[0][SUMS_BEFORE]


async def _exported(parts: Parts, form: FileFormat, query: ExportQuery, write: Write) -> str | None:
    """Write what the store has; the moment before which it has no records any more."""
    async for piece in write_records(parts.store.records.export(query), form):
        write(piece)
    return lacking_before(parts.store.retention.horizon, query.from_ms)


def _warn(moment: str | None) -> None:
    """Say what the file lacks, where it was to begin earlier; never among the records."""
    if moment is None:
        return
    say = language(os.environ)
    sys.stderr.write(
        say(
            f"Records from before {moment} are not in it: they were removed by retention_days.\n",
            f"其中不含 {moment} 之前的记录：已按 retention_days 删除。\n",
        )
    )


@contextlib.contextmanager
def _opened(output: Path | None) -> Iterator[Write]:
    """Where the records go; a file takes its place when it is whole."""
    if output is None:
        yield sys.stdout.buffer.write
        sys.stdout.flush()
        return
    draft = output.with_name(f"{output.name}.{os.getpid()}.part")
    try:
        with draft.open("xb") as file:
            yield file.write
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
