"""``creditcurve import``: an export taken in, by the instance or into the store.

The file is read once, by the piece, and stored by the piece: each piece whole or not at all. What
is known stands, so that a file may be imported again after it was mended.
"""

import contextlib
import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from creditcurve.api.resources.records import ImportView
from creditcurve.app import Parts
from creditcurve.cli.client import Client
from creditcurve.cli.exits import DATA_ERROR, NO_INPUT, OK, USAGE, Refusal, settled
from creditcurve.cli.language import Say, language
from creditcurve.cli.offline import through
from creditcurve.cli.terminal import tell
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags
from creditcurve.domain.record import Record
from creditcurve.recordfiles import (
    MAX_RECORD_BYTES,
    FileFormat,
    PlacedRecord,
    RecordFileError,
    encode_lines,
    read_records,
)

CHUNK: Final = 2_000
STANDARD_INPUT: Final = Path("-")
_FORMS: Final = {
    ".csv": FileFormat.CSV,
    ".ndjson": FileFormat.NDJSON,
    ".jsonl": FileFormat.NDJSON,
    ".json": FileFormat.JSON,
}
_TOLD_EVERY_S: Final = 0.2
_CLEARED: Final = "\r\x1b[K"

Chunk = list[Record]


def run(flags: Flags, source: Path, *, form: str | None, is_dry: bool) -> int:
    """Take in the records of a file; the exit code."""
    say = language(os.environ)

    def work(config: Config) -> int:
        chosen = _form(source, form)
        tally = Tally(say, is_dry=is_dry)
        with _opened(source) as file:
            placed = read_records(file, chosen, now_ms=SystemClock().now_ms())
            chunks = tally.watched(_chunks(placed))
            if is_dry:
                _exhaust(chunks)
            else:
                through(
                    config,
                    running=lambda client: _send(client, chunks, tally),
                    here=lambda parts: _store(parts, chunks, tally),
                )
        tell(tally.line())
        return OK

    return settled(flags, work)


class Tally:
    """What became of the records so far, told on a terminal while it grows."""

    def __init__(self, say: Say, *, is_dry: bool) -> None:
        self._say = say
        self._is_dry = is_dry
        self._read = self._new = self._known = self._differing = self._left_out = 0
        self._is_watched = sys.stderr.isatty()
        self._told_s = 0.0

    def watched(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks as they are; each is counted once it was taken in.

        Raises:
            Refusal: one cannot be read; it tells what stands.
        """
        try:
            for chunk in chunks:
                yield chunk
                self._read += len(chunk)
                self._tell()
        except RecordFileError as error:
            raise Refusal(self._broken_off(error), DATA_ERROR) from error
        finally:
            self._clear()

    def add(self, view: ImportView) -> None:
        """A chunk has been taken in."""
        self._new += view.new
        self._known += view.known
        self._differing += view.differing
        self._left_out += view.left_out

    def line(self) -> str:
        """``12,345 new · 980,000 known``."""
        if self._is_dry:
            return self._say(
                f"{self._read:,} records can be read; nothing was stored",
                f"可以读取 {self._read:,} 条记录，未写入任何内容",
            )
        parts = [
            self._say(f"{self._new:,} new", f"新增 {self._new:,} 条"),
            self._say(f"{self._known:,} known", f"已有 {self._known:,} 条"),
        ]
        if self._differing:
            told = f"{self._differing:,}"
            parts.append(
                self._say(
                    f"{told} of them differ: what is stored stands",
                    f"其中 {told} 条与已存内容不同，保留已存的",
                )
            )
        if self._left_out:
            told = f"{self._left_out:,}"
            parts.append(
                self._say(
                    f"{told} left out: older than single records are kept",
                    f"未导入 {told} 条：早于单条记录的保留期",
                )
            )
        return " · ".join(parts)

    def _broken_off(self, error: RecordFileError) -> str:
        """Why it ended early, and what stands."""
        if self._is_dry or not self._read:
            return f"{error} {self._say('Nothing was stored.', '未写入任何内容。')}"
        return f"{error} " + self._say(
            f"The {self._read:,} records before it are stored ({self.line()}): "
            "mend the file and import it again.",
            f"此前的 {self._read:,} 条已写入（{self.line()}）：请修正文件后重新导入。",
        )

    def _tell(self) -> None:
        now_s = time.monotonic()
        if self._is_watched and now_s - self._told_s >= _TOLD_EVERY_S:
            self._told_s = now_s
            sys.stderr.write(f"{_CLEARED}{self.line()}")
            sys.stderr.flush()

    def _clear(self) -> None:
        if self._told_s:
            sys.stderr.write(_CLEARED)


def _form(source: Path, told: str | None) -> FileFormat:
    if told is not None:
        return FileFormat(told)
    form = _FORMS.get(source.suffix.lower())
    if form is None:
        raise Refusal(f"The name {source} does not tell the form: add --format.", USAGE)
    return form


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[BinaryIO]:
    if source == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        file = source.open("rb")
    except OSError as error:
        raise Refusal(f"{source}: {error.strerror}.", NO_INPUT) from error
    with file:
        yield file


def _chunks(placed: Iterator[PlacedRecord]) -> Iterator[Chunk]:
    while chunk := [record for _, record in islice(placed, CHUNK)]:
        yield chunk


def _exhaust(chunks: Iterator[Chunk]) -> None:
    deque(chunks, maxlen=0)


def _send(client: Client, chunks: Iterator[Chunk], tally: Tally) -> None:
    for chunk in chunks:
        for body in _bodies(chunk):
            answer = client.call("POST", "/api/import", body)
            tally.add(msgspec.json.decode(answer, type=ImportView))


def _bodies(chunk: Chunk) -> Iterator[bytes]:
    """The chunk in as few bodies as the interface's bound allows."""
    body = bytearray()
    for record in chunk:
        line = encode_lines([record])
        if len(body) + len(line) > MAX_RECORD_BYTES:
            yield bytes(body)
            body.clear()
        body += line
    yield bytes(body)


async def _store(parts: Parts, chunks: Iterator[Chunk], tally: Tally) -> None:
    for chunk in chunks:
        taken = await parts.commands.records.import_records(chunk)
        tally.add(ImportView.of(taken))
