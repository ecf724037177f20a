"""Episodes: the times that a rule's threshold was crossed, and their messages."""

from typing import Annotated

from msgspec import Meta, Struct

from creditcurve.api.http.instants import Instant, QueryInstant, iso_or_none, read_bounds
from creditcurve.api.http.integers import Natural
from creditcurve.api.resources.alerts.common import RENAMED, AlertVersions
from creditcurve.api.state import AppState
from creditcurve.domain.alert import Kind
from creditcurve.domain.episode import State
from creditcurve.domain.instant import to_iso
from creditcurve.domain.outbox import Content, Message
from creditcurve.domain.outbox import State as Delivery
from creditcurve.store import EpisodesQuery, Store, StoredEpisode


class SentView(Struct, frozen=True, kw_only=True):
    """One try to deliver a message of an episode."""

    at: Instant
    channel: str
    ok: bool
    answer: str


class EpisodeView(Struct, frozen=True, kw_only=True):
    """One time that a rule's threshold was crossed.

    ``delivery`` is where its newest message is: ``held`` waits for the end of the quiet hours, and
    ``dropped`` was snoozed before it was sent. It is null before the first message. ``model`` and
    ``api_key`` are those with most of the spending, if the rule is about spending.
    """

    id: str
    rule: str
    kind: Kind | None
    state: State
    since: Instant
    until: Instant | None
    value: float
    peak: float
    subject: str | None
    model: str | None
    api_key: str | None
    confirmed_at: Instant | None
    snoozed_until: Instant | None
    delivery: Delivery | None
    messages: tuple[SentView, ...]

    @classmethod
    def of(cls, stored: StoredEpisode, kinds: dict[str, Kind]) -> "EpisodeView":
        """Return the view of an episode."""
        one, part = stored.episode, newest_part(stored)
        return cls(
            id=str(stored.id),
            rule=one.rule,
            kind=kind_of(stored, kinds),
            state=one.state,
            since=to_iso(one.since_ms),
            until=iso_or_none(one.until_ms),
            value=one.value,
            peak=one.peak,
            subject=one.subject,
            model=None if part is None else part.model,
            api_key=None if part is None else part.api_key,
            confirmed_at=iso_or_none(one.confirmed_ms),
            snoozed_until=iso_or_none(stored.snoozed_until_ms),
            delivery=stored.messages[-1].state if stored.messages else None,
            messages=tuple(sent for message in stored.messages for sent in _sent(message)),
        )


class EpisodesView(Struct, frozen=True, kw_only=True):
    """Episodes, newest first; ``next`` is the cursor for ``before``, null at the end."""

    episodes: tuple[EpisodeView, ...]
    next: str | None
    versions: AlertVersions


class EpisodesParameters(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename=RENAMED
):
    """Episodes that touch a range, at most ``limit``, older than the cursor ``before``."""

    start: QueryInstant | None = None
    end: QueryInstant | None = None
    limit: Annotated[int, Meta(ge=1, le=1_000)] = 100
    before: Natural | None = None


async def read(query: EpisodesParameters, app: AppState) -> EpisodesView:
    """Return the episodes that touch a range, newest first."""
    defaults = EpisodesQuery()
    from_ms, to_ms = read_bounds(query.start, query.end)
    return await episodes_of(
        app.store,
        EpisodesQuery(
            from_ms=defaults.from_ms if from_ms is None else from_ms,
            to_ms=defaults.to_ms if to_ms is None else to_ms,
            before=defaults.before if query.before is None else query.before,
            limit=query.limit,
        ),
    )


async def episodes_of(store: Store, query: EpisodesQuery) -> EpisodesView:
    """Return a page of episodes, for the call and for the event."""
    page = await store.alerts.episodes(query)
    kinds = kinds_of(store)
    return EpisodesView(
        episodes=tuple(EpisodeView.of(one, kinds) for one in page.episodes),
        next=None if page.next is None else str(page.next),
        versions=AlertVersions(alerts=page.version),
    )


def kinds_of(store: Store) -> dict[str, Kind]:
    """Return the kind of each rule by its id."""
    return {rule.id: rule.kind for rule in store.alerts.setup.rules}


def kind_of(stored: StoredEpisode, kinds: dict[str, Kind]) -> Kind | None:
    """Return the kind of an episode's rule, even if the rule was deleted."""
    parts = [part for message in stored.messages for part in message.contents]
    return parts[0].rule.kind if parts else kinds.get(stored.episode.rule)


def newest_part(stored: StoredEpisode) -> Content | None:
    """Return the part of the newest message about an episode."""
    rule = stored.episode.rule
    parts = [part for one in stored.messages for part in one.contents if part.rule.id == rule]
    return parts[-1] if parts else None


def _sent(message: Message) -> tuple[SentView, ...]:
    return tuple(
        SentView(at=to_iso(one.at_ms), channel=one.channel, ok=one.ok, answer=one.answer)
        for one in message.attempts
    )
