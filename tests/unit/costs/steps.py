"""Counts what a store does, in statements and steps."""

from typing import Any, Self

import apsw


class Steps:
    """Counts statements, and steps of SQLite's virtual machine, on all connections of a store.

    Attributes:
        count: steps.
        statements: statements that ended.
    """

    def __init__(self) -> None:
        self.count = self.statements = 0
        self._hooks = list(apsw.connection_hooks)

    def __enter__(self) -> Self:
        apsw.connection_hooks.append(self._watch)
        return self

    def __exit__(self, *_: object) -> None:
        apsw.connection_hooks[:] = self._hooks

    def _watch(self, connection: apsw.Connection) -> None:
        connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, self._note)

    def _note(self, event: dict[str, Any]) -> None:
        self.statements += 1
        self.count += event["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"]
