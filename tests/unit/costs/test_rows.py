"""The instructions of a row: of an answer that is read for the first time, and of a file."""

from pathlib import Path
from typing import Final

import pytest

from support.instructions import VALGRIND, instructions

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1_200),
    pytest.mark.skipif(VALGRIND is None, reason="needs valgrind"),
]

ROWS: Final = 200
OF_ANSWER: Final = 133_000
OF_FILE: Final = 76_000
"""Instructions of one row: a quarter more than measured."""
_SIZES: Final = (10, ROWS, 3 * ROWS)
"""The first one imports modules."""
_ANSWER: Final = f"""
from creditcurve.simulator.history import History, encoded
from creditcurve.upstream.known_rows import KnownRows

END_MS = 1_760_000_000_000

def body(count):
    history = History()
    for number in range(count):
        history.add(t_ms=END_MS - (count - number) * 1_000, credits=number % 97)
    return encoded(history.until(END_MS))

for size in {_SIZES}:
    read = KnownRows().read_usage
    measure(lambda answer: read(answer, now_ms=END_MS), body(size))
"""
_FILE: Final = f"""
import asyncio
from creditcurve.recordfiles import FileFormat
from support.record_files import record, records_of, written

for size in {_SIZES}:
    records = [record(number, credits=number % 97) for number in range(size)]
    measure(records_of, asyncio.run(written(records, FileFormat.CSV)), FileFormat.CSV)
"""


@pytest.mark.parametrize(("script", "most"), [(_ANSWER, OF_ANSWER), (_FILE, OF_FILE)])
def test_a_row_takes_few_instructions(tmp_path: Path, script: str, most: int) -> None:
    _, short, long = instructions(script, tmp_path, timeout_s=1_000)
    assert (long - short) / (2 * ROWS) < most
