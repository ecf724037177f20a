"""Quarantined rows and answers of the site, with their text as received."""

from typing import Annotated

from msgspec import Meta, Struct

from creditcurve.api.http.instants import Instant
from creditcurve.api.http.problems import invalid
from creditcurve.api.state import AppState
from creditcurve.domain.instant import to_iso
from creditcurve.domain.reject import SENTENCES, RejectCode
from creditcurve.store import BadCursorError, Quarantined


class PageQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of at most ``limit`` rows, older than the cursor ``before``."""

    limit: Annotated[int, Meta(ge=1, le=1_000)] = 100
    before: Annotated[str, Meta(description="`next` of the page before.")] | None = None


class QuarantinedView(Struct, frozen=True, kw_only=True):
    """A quarantined row: why it could not be parsed, and its text, which must not be executed.

    ``reason`` is ``code`` as an English sentence; ``detail`` is null or more specific.
    """

    id: int
    at: Instant
    code: RejectCode
    detail: str | None
    reason: str
    raw: str
    is_cut: bool

    @classmethod
    def of(cls, row: Quarantined) -> "QuarantinedView":
        """Return the view of a quarantined row."""
        is_sentence = row.code is RejectCode.UNKNOWN and row.detail != ""
        return cls(
            id=row.id,
            at=to_iso(row.at_ms),
            code=row.code,
            detail=row.detail or None,
            reason=row.detail if is_sentence else SENTENCES[row.code],
            raw=row.raw,
            is_cut=row.is_cut,
        )


class QuarantinePageView(Struct, frozen=True, kw_only=True):
    """Quarantined rows, newest first; ``next`` is the cursor for ``before``, null at the end."""

    rows: tuple[QuarantinedView, ...]
    next: str | None


async def page(query: PageQuery, app: AppState) -> QuarantinePageView:
    """Return rows and answers of the site that could not be parsed, newest first."""
    try:
        found = await app.store.quarantine.page(limit=query.limit, before=query.before)
    except BadCursorError as error:
        raise invalid("before", "before is not a cursor of this list.") from error
    rows = tuple(QuarantinedView.of(row) for row in found.rows)
    return QuarantinePageView(rows=rows, next=found.next)
