"""The metrics in Prometheus' text format; its library is imported with the first scrape."""

from collections.abc import Iterable
from typing import Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector, CollectorRegistry

from creditcurve.api.resources.alerts.metrics import AlertMetrics
from creditcurve.api.state import AppState
from creditcurve.domain.account import Account
from creditcurve.domain.link import Link, LinkState
from creditcurve.store import ModelTotal, RecordsSummary

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST


class _Snapshot(Collector):
    """Values read once per scrape from the store's own counters."""

    def __init__(  # noqa: PLR0913 - one for each value it reports
        self,
        *,
        version: str,
        link: Link,
        summary: RecordsSummary,
        models: list[ModelTotal],
        streams: int,
        account: Account | None,
    ) -> None:
        self._version = version
        self._link = link
        self._summary = summary
        self._models = models
        self._streams = streams
        self._account = account

    def collect(self) -> Iterable[Metric]:
        """Yield the metric families."""
        yield GaugeMetricFamily("creditcurve_records", "Records stored.", value=self._summary.total)
        yield GaugeMetricFamily(
            "creditcurve_records_quarantined",
            "Rows that could not be parsed.",
            value=self._summary.quarantined,
        )
        yield GaugeMetricFamily(
            "creditcurve_revision", "The store's revision.", value=self._summary.versions.revision
        )
        yield GaugeMetricFamily("creditcurve_streams", "Open event streams.", value=self._streams)
        yield self._credits()
        yield self._requests()
        yield self._state()
        yield self._balance()
        info = GaugeMetricFamily("creditcurve_build_info", "The version.", labels=["version"])
        info.add_metric([self._version], 1)
        yield info
        yield self._last_success()

    def _credits(self) -> Metric:
        family = CounterMetricFamily(
            "creditcurve_credits", "Credits of counted records.", labels=["model"]
        )
        for model in self._models:
            family.add_metric([model.model], float(model.credits))
        return family

    def _requests(self) -> Metric:
        family = CounterMetricFamily("creditcurve_requests", "Counted records.", labels=["model"])
        for model in self._models:
            family.add_metric([model.model], model.requests)
        return family

    def _balance(self) -> Metric:
        family = GaugeMetricFamily(
            "creditcurve_balance",
            "The balance, in credits or in thousandths of a yuan, in all and by part.",
            labels=["part"],
        )
        if self._account is not None and self._account.balance is not None:
            family.add_metric(["total"], float(self._account.balance))
            for part in self._account.parts:
                family.add_metric([part.key.value], float(part.v))
        return family

    def _last_success(self) -> Metric:
        family = GaugeMetricFamily(
            "creditcurve_last_success_timestamp_seconds",
            "When the site last answered successfully.",
        )
        if self._link.last_success_ms is not None:
            family.add_metric([], self._link.last_success_ms / 1000)
        return family

    def _state(self) -> Metric:
        family = GaugeMetricFamily(
            "creditcurve_link_state", "1 for the link's present state.", labels=["state"]
        )
        for state in LinkState:
            family.add_metric([state.value], float(state is self._link.state))
        return family


async def exposition(app: AppState) -> bytes:
    """Return the present values of all metrics."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(
        _Snapshot(
            version=app.about.version,
            link=app.store.state.link,
            summary=await app.store.records.summary(),
            models=await app.store.records.totals_by_model(),
            streams=len(app.streams),
            account=app.store.account.account,
        )
    )
    registry.register(await AlertMetrics.of(app))
    return generate_latest(registry)
