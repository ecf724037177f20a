"""The shelf of alerts, one module per table or step of judging."""

from creditcurve.store.sqlite.alerts.shelf import SqliteAlerts

__all__ = ["SqliteAlerts"]
