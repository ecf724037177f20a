"""Metrics of alerts: open episodes, messages that wait, attempts, and failing channels."""

from collections import Counter
from collections.abc import Iterable, Mapping

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from creditcurve.api.resources.alerts.episodes import kind_of, kinds_of
from creditcurve.api.state import AppState
from creditcurve.domain.alert import Kind
from creditcurve.domain.channel import Channel
from creditcurve.store import EpisodesQuery

_OPEN = EpisodesQuery(from_ms=2**53 - 1, limit=1_000)
"""A range that only open episodes touch."""


class AlertMetrics(Collector):
    """Values of alerts, read once per scrape."""

    def __init__(
        self,
        *,
        episodes: Mapping[tuple[str, str], int],
        waiting: int,
        attempts: Mapping[tuple[str, bool], int],
        channels: Iterable[Channel],
    ) -> None:
        self._episodes = episodes
        self._waiting = waiting
        self._attempts = attempts
        self._channels = channels

    @classmethod
    async def of(cls, app: AppState) -> "AlertMetrics":
        """Return the present values."""
        page = await app.store.alerts.episodes(_OPEN)
        kinds = kinds_of(app.store)
        return cls(
            episodes=Counter(
                (kind_of(one, kinds) or "", one.episode.state) for one in page.episodes
            ),
            waiting=len(await app.store.outbox.open_messages()),
            attempts=app.commands.alerts.attempts,
            channels=app.store.alerts.setup.channels,
        )

    def collect(self) -> Iterable[Metric]:
        """Yield the metric families."""
        yield self._episode_family()
        yield GaugeMetricFamily(
            "creditcurve_alerts_messages_waiting",
            "Alert messages that are not delivered yet.",
            value=self._waiting,
        )
        yield self._attempt_family()
        yield self._channel_family()

    def _episode_family(self) -> Metric:
        family = GaugeMetricFamily(
            "creditcurve_alerts_open", "Open alert episodes.", labels=["kind", "state"]
        )
        firing = {(kind.value, "firing"): 0 for kind in Kind}
        for (kind, state), count in {**firing, **self._episodes}.items():
            family.add_metric([kind, state], count)
        return family

    def _attempt_family(self) -> Metric:
        family = CounterMetricFamily(
            "creditcurve_alerts_attempts",
            "Attempts to deliver an alert message since the start.",
            labels=["kind", "result"],
        )
        for (kind, is_ok), count in self._attempts.items():
            family.add_metric([kind, "accepted" if is_ok else "failed"], count)
        return family

    def _channel_family(self) -> Metric:
        family = GaugeMetricFamily(
            "creditcurve_alerts_channel_failing",
            "1 for a channel that did not accept its last message.",
            labels=["channel", "kind"],
        )
        for channel in self._channels:
            is_failing = channel.failing_since_ms is not None
            family.add_metric([channel.name, channel.kind], float(is_failing))
        return family
