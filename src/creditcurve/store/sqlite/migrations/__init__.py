"""The versions of the schema: one SQL script each, applied in order, each in one transaction.

``PRAGMA user_version`` is the number of applied scripts.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import apsw

from creditcurve.store.sqlite import journal_mark
from creditcurve.store.sqlite.connection import BEGIN_WRITE, COMMIT, ROLLBACK

_VERSION: Final = "PRAGMA user_version"


def known_scripts() -> tuple[str, ...]:
    """Return all scripts of this version of the program, oldest first."""
    scripts = sorted(Path(__file__).parent.glob("*.sql"))
    return tuple(script.read_text("utf-8") for script in scripts)


def version_of(connection: apsw.Connection) -> int:
    """Return the number of applied scripts."""
    return int(connection.execute(_VERSION).get)


def migrate(connection: apsw.Connection, scripts: Sequence[str]) -> None:
    """Apply the scripts that have not been applied yet."""
    for version in range(version_of(connection) + 1, len(scripts) + 1):
        connection.execute(BEGIN_WRITE)
        try:
            connection.execute(scripts[version - 1])
            if version > journal_mark.FIRST_SCHEMA:
                journal_mark.advance(connection)
            connection.execute(f"PRAGMA user_version = {version:d}")
            connection.execute(COMMIT)
        except BaseException:
            if connection.in_transaction:
                connection.execute(ROLLBACK)
            raise
