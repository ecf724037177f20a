"""Single values with their version."""

import msgspec

from creditcurve.domain.settings import Settings


class VersionedSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The user's settings and their version."""

    settings: Settings
    version: int
