"""The user's commands: refresh, cookie, settings, reset, import, alerts.

Every command leaves the store, the link and the feed in agreement.
"""

from typing import Self

from msgspec import Struct

from creditcurve.alerting.parts import Alerting
from creditcurve.clocks import Clock
from creditcurve.collecting.parts import Collecting
from creditcurve.commands.alerts import AlertCommands
from creditcurve.commands.cookie import CookieCommands
from creditcurve.commands.forecast import Forecasts
from creditcurve.commands.records import RecordCommands
from creditcurve.commands.refresh import Refresh
from creditcurve.commands.reset import ResetCommand
from creditcurve.commands.settings import SettingsCommands
from creditcurve.feed import Feed
from creditcurve.store import Store
from creditcurve.upstream import Sites


class Commands(Struct, frozen=True, kw_only=True):
    """The commands, grouped by topic."""

    refresh: Refresh
    reset: ResetCommand
    forecast: Forecasts
    cookie: CookieCommands
    settings: SettingsCommands
    records: RecordCommands
    alerts: AlertCommands

    @classmethod
    def create(  # noqa: PLR0913 - one for each part it works with
        cls,
        *,
        store: Store,
        sites: Sites,
        collecting: Collecting,
        alerting: Alerting,
        forecasts: Forecasts,
        feed: Feed,
        clock: Clock,
    ) -> Self:
        """Create the commands on the parts that they use."""
        return cls(
            refresh=Refresh(collecting.poller),
            reset=ResetCommand(collecting.account.resets),
            forecast=forecasts,
            cookie=CookieCommands(
                sites=sites,
                connection=collecting.connection,
                changes=collecting.changes,
                check=collecting.check,
                clock=clock,
            ),
            settings=SettingsCommands(collecting.changes, on_change=collecting.account.loop.wake),
            records=RecordCommands(store=store, feed=feed),
            alerts=AlertCommands(
                store=store,
                feed=feed,
                clock=clock,
                courier=alerting.courier,
                previews=alerting.previews,
            ),
        )


__all__ = ["Commands"]
