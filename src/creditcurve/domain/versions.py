"""Versions: counters that change whenever the stored data they describe changes."""

import msgspec


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """The versions of the data an answer was read from.

    Two answers to the same question with equal versions are equal. No counter ever decreases, and
    all of them are kept across restarts; after a recovery or a restore they continue above every
    value used before.

    Attributes:
        revision: the newest revision of the records.
        coverage: changes whenever a gap arises, closes or moves.
        settings: rises with each change of the settings.
        sums: changes whenever stored sums, the horizon, the quarantine or the site's hourly sums
            change while the revision stays the same, and with records of an hour that the site has
            reported.
        account: the version of the account's data; 0 while none is stored.
    """

    revision: int = 0
    coverage: int = 0
    settings: int = 0
    sums: int = 0
    account: int = 0
