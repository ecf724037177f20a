"""Episodes: the times that a rule's threshold was crossed, and their messages."""

from typing import Annotated

from msgspec import Meta, Struct

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import refuses
from creditcurve.api.http.instants import Instant, QueryInstant, iso_or_none, read_bounds
from creditcurve.api.http.problems import invalid
from creditcurve.api.resources.alerts.common import RENAMED, AlertVersions, not_found
from creditcurve.api.state import AppState
from creditcurve.domain.alert import Kind
from creditcurve.domain.episode import State
from creditcurve.domain.instant import from_iso, to_iso
from creditcurve.domain.outbox import Message
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
    ``dropped`` was snoozed before it was sent. It is null before the first message.
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
    snoozed_until: Instant | None
    delivery: Delivery | None
    messages: tuple[SentView, ...]

    @classmethod
    def of(cls, stored: StoredEpisode, kinds: dict[str, Kind]) -> "EpisodeView":
        """Return the view of an episode."""
        one = stored.episode
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
    before: Annotated[int, Meta(ge=0)] | None = None


class EpisodePatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Until when the episode's rule sends no message; null ends the snooze."""

    snoozed_until: Instant | None


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


@refuses(ProblemCode.NOT_FOUND)
async def change(episode: str, body: EpisodePatch, app: AppState) -> EpisodeView:
    """Send no message of an episode's rule until an instant.

    An alert that still fires afterwards sends one.
    """
    until_ms = None if body.snoozed_until is None else _instant(body.snoozed_until)
    number = int(episode) if episode.isascii() and episode.isdigit() and len(episode) < 19 else -1
    found = await app.commands.alerts.snooze(number, until_ms)
    if found is None:
        raise not_found("episode")
    return EpisodeView.of(found, kinds_of(app.store))


async def episodes_of(store: Store, query: EpisodesQuery) -> EpisodesView:
    """Return a page of episodes, for the call and for the event."""
    page = await store.alerts.episodes(query)
    kinds = kinds_of(store)
    return EpisodesView(
        episodes=tuple(EpisodeView.of(one, kinds) for one in page.episodes),
        next=None if page.next is None else str(page.next),
        versions=AlertVersions(alerts=page.version),
    )


def _instant(text: str) -> int:
    try:
        return from_iso(text)
    except (ValueError, OverflowError) as error:
        raise invalid("snoozed_until", "snoozed_until is not an ISO 8601 instant.") from error


def kinds_of(store: Store) -> dict[str, Kind]:
    """Return the kind of each rule by its id."""
    return {rule.id: rule.kind for rule in store.alerts.setup.rules}


def kind_of(stored: StoredEpisode, kinds: dict[str, Kind]) -> Kind | None:
    """Return the kind of an episode's rule, even if the rule was deleted."""
    parts = [part for message in stored.messages for part in message.contents]
    return parts[0].rule.kind if parts else kinds.get(stored.episode.rule)


def _sent(message: Message) -> tuple[SentView, ...]:
    return tuple(
        SentView(at=to_iso(one.at_ms), channel=one.channel, ok=one.ok, answer=one.answer)
        for one in message.attempts
    )
