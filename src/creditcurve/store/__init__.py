"""The store: records, sums, coverage, settings and state of one data folder.

``contract`` describes it; ``sqlite`` implements it in one SQLite file.
"""

from creditcurve.store.contract import (
    Accounts,
    Curves,
    Quarantine,
    Records,
    Retention,
    State,
    Store,
)
from creditcurve.store.errors import (
    BadCursorError,
    NewerSchemaError,
    StoreError,
    StoreUnavailableError,
    UnusableCopyError,
)
from creditcurve.store.sqlite.restoring import Restored, restore
from creditcurve.store.sqlite.store import SqliteStore
from creditcurve.store.values import (
    AccountReport,
    Appended,
    BalanceHistory,
    Bucket,
    CurveQuery,
    ExportQuery,
    Imported,
    ModelTotal,
    NewRecords,
    Poll,
    Quarantined,
    QuarantinePage,
    RecordsPage,
    RecordsQuery,
    RecordsSummary,
    Removable,
    StoredChange,
    TypeTotal,
    VersionedSettings,
)

__all__ = [
    "AccountReport",
    "Accounts",
    "Appended",
    "BadCursorError",
    "BalanceHistory",
    "Bucket",
    "CurveQuery",
    "Curves",
    "ExportQuery",
    "Imported",
    "ModelTotal",
    "NewRecords",
    "NewerSchemaError",
    "Poll",
    "Quarantine",
    "QuarantinePage",
    "Quarantined",
    "Records",
    "RecordsPage",
    "RecordsQuery",
    "RecordsSummary",
    "Removable",
    "Restored",
    "Retention",
    "SqliteStore",
    "State",
    "Store",
    "StoreError",
    "StoreUnavailableError",
    "StoredChange",
    "TypeTotal",
    "UnusableCopyError",
    "VersionedSettings",
    "restore",
]
