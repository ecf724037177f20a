"""The parts of alerting, put together: the engine judges rules, the delivery sends messages."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Self

from creditcurve.alerting.courier import Courier
from creditcurve.alerting.delivery import Delivery
from creditcurve.alerting.digests import Digests
from creditcurve.alerting.engine import Engine
from creditcurve.alerting.expectations import Expectations
from creditcurve.alerting.lanes import Lanes
from creditcurve.alerting.notifications import Notifications
from creditcurve.alerting.preview import Previews
from creditcurve.alerting.sending import Sender
from creditcurve.alerting.style import Style
from creditcurve.channels import Http
from creditcurve.clocks import Clock, LocalZone
from creditcurve.domain.settings import zone_of
from creditcurve.feed import Feed
from creditcurve.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerting:
    """Everything about alerts that runs in the background."""

    engine: Engine
    courier: Courier
    delivery: Delivery
    digests: Digests
    previews: Previews
    notifications: Notifications

    @classmethod
    def create(  # noqa: PLR0913 - one for each part it works with
        cls,
        *,
        store: Store,
        feed: Feed,
        clock: Clock,
        http: Http,
        is_page_open: Callable[[], bool],
        expected_empty: Callable[[tzinfo], Awaitable[int | None]],
        page_url: str | None,
        is_chinese: bool,
        data_dir: Path,
    ) -> Self:
        """Create the parts on an open store.

        Args:
            store: the store.
            feed: where changes are published.
            clock: the clock.
            http: sends the requests of channels.
            is_page_open: returns whether a page would show a notification.
            expected_empty: returns when the balance is expected to be empty.
            page_url: the page's address where the settings name none.
            is_chinese: the language where the settings name none.
            data_dir: the folder whose disk is watched.
        """

        def zone() -> tzinfo:
            return _zone(store)

        def style() -> Style:
            settings, account = store.state.settings, store.account.account
            is_auto = settings.locale == "auto"
            return Style(
                is_chinese=is_chinese if is_auto else settings.locale == "zh-CN",
                zone=zone(),
                page_url=settings.page_url or page_url,
                unit=None if account is None else account.unit,
            )

        engine = Engine(
            store=store,
            feed=feed,
            clock=clock,
            expectations=Expectations(
                store=store, clock=clock, zone=zone, expected_empty=expected_empty
            ),
            data_dir=data_dir,
        )
        notifications = Notifications(is_page_open)
        sender = Sender(store=store, clock=clock, http=http, notifications=notifications)
        lanes = Lanes(store=store, feed=feed, clock=clock, sender=sender)
        courier = Courier(clock=clock, lanes=lanes, style=style)
        delivery = Delivery(store=store, feed=feed, clock=clock, courier=courier, zone=zone)
        previews = Previews(store=store, clock=clock, zone=zone, style=style)
        return cls(
            engine=engine,
            courier=courier,
            delivery=delivery,
            digests=Digests(
                store=store, feed=feed, clock=clock, zone=zone, expected_empty=expected_empty
            ),
            previews=previews,
            notifications=notifications,
        )


def _zone(store: Store) -> tzinfo:
    """Return the zone of the settings; for ``auto`` that of this machine."""
    found = zone_of(store.state.settings.time_zone)
    return found or LocalZone()
