"""The cost of a point of a curve: few steps of SQLite's virtual machine, and no Python call."""

from pathlib import Path
from typing import Final

import apsw
import pytest

from creditcurve.clocks import SystemClock
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.domain.secret import Secret
from creditcurve.store import CurveQuery, SqliteStore
from creditcurve.store.sqlite import connection
from creditcurve.store.sqlite.curves.curve import curve
from creditcurve.store.sqlite.files import NAME
from creditcurve.vault import Vault
from support.calls import Calls
from support.record_files import record
from unit.costs.steps import Steps

pytestmark = pytest.mark.slow

END_MS: Final = 1_760_000_400_000
SHORT_MS: Final = 2 * HOUR_MS
LONG_MS: Final = 20 * HOUR_MS
STORED: Final = 9
SUMMED: Final = 42
"""Steps for a stored sum that is a point, and for one of ten that are summed in a point."""


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """Return a database with a request in each of 1,200 minutes."""
    vault = Vault.open(secret_key=Secret(b"k"), key_file=tmp_path / "no.key", use_keyring=False)
    store = SqliteStore.open(tmp_path / "data", vault=vault, clock=SystemClock())
    await store.records.import_records(
        [record(n + 1, t_ms=END_MS - (n + 1) * MINUTE_MS) for n in range(LONG_MS // MINUTE_MS)]
    )
    await store.close()
    return tmp_path / "data" / NAME


def ask(reader: apsw.Connection, span_ms: int, bucket_s: int) -> None:
    """Ask for the curve up to the end; each bucket is a point."""
    query = CurveQuery(from_ms=END_MS - span_ms, to_ms=END_MS, bucket=bucket_s)
    assert len(curve(reader, query).series[0].t) == span_ms // (bucket_s * 1_000)


def test_a_point_costs_no_call(database: Path) -> None:
    reader = connection.reader(database)
    counts = []
    for span_ms in (SHORT_MS, LONG_MS):
        with Calls() as calls:
            ask(reader, span_ms, 60)
        counts.append(calls.count)
    reader.close()
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("bucket_s", "most"), [(60, STORED), (600, SUMMED)])
def test_a_sum_costs_few_steps(database: Path, bucket_s: int, most: int) -> None:
    steps = []
    with Steps() as counted:
        reader = connection.reader(database)
        for span_ms in (SHORT_MS, LONG_MS):
            counted.count = 0
            ask(reader, span_ms, bucket_s)
            steps.append(counted.count)
        reader.close()
    assert (steps[1] - steps[0]) / ((LONG_MS - SHORT_MS) // MINUTE_MS) < most
