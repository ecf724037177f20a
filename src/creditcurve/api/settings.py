"""The user's settings."""

import msgspec

from creditcurve.api.endpoint import Call, Nothing
from creditcurve.api.schema import patched
from creditcurve.domain.settings import Settings


async def read(call: Call[Nothing, Nothing]) -> Settings:
    """The settings as they are."""
    return call.context.store.settings


async def change(call: Call[Nothing, msgspec.Struct]) -> Settings:
    """Change any subset; all of it or nothing."""
    context = call.context
    return await context.commands.change_settings(patched(context.store.settings, call.body))
