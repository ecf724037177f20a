"""The mark that every write transaction advances, so that its log can be recognised (``journal``).

It is one BLOB of fixed length: a constant, the random id of this copy of the database, and the
number of its write transactions. It is found in the pages of a log by its constant.
"""

import secrets
from typing import Final, NamedTuple, Self

import apsw

CONSTANT: Final = bytes.fromhex("FFC3C3FF4A4D524B")
"""Never part of a text: it is not valid UTF-8."""
FIRST_WRITES: Final = 1
"""The count in a new database, and after the migration that added the mark."""
FIRST_SCHEMA: Final = 5
"""The version of the schema that added the mark."""

_ID_BYTES: Final = 16
_WRITES_BYTES: Final = 8
_HAS_TABLE: Final = "SELECT count(*) FROM sqlite_schema WHERE name = 'journal_mark'"
_GET: Final = "SELECT mark FROM journal_mark"
_PUT: Final = "UPDATE journal_mark SET mark = ?"


class Mark(NamedTuple):
    """The id of a copy of the database, and how many write transactions it has seen."""

    copy: bytes
    writes: int

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read a mark."""
        rest = data[len(CONSTANT) :]
        writes = int.from_bytes(rest[_ID_BYTES : _ID_BYTES + _WRITES_BYTES], "big")
        return cls(rest[:_ID_BYTES], writes)

    def __bytes__(self) -> bytes:
        return CONSTANT + self.copy + self.writes.to_bytes(_WRITES_BYTES, "big")


def get(connection: apsw.Connection) -> Mark | None:
    """Return the mark; None in a database of an older version."""
    if not connection.execute(_HAS_TABLE).get:
        return None
    return Mark.read(connection.execute(_GET).get)


def advance(connection: apsw.Connection) -> None:
    """Count a write transaction; call it within the transaction."""
    mark = Mark.read(connection.execute(_GET).get)
    connection.execute(_PUT, (bytes(mark._replace(writes=mark.writes + 1)),))


def start_copy(connection: apsw.Connection) -> None:
    """Give a copy of a database a new id, before the first write transaction on it."""
    if connection.execute(_HAS_TABLE).get:
        connection.execute(_PUT, (bytes(Mark(secrets.token_bytes(_ID_BYTES), 0)),))


def is_unused_copy(connection: apsw.Connection) -> bool:
    """Return whether the database is a copy that was never written to."""
    mark = get(connection)
    return mark is not None and mark.writes == 0
