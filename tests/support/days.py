"""A site and a model for simulated months; both forget old rows, so their memory is constant."""

from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from creditcurve.domain.instant import DAY_MS
from creditcurve.upstream.reply import Reply
from support.clocks import HandClock
from support.model_site import Made, ModelSite

ZONE: Final = ZoneInfo("Europe/Berlin")
KEPT_MS: Final = 2 * DAY_MS
"""The site answers up to 24 hours back; older rows are needed no more."""


class TrueClock:
    """The site's clock: it passes like the program's, but nobody sets it."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self._start_ms = clock.now_ms() - round(clock.monotonic_s() * 1000)

    def now_ms(self) -> int:
        """Return the true time."""
        return self._start_ms + round(self._clock.monotonic_s() * 1000)

    def monotonic_s(self) -> float:
        """Return the elapsed time."""
        return self._clock.monotonic_s()


class DaysSite(ModelSite):
    """A site that refuses the cookie on demand, and forgets old rows."""

    def __init__(self, clock: TrueClock) -> None:
        super().__init__(clock)
        self.is_refusing = False
        self._time = clock
        self._made = 0

    def get(self, hours: int | None) -> Reply:
        """Answer a call."""
        if self.is_refusing:
            return Reply(401, (), b'{"error":"Unauthorized"}')
        return super().get(hours)

    def charge(self, chance: Random) -> None:
        """Add a request that was made just now."""
        self._made += 1
        made = Made(
            id=self._made,
            t_ms=self._time.now_ms(),
            credits=chance.randrange(50),
            model=chance.choice(("opus", "sonnet", "haiku")),
        )
        self.rows[made.id] = made

    def forget_old_rows(self) -> None:
        """Remove rows that no answer will contain."""
        since_ms = self._time.now_ms() - KEPT_MS
        self.rows = {id_: made for id_, made in self.rows.items() if made.t_ms > since_ms}


class Model:
    """The expected store: the rows of all good answers, each once."""

    def __init__(self, site: DaysSite) -> None:
        self._site = site
        self._seen: set[int] = set()
        self.count = 0
        self.by_model: Counter[str] = Counter()
        self.by_day: Counter[str] = Counter()

    def learn(self) -> None:
        """Take the answers since the last call."""
        for answer in self._site.answers:
            for made in answer.rows:
                self._learn(made)
        self._site.answers.clear()
        self._site.forget_old_rows()
        self._seen &= self._site.rows.keys()

    def _learn(self, made: Made) -> None:
        if made.id in self._seen:
            return
        self._seen.add(made.id)
        self.count += 1
        self.by_model[made.model] += made.credits
        at = datetime.fromtimestamp(made.t_ms / 1000, UTC).astimezone(ZONE)
        self.by_day[at.date().isoformat()] += made.credits
