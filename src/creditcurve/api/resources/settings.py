"""The user's settings, and the records that a retention would delete."""

import msgspec
from msgspec import UNSET, Struct, UnsetType

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import refuses
from creditcurve.api.http.instants import Instant, iso_or_none
from creditcurve.api.state import AppState
from creditcurve.domain.settings import RetentionDays
from creditcurve.domain.settings import Settings as UserSettings
from creditcurve.store import Removable, Store

SettingsPatch = msgspec.defstruct(
    "SettingsPatch",
    [(field.name, field.type | UnsetType, UNSET) for field in msgspec.structs.fields(UserSettings)],
    namespace={"__doc__": "Any subset of the settings."},
    kw_only=True,
    frozen=True,
    forbid_unknown_fields=True,
)
"""Any subset of the settings, with the names and bounds of ``Settings``."""


class SettingsVersions(Struct, frozen=True, kw_only=True):
    """The version of the settings, which rises with each change."""

    settings: int


class Settings(UserSettings, frozen=True, kw_only=True):
    """The user's settings; every field has a default."""

    versions: SettingsVersions


class RetentionQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The retention to evaluate."""

    days: RetentionDays


class RetentionView(Struct, frozen=True, kw_only=True):
    """The records that a retention would delete: ``records`` of them, all older than ``before``."""

    before: Instant | None
    records: int

    @classmethod
    def of(cls, removable: Removable) -> "RetentionView":
        """Return the view of the removable records."""
        return cls(before=iso_or_none(removable.before_ms), records=removable.records)


async def read(app: AppState) -> Settings:
    """Return the user's settings."""
    return settings_of(app.store)


@refuses(ProblemCode.NO_COOKIE, ProblemCode.COOKIE_INVALID)
async def change(body: SettingsPatch, app: AppState) -> Settings:  # type: ignore[valid-type]  # made at run time
    """Change any subset of the settings, all of it or nothing."""
    await app.commands.settings.change(lambda settings: _patched(settings, body))
    return settings_of(app.store)


async def retention(query: RetentionQuery, app: AppState) -> RetentionView:
    """Return what `retention_days` would delete; nothing is deleted."""
    return RetentionView.of(await app.store.retention.removable(query.days))


def settings_of(store: Store) -> Settings:
    """Return the settings with their version, for the call and for the event."""
    found = store.state.versioned_settings
    fields = msgspec.structs.asdict(found.settings)
    return Settings(**fields, versions=SettingsVersions(settings=found.version))


def _patched(settings: UserSettings, patch: Struct) -> UserSettings:
    given = msgspec.structs.asdict(patch)
    present = {name: value for name, value in given.items() if value is not UNSET}
    return msgspec.structs.replace(settings, **present)
