"""``creditcurve export``: the stored records as a file, from the instance or from the store.

A file appears whole or not at all; standard output is written as the records come.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from creditcurve.api.export import Form, written
from creditcurve.api.instants import optional_instant
from creditcurve.api.problems import Problem
from creditcurve.app import Parts
from creditcurve.cli.client import Client
from creditcurve.cli.exits import NO_INPUT, OK, USAGE, Refusal, settled
from creditcurve.cli.offline import through
from creditcurve.config import Config, Flags
from creditcurve.store import ExportQuery

Write = Callable[[bytes], object]


def run(flags: Flags, *, form: str, start: str | None, end: str | None, output: Path | None) -> int:
    """Write the records of ``[start, end)``; the exit code."""

    def work(config: Config) -> int:
        query = _query(start, end)
        if not config.data_dir.is_dir():
            raise Refusal(f"There is no data folder {config.data_dir}.", NO_INPUT)
        with _opened(output) as write:
            through(
                config,
                running=lambda client: _copied(client, _path(form, query), write),
                here=lambda parts: _exported(parts, Form(form), query, write),
            )
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
    except Problem as problem:
        raise Refusal(problem.view.detail, USAGE) from problem
    if query.from_ms is not None and query.to_ms is not None and query.from_ms >= query.to_ms:
        raise Refusal("from must lie before to.", USAGE)
    return query


def _path(form: str, query: ExportQuery) -> str:
    given = {"format": form, "from": query.from_ms, "to": query.to_ms}
    return "/api/export?" + urlencode({name: v for name, v in given.items() if v is not None})


def _copied(client: Client, path: str, write: Write) -> None:
    for piece in client.stream(path):
        write(piece)


async def _exported(parts: Parts, form: Form, query: ExportQuery, write: Write) -> None:
    async for piece in written(parts.store.export(query), form):
        write(piece)


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
