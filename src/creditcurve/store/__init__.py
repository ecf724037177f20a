"""The store: records, sums, coverage, settings and state in one SQLite file.

Only this package knows SQL.
"""

from creditcurve.store.errors import BadCursor, NewerSchema, StoreError, StoreUnavailable
from creditcurve.store.sqlite.store import Store
from creditcurve.store.values import (
    Appended,
    Bucket,
    CurveQuery,
    ExportQuery,
    ModelTotal,
    Poll,
    Quarantined,
    QuarantinePage,
    RecordsPage,
    RecordsQuery,
    RecordsSummary,
    Removable,
    TakenIn,
)
from creditcurve.vault.vault import Vault, VaultKeyRefused, VaultUnreadable

__all__ = [
    "Appended",
    "BadCursor",
    "Bucket",
    "CurveQuery",
    "ExportQuery",
    "ModelTotal",
    "NewerSchema",
    "Poll",
    "QuarantinePage",
    "Quarantined",
    "RecordsPage",
    "RecordsQuery",
    "RecordsSummary",
    "Removable",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "TakenIn",
    "Vault",
    "VaultKeyRefused",
    "VaultUnreadable",
]
