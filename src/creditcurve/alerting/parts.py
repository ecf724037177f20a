"""The parts of alerting, put together: the engine judges rules, the delivery sends messages."""

import functools
from collections.abc import Awaitable, Callable
from datetime import tzinfo
from pathlib import Path

from creditcurve.alerting.courier import Courier
from creditcurve.alerting.delivery import Delivery
from creditcurve.alerting.digests import Digests
from creditcurve.alerting.engine import Engine
from creditcurve.alerting.expectations import Expectations
from creditcurve.alerting.lanes import Lanes
from creditcurve.alerting.notifications import Notifications
from creditcurve.alerting.preferences import Preferences
from creditcurve.alerting.preview import Previews
from creditcurve.alerting.sending import Sender
from creditcurve.channels import Http
from creditcurve.clocks import Clock
from creditcurve.feed import Feed
from creditcurve.store import Store


class Alerting:
    """Everything about alerts that runs in the background; each part is created at its first use.

    Args:
        store: the open store.
        feed: where changes are published.
        clock: the clock.
        http: sends the requests of channels.
        preferences: how messages are written.
        is_page_open: returns whether a page would show a notification.
        expected_empty: returns when the balance is expected to be empty.
        data_dir: the folder whose disk is watched.
    """

    def __init__(  # noqa: PLR0913 - what the parts work with
        self,
        *,
        store: Store,
        feed: Feed,
        clock: Clock,
        http: Http,
        preferences: Preferences,
        is_page_open: Callable[[], bool],
        expected_empty: Callable[[tzinfo], Awaitable[int | None]],
        data_dir: Path,
    ) -> None:
        self._store = store
        self._feed = feed
        self._clock = clock
        self._http = http
        self._preferences = preferences
        self._is_page_open = is_page_open
        self._expected_empty = expected_empty
        self._data_dir = data_dir

    @functools.cached_property
    def engine(self) -> Engine:
        """Judges the rules."""
        return Engine(
            store=self._store,
            feed=self._feed,
            clock=self._clock,
            expectations=Expectations(
                store=self._store,
                clock=self._clock,
                zone=self._preferences.zone,
                expected_empty=self._expected_empty,
            ),
            data_dir=self._data_dir,
        )

    @functools.cached_property
    def notifications(self) -> Notifications:
        """The messages for open pages."""
        return Notifications(self._is_page_open)

    @functools.cached_property
    def courier(self) -> Courier:
        """Carries messages to channels."""
        sender = Sender(
            store=self._store,
            clock=self._clock,
            http=self._http,
            notifications=self.notifications,
        )
        lanes = Lanes(store=self._store, feed=self._feed, clock=self._clock, sender=sender)
        return Courier(clock=self._clock, lanes=lanes, style=self._preferences.style)

    @functools.cached_property
    def delivery(self) -> Delivery:
        """Delivers the messages of the outbox."""
        return Delivery(
            store=self._store,
            feed=self._feed,
            clock=self._clock,
            courier=self.courier,
            zone=self._preferences.zone,
        )

    @functools.cached_property
    def digests(self) -> Digests:
        """Writes the morning digest."""
        return Digests(
            store=self._store,
            feed=self._feed,
            clock=self._clock,
            zone=self._preferences.zone,
            expected_empty=self._expected_empty,
        )

    @functools.cached_property
    def previews(self) -> Previews:
        """Replays rules on the stored history."""
        return Previews(
            store=self._store,
            clock=self._clock,
            zone=self._preferences.zone,
            style=self._preferences.style,
        )
