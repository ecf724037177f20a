"""``creditcurve import``: import an export, through the running instance or into the store.

The file is read and stored in chunks, each chunk in one transaction. Existing records are kept, so
a file may be imported again after it was corrected.
"""

import contextlib
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, BinaryIO, Final

from cyclopts import Parameter

from creditcurve.api.resources.records import ImportView
from creditcurve.cli.client import Client
from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.language import Say
from creditcurve.cli.offline import through
from creditcurve.cli.parameters import DataDir, FileForm
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import print_line, print_progress, system_language
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags
from creditcurve.decoding import decode
from creditcurve.domain.record import Record
from creditcurve.parts import Parts
from creditcurve.recordfiles import (
    MAX_RECORD_BYTES,
    FileFormat,
    PlacedRecord,
    RecordFileError,
    read_records,
)
from creditcurve.recordfiles.ndjson import encode_lines

app = new_app("import", "creditcurve import november.csv")
CHUNK: Final = 2_000
STANDARD_INPUT: Final = Path("-")
_FORMS: Final = {
    ".csv": FileFormat.CSV,
    ".ndjson": FileFormat.NDJSON,
    ".jsonl": FileFormat.NDJSON,
    ".json": FileFormat.JSON,
}
_PROGRESS_EVERY_S: Final = 0.2

Chunk = list[Record]


@app.default
def run(
    source: Annotated[
        Path,
        Parameter(
            help=say("An export; - for standard input.", "导出文件；- 为标准输入。"),
            allow_leading_hyphen=True,
        ),
    ],
    /,
    *,
    form: Annotated[
        FileForm | None,
        Parameter(
            name="--format",
            help=say("Form of the file; default: by its name.", "文件格式，默认根据文件名判断。"),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        Parameter(negative="", help=say("Read everything, store nothing.", "只读取检查，不写入。")),
    ] = False,
    data_dir: DataDir = None,
) -> int:
    """Import the records of a file; return the exit code."""
    return run_command(
        Flags(data_dir=data_dir), lambda config: _import(config, source, form, is_dry=dry_run)
    )


def _import(config: Config, source: Path, form: str | None, *, is_dry: bool) -> int:
    chosen = _form(source, form)
    progress = Progress(system_language(), is_dry=is_dry)
    with _opened(source) as file:
        placed = read_records(file, chosen, now_ms=SystemClock().now_ms())
        chunks = progress.watched(_chunks(placed))
        if is_dry:
            deque(chunks, maxlen=0)
        else:
            through(
                config,
                running=lambda client: _send(client, chunks, progress),
                here=lambda parts: _store(parts, chunks, progress),
            )
    print_line(progress.line())
    return Exit.OK


class Progress:
    """Counts the imported records, and shows them on a terminal while the import runs."""

    def __init__(self, say: Say, *, is_dry: bool) -> None:
        self._say = say
        self._is_dry = is_dry
        self._read = self._new = self._known = self._differing = self._left_out = 0
        self._shown_s = 0.0

    def watched(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """Yield the chunks; each is counted after it was stored.

        Raises:
            CommandError: a record cannot be read; the text contains the records stored so far.
        """
        try:
            for chunk in chunks:
                yield chunk
                self._read += len(chunk)
                self._show()
        except RecordFileError as error:
            raise self._broken_off(error) from error
        finally:
            if self._shown_s:
                print_progress("")

    def add(self, view: ImportView) -> None:
        """Count a stored chunk."""
        self._new += view.new
        self._known += view.known
        self._differing += view.differing
        self._left_out += view.left_out

    def line(self) -> str:
        """Return a line like ``12,345 new · 980,000 known``."""
        say = self._say
        if self._is_dry:
            return say(
                f"{self._read:,} records are readable; nothing was stored",
                f"可以读取 {self._read:,} 条记录，未写入任何内容",
            )
        parts = [
            say(f"{self._new:,} new", f"新增 {self._new:,} 条"),
            say(f"{self._known:,} known", f"已有 {self._known:,} 条"),
        ]
        if self._differing:
            number = f"{self._differing:,}"
            en = f"{number} of them differ: the stored ones are kept"
            parts.append(say(en, f"其中 {number} 条与已存记录不同，保留已存的"))
        if self._left_out:
            number = f"{self._left_out:,}"
            en = f"{number} not imported: older than the retention"
            parts.append(say(en, f"未导入 {number} 条：早于保留期"))
        return " · ".join(parts)

    def _broken_off(self, error: RecordFileError) -> CommandError:
        """Return the error of an unreadable record, with the records stored before it."""
        if self._is_dry or not self._read:
            en, zh = "Nothing was stored.", "未写入任何内容。"
        else:
            counts = self.line()
            en = (
                f"The {self._read:,} records before it are stored ({counts}): "
                "correct the file and import it again."
            )
            zh = f"此前的 {self._read:,} 条已写入（{counts}）：请修正文件后重新导入。"
        return CommandError(f"{error} {en}", f"{error} {zh}", Exit.DATA_ERROR)

    def _show(self) -> None:
        now_s = time.monotonic()
        if sys.stderr.isatty() and now_s - self._shown_s >= _PROGRESS_EVERY_S:
            self._shown_s = now_s
            print_progress(self.line())


def _form(source: Path, given: str | None) -> FileFormat:
    if given is not None:
        return FileFormat(given)
    if source.is_dir():
        raise CommandError(f"{source} is not a file.", f"{source} 不是文件。", Exit.NO_INPUT)
    form = _FORMS.get(source.suffix.lower())
    if form is None:
        raise CommandError(
            f"The format of {source} is unknown: add --format.",
            f"无法根据文件名判断 {source} 的格式：请加上 --format。",
            Exit.USAGE,
        )
    return form


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[BinaryIO]:
    if source == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        file = source.open("rb")
    except OSError as error:
        detail = f"{source}: {error.strerror}."
        raise CommandError(detail, detail, Exit.NO_INPUT) from error
    with file:
        yield file


def _chunks(placed: Iterator[PlacedRecord]) -> Iterator[Chunk]:
    while chunk := [record for _, record in islice(placed, CHUNK)]:
        yield chunk


def _send(client: Client, chunks: Iterator[Chunk], progress: Progress) -> None:
    for chunk in chunks:
        for body in _bodies(chunk):
            answer = client.call("POST", "/api/import", body)
            progress.add(decode(answer, ImportView))


def _bodies(chunk: Chunk) -> Iterator[bytes]:
    """Yield the chunk in as few bodies as the interface's limit allows."""
    body = bytearray()
    for record in chunk:
        line = encode_lines([record])
        if len(body) + len(line) > MAX_RECORD_BYTES:
            yield bytes(body)
            body.clear()
        body += line
    yield bytes(body)


async def _store(parts: Parts, chunks: Iterator[Chunk], progress: Progress) -> None:
    for chunk in chunks:
        progress.add(ImportView.of(await parts.commands.records.import_records(chunk)))
