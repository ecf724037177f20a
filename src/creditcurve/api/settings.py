"""The user's settings."""

from creditcurve.api.endpoint import Call, Nothing
from creditcurve.api.schema import SettingsPatch
from creditcurve.domain.settings import Settings


async def read(call: Call[Nothing, Nothing]) -> Settings:
    """The settings as they are."""
    return call.context.store.settings


async def change(call: Call[Nothing, SettingsPatch]) -> Settings:
    """Change any subset; all of it or nothing."""
    context = call.context
    return await context.commands.change_settings(call.body.applied_to(context.store.settings))
