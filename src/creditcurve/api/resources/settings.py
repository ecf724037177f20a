"""The user's settings, and what one of them would remove."""

import msgspec

from creditcurve.api.http.endpoint import Call, Nothing
from creditcurve.api.schema import RetentionView, patched
from creditcurve.domain.settings import RetentionDays, Settings


class RetentionQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The retention in question."""

    days: RetentionDays


async def read(call: Call[Nothing, Nothing]) -> Settings:
    """The settings as they are."""
    return call.context.store.state.settings


async def change(call: Call[Nothing, msgspec.Struct]) -> Settings:
    """Change any subset; all of it or nothing."""
    return await call.context.commands.change_settings(lambda now: patched(now, call.body))


async def retention(call: Call[RetentionQuery, Nothing]) -> RetentionView:
    """What would be removed; asking removes nothing."""
    return RetentionView.of(await call.context.store.retention.removable(call.query.days))
