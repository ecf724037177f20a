"""The user's settings in the store: one JSON value, checked by the domain's own rules."""

import apsw

from creditcurve.domain.settings import Settings
from creditcurve.store.sqlite import state


def settings(connection: apsw.Connection) -> Settings:
    """The stored settings, or the defaults where none are."""
    return state.read(connection, "settings", Settings) or Settings()


def save_settings(connection: apsw.Connection, value: Settings) -> None:
    """Store the settings."""
    state.write(connection, "settings", value)
