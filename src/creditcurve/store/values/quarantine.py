"""Quarantined rows."""

import msgspec

from creditcurve.domain.reject import RejectCode
from creditcurve.domain.versions import Versions


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """A quarantined row.

    Attributes:
        id: the store's own number.
        at_ms: when the upstream was asked.
        code: why it could not be read.
        detail: empty, or more: of an envelope its path, of ``RejectCode.UNKNOWN`` the sentence
            that an earlier version stored.
        raw: the row's own text.
        is_cut: whether the text was cut when it was quarantined.
    """

    id: int
    at_ms: int
    code: RejectCode
    detail: str
    raw: str
    is_cut: bool


class QuarantinePage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of quarantined rows; ``next`` is None on the last one."""

    rows: tuple[Quarantined, ...]
    next: str | None
    versions: Versions = Versions()
