"""What was set aside: rows and answers of the site that could not be read, in their own words."""

from typing import Annotated

import msgspec
from msgspec import Meta

from creditcurve.api.http.endpoint import Call, Nothing
from creditcurve.api.http.problems import invalid
from creditcurve.api.schema import QuarantinedView, QuarantinePageView
from creditcurve.store import BadCursorError


class PageQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of what was set aside: at most ``limit``, older than the cursor ``before``."""

    limit: Annotated[int, Meta(ge=1, le=1_000)] = 100
    before: Annotated[str, Meta(description="`next` of the page before.")] | None = None


async def page(call: Call[PageQuery, Nothing]) -> QuarantinePageView:
    """What was set aside, newest first."""
    query = call.query
    try:
        found = await call.context.store.quarantine.page(limit=query.limit, before=query.before)
    except BadCursorError as error:
        raise invalid("before", "before is not a cursor of this list.") from error
    rows = tuple(QuarantinedView.of(row) for row in found.rows)
    return QuarantinePageView(rows=rows, next=found.next)
