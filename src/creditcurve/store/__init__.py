"""The store: records, sums, coverage, settings and state of one data folder.

``contract`` describes it; ``sqlite`` implements it in one SQLite file.
"""

from creditcurve.store.contract.account import Accounts
from creditcurve.store.contract.alerts import Alerts
from creditcurve.store.contract.curves import Curves
from creditcurve.store.contract.records import Quarantine, Records
from creditcurve.store.contract.retention import Retention
from creditcurve.store.contract.state import State
from creditcurve.store.contract.store import Store
from creditcurve.store.errors import (
    BadCursorError,
    CompressedCopyError,
    DamagedDatabaseError,
    LockedCopyError,
    NewerSchemaError,
    StoreError,
    StoreUnavailableError,
    UnusableCopyError,
)
from creditcurve.store.sqlite.store import SqliteStore
from creditcurve.store.values.account import AccountReport, BalanceHistory, StoredChange
from creditcurve.store.values.alerts import AlertSetup, EpisodesPage, EpisodesQuery, StoredEpisode
from creditcurve.store.values.curves import Bucket, CurveQuery
from creditcurve.store.values.polling import Appended, Observed, Poll
from creditcurve.store.values.quarantine import Quarantined, QuarantinePage
from creditcurve.store.values.records import (
    ExportQuery,
    Imported,
    ModelTotal,
    NewRecords,
    RecordsPage,
    RecordsQuery,
    RecordsSummary,
    TypeTotal,
)
from creditcurve.store.values.retention import RecountProgress, Removable
from creditcurve.store.values.state import VersionedSettings

__all__ = [
    "AccountReport",
    "Accounts",
    "AlertSetup",
    "Alerts",
    "Appended",
    "BadCursorError",
    "BalanceHistory",
    "Bucket",
    "CompressedCopyError",
    "CurveQuery",
    "Curves",
    "DamagedDatabaseError",
    "EpisodesPage",
    "EpisodesQuery",
    "ExportQuery",
    "Imported",
    "LockedCopyError",
    "ModelTotal",
    "NewRecords",
    "NewerSchemaError",
    "Observed",
    "Poll",
    "Quarantine",
    "QuarantinePage",
    "Quarantined",
    "Records",
    "RecordsPage",
    "RecordsQuery",
    "RecordsSummary",
    "RecountProgress",
    "Removable",
    "Retention",
    "SqliteStore",
    "State",
    "Store",
    "StoreError",
    "StoreUnavailableError",
    "StoredChange",
    "StoredEpisode",
    "TypeTotal",
    "UnusableCopyError",
    "VersionedSettings",
]
