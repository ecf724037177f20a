"""The stored counters behind ``Versions``: each write advances those it affects."""

from typing import Final

import apsw

from creditcurve.domain.versions import Versions

_GET: Final = "SELECT revision, coverage, settings, sums, account FROM tally"
_GET_SETTINGS: Final = "SELECT settings FROM tally"
_GET_ACCOUNT: Final = "SELECT account FROM tally"
_ADVANCE_COVERAGE: Final = "UPDATE tally SET coverage = coverage + 1"
_ADVANCE_SETTINGS: Final = "UPDATE tally SET settings = settings + 1"
_ADVANCE_SUMS: Final = "UPDATE tally SET sums = sums + 1"
_ADVANCE_ACCOUNT: Final = "UPDATE tally SET account = account + 1"
_GET_ALERTS: Final = "SELECT alerts FROM tally"
_ADVANCE_ALERTS: Final = "UPDATE tally SET alerts = alerts + 1"
_RAISE: Final = """
    UPDATE tally
       SET revision = max(revision, :least), coverage = max(coverage, :least) + 1,
           settings = max(settings, :least) + 1, sums = max(sums, :least) + 1,
           account = max(account, :least) + 1,
           alerts = max(alerts, :least) + 1
"""


def get(connection: apsw.Connection) -> Versions:
    """Return the stored counters."""
    revision, coverage, settings, sums, account = connection.execute(_GET).get
    return Versions(
        revision=revision, coverage=coverage, settings=settings, sums=sums, account=account
    )


def of_settings(connection: apsw.Connection) -> int:
    """Return the version of the settings."""
    return int(connection.execute(_GET_SETTINGS).get)


def of_account(connection: apsw.Connection) -> int:
    """Return the version of the account."""
    return int(connection.execute(_GET_ACCOUNT).get)


def advance_coverage(connection: apsw.Connection) -> None:
    """Give the coverage a new version."""
    connection.execute(_ADVANCE_COVERAGE)


def advance_settings(connection: apsw.Connection) -> None:
    """Give the settings a new version."""
    connection.execute(_ADVANCE_SETTINGS)


def advance_sums(connection: apsw.Connection) -> None:
    """Give the sums a new version."""
    connection.execute(_ADVANCE_SUMS)


def advance_account(connection: apsw.Connection) -> None:
    """Give the account a new version."""
    connection.execute(_ADVANCE_ACCOUNT)


def of_alerts(connection: apsw.Connection) -> int:
    """Return the version of rules, channels and episodes."""
    return int(connection.execute(_GET_ALERTS).get)


def advance_alerts(connection: apsw.Connection) -> None:
    """Give the alerts a new version."""
    connection.execute(_ADVANCE_ALERTS)


def raise_all(connection: apsw.Connection, least: int) -> None:
    """Raise the revision to ``least``, and every other version above it.

    Clients have seen another database: no version may mean something else than it did there.
    """
    connection.execute(_RAISE, {"least": least})
