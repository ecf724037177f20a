"""Rules and channels as last committed."""

import apsw

from creditcurve.store.sqlite import versions
from creditcurve.store.sqlite.alerts.channels import stored_channels
from creditcurve.store.sqlite.alerts.rules import stored_rules
from creditcurve.store.values import AlertSetup


def setup(connection: apsw.Connection) -> AlertSetup:
    """Return rules, channels and version."""
    return AlertSetup(
        rules=stored_rules(connection),
        channels=stored_channels(connection),
        version=versions.of_alerts(connection),
    )
