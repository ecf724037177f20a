"""Storage that fails: the folder of a store that has disappeared."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from creditcurve.store import SqliteStore


@contextlib.contextmanager
def broken_storage(store: SqliteStore, folder: Path) -> Iterator[None]:
    """Make every write fail."""
    elsewhere = folder.with_name("elsewhere")
    store._database._writer.close()
    folder.rename(elsewhere)
    try:
        yield
    finally:
        elsewhere.rename(folder)
