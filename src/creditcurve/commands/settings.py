"""Commands about the settings: change any of them, all at once or none."""

import logging
from collections.abc import Callable

from creditcurve.collecting.changes import Changes
from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.collecting.transitions import State
from creditcurve.domain.settings import Settings, zone_of

log = logging.getLogger(__name__)


class InvalidSettingError(Exception):
    """A setting has a value that its type does not exclude; nothing has changed."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


class SettingsCommands:
    """Changes the user's settings."""

    def __init__(self, changes: Changes, *, on_change: Callable[[], None]) -> None:
        self._changes = changes
        self._on_change = on_change

    async def change(self, change: Callable[[Settings], Settings]) -> Settings:
        """Store the settings that ``change`` returns for the current ones.

        Raises:
            InvalidSettingError: a value is not allowed.
            CookieNotUsableError: collecting is switched on without a usable cookie.
        """
        settings = await self._changes.change_settings(lambda state: _accepted(state, change))
        self._on_change()
        return settings


def _accepted(state: State, change: Callable[[Settings], Settings]) -> Settings:
    settings = change(state.settings)
    try:
        zone_of(settings.time_zone)
    except ValueError as error:
        raise InvalidSettingError("time_zone", str(error)) from error
    is_switched_on = settings.collecting and not state.settings.collecting
    if is_switched_on and not state.cookie.is_usable:
        raise CookieNotUsableError(state.cookie.state)
    if settings.collecting != state.settings.collecting:
        log.info("collecting=%s interval_s=%d", settings.collecting, settings.poll_interval_s)
    return settings
