"""The parts of alerting, put together: the engine judges rules, the delivery sends messages."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Self

from creditcurve.alerting.delivery import Delivery
from creditcurve.alerting.engine import Engine
from creditcurve.alerting.message import Style
from creditcurve.channels import Http
from creditcurve.clocks import Clock
from creditcurve.domain.settings import zone_of
from creditcurve.feed import Feed
from creditcurve.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerting:
    """Everything about alerts that runs in the background."""

    engine: Engine
    delivery: Delivery

    @classmethod
    def create(  # noqa: PLR0913 - one for each part it works with
        cls,
        *,
        store: Store,
        feed: Feed,
        clock: Clock,
        http: Http,
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

        engine = Engine(store=store, feed=feed, clock=clock, zone=zone, data_dir=data_dir)
        delivery = Delivery(store=store, feed=feed, clock=clock, http=http, style=style)
        return cls(engine=engine, delivery=delivery)


def _zone(store: Store) -> tzinfo:
    """Return the zone of the settings; for ``auto`` that of this machine."""
    found = zone_of(store.state.settings.time_zone)
    return found or datetime.now(UTC).astimezone().tzinfo or UTC
