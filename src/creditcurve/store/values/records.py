"""Selections of records, and the answers to them."""

import msgspec

from creditcurve.domain.credits import Credits
from creditcurve.domain.reconciliation import Reconciliation
from creditcurve.domain.record import StoredRecord
from creditcurve.domain.versions import Versions


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an import.

    Attributes:
        revision: the revision after it.
        new: the number of records that were added.
        known: the number of records that existed already, and were kept unchanged.
        differing: how many of the existing records differ from the imported ones.
        left_out: the number of records older than the horizon: they may be part of the sums.
    """

    revision: int
    new: int
    known: int
    differing: int
    left_out: int


class NewRecords(msgspec.Struct, frozen=True, kw_only=True):
    """Records stored after a revision, and the versions they were read with."""

    records: tuple[StoredRecord, ...]
    versions: Versions


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """A selection of records: within ``[from_ms, to_ms)``, and with these properties.

    An empty ``api_key`` selects the records without one.
    """

    from_ms: int | None = None
    to_ms: int | None = None
    model: str | None = None
    endpoint: str | None = None
    api_key: str | None = None
    counts: bool | None = None
    min_credits: Credits | None = None


class RecordsQuery(Filter, frozen=True, kw_only=True):
    """A page of records, newest first; ``before`` is ``next`` of the previous page."""

    limit: int = 100
    before: str | None = None


class RecordsPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of records; ``next`` is None on the last one."""

    records: tuple[StoredRecord, ...]
    next: str | None
    versions: Versions = Versions()


class ExportQuery(Filter, frozen=True, kw_only=True):
    """A selection of records to export."""


class RecordsSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The totals of the store.

    Attributes:
        total: the number of stored records.
        counted: how many of them belong to the curve.
        quarantined: the number of quarantined rows.
        first_ms: the time of the oldest record.
        last_ms: the time of the newest record.
        models: the counted models, at most 64, in the order of their first record.
        api_keys: the labels of the API keys of counted records, at most 64, in the same order.
        removed: the number of records that retention has removed; they remain in the sums.
        sums_before_ms: the moment before which only sums are known.
        reconciliation: the comparison with the site's own sums; None if it never sent any.
        versions: the versions of all of this.
    """

    total: int
    counted: int
    quarantined: int
    first_ms: int | None
    last_ms: int | None
    models: tuple[str, ...]
    api_keys: tuple[str, ...] = ()
    removed: int = 0
    sums_before_ms: int | None = None
    reconciliation: Reconciliation | None = None
    versions: Versions = Versions()


class ModelTotal(msgspec.Struct, frozen=True, kw_only=True):
    """All counted records of one model."""

    model: str
    requests: int
    credits: Credits


class TypeTotal(msgspec.Struct, frozen=True, kw_only=True):
    """All stored records of one type and endpoint."""

    type: str
    endpoint: str
    counts: bool
    requests: int
    credits: Credits
