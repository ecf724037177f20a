"""Counts the work of a store, in statements and steps."""

from typing import Any, Self

import apsw

from creditcurve.store.sqlite.connection import COMMIT


class Steps:
    """Counts statements, and steps of SQLite's virtual machine, on all connections of a store.

    Attributes:
        count: steps.
        statements: statements that ended.
        transactions: transactions that were committed, those that only read included.
    """

    def __init__(self) -> None:
        self.count = self.statements = self.transactions = 0
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
        self.transactions += event["sql"] == COMMIT
        self.count += event["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"]
