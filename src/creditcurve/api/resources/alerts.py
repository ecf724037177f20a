"""Alert rules, channels and episodes."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import refuses
from creditcurve.api.http.instants import Instant, QueryInstant, iso_or_none, read_bounds
from creditcurve.api.http.problems import ProblemError, invalid
from creditcurve.api.state import AppState
from creditcurve.channels import Kind as ChannelKind
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.channel import Address, Channel, origin_of
from creditcurve.domain.episode import State
from creditcurve.domain.instant import from_iso, to_iso
from creditcurve.domain.outbox import Message
from creditcurve.domain.secret import Secret
from creditcurve.store import EpisodesQuery, Store, StoredEpisode
from creditcurve.vault import VaultUnreadableError

_RENAMED = {"start": "from", "end": "to"}
_FIELDS = [field for field in msgspec.structs.fields(Rule) if field.name not in ("id", "kind")]

NewRule = msgspec.defstruct(
    "NewRule",
    [("kind", Kind), *((field.name, field.type, field.default) for field in _FIELDS)],
    namespace={"__doc__": "A rule to create, with the fields of its kind."},
    kw_only=True,
    frozen=True,
    forbid_unknown_fields=True,
    rename=_RENAMED,
)
RulePatch = msgspec.defstruct(
    "RulePatch",
    [(field.name, field.type | UnsetType, UNSET) for field in _FIELDS],
    namespace={"__doc__": "Any subset of a rule's fields."},
    kw_only=True,
    frozen=True,
    forbid_unknown_fields=True,
    rename=_RENAMED,
)


class RuleView(Rule, frozen=True, kw_only=True, omit_defaults=False, rename=_RENAMED):
    """A rule; the fields of other kinds are null."""


class AlertVersions(Struct, frozen=True, kw_only=True):
    """The version of rules, channels and episodes, which rises with each change."""

    alerts: int


class RulesView(Struct, frozen=True, kw_only=True):
    """All rules, in the user's order."""

    rules: tuple[RuleView, ...]
    versions: AlertVersions


class ChannelView(Struct, frozen=True, kw_only=True):
    """A channel; ``url`` is masked, the secret is never returned.

    ``error`` and ``failing_since`` describe its last failure until it accepts a message again.
    """

    id: str
    kind: ChannelKind
    name: str
    enabled: bool
    url: str
    has_secret: bool
    error: str | None
    failing_since: Instant | None
    last_success_at: Instant | None

    @classmethod
    def of(cls, channel: Channel) -> "ChannelView":
        """Return the view of a channel."""
        return cls(
            id=channel.id,
            kind=ChannelKind(channel.kind),
            name=channel.name,
            enabled=channel.enabled,
            url=channel.address,
            has_secret=channel.has_secret,
            error=channel.error,
            failing_since=iso_or_none(channel.failing_since_ms),
            last_success_at=iso_or_none(channel.succeeded_ms),
        )


class ChannelsView(Struct, frozen=True, kw_only=True):
    """All channels, oldest first."""

    channels: tuple[ChannelView, ...]
    versions: AlertVersions


ChannelName = Annotated[str, Meta(min_length=1, max_length=64)]
ChannelUrl = Annotated[str, Meta(min_length=1, max_length=2_048)]
ChannelSecret = Annotated[str, Meta(min_length=1, max_length=1_024)]


class NewChannel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A channel to create."""

    kind: ChannelKind
    name: ChannelName
    url: ChannelUrl
    secret: ChannelSecret | None = None
    enabled: bool = True

    def __repr__(self) -> str:
        return "NewChannel(…)"


class ChannelPatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Any subset of a channel's fields; a new secret needs the address, too."""

    name: ChannelName | UnsetType = UNSET
    url: ChannelUrl | UnsetType = UNSET
    secret: ChannelSecret | UnsetType | None = UNSET
    enabled: bool | UnsetType = UNSET

    def __repr__(self) -> str:
        return "ChannelPatch(…)"


class TestView(Struct, frozen=True, kw_only=True):
    """What the channel answered to a test message."""

    status: int
    answer: str


class SentView(Struct, frozen=True, kw_only=True):
    """One try to deliver a message of an episode."""

    at: Instant
    channel: str
    ok: bool
    answer: str


class EpisodeView(Struct, frozen=True, kw_only=True):
    """One time that a rule's threshold was crossed."""

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
    messages: tuple[SentView, ...]

    @classmethod
    def of(cls, stored: StoredEpisode, kinds: dict[str, Kind]) -> "EpisodeView":
        """Return the view of an episode."""
        one = stored.episode
        return cls(
            id=str(stored.id),
            rule=one.rule,
            kind=_kind_of(stored, kinds),
            state=one.state,
            since=to_iso(one.since_ms),
            until=iso_or_none(one.until_ms),
            value=one.value,
            peak=one.peak,
            subject=one.subject,
            snoozed_until=iso_or_none(one.snoozed_until_ms),
            messages=tuple(sent for message in stored.messages for sent in _sent(message)),
        )


class EpisodesView(Struct, frozen=True, kw_only=True):
    """Episodes, newest first; ``next`` is the cursor for ``before``, null at the end."""

    episodes: tuple[EpisodeView, ...]
    next: str | None
    versions: AlertVersions


class EpisodesParameters(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename=_RENAMED
):
    """Episodes that touch a range, at most ``limit``, older than the cursor ``before``."""

    start: QueryInstant | None = None
    end: QueryInstant | None = None
    limit: Annotated[int, Meta(ge=1, le=1_000)] = 100
    before: Annotated[int, Meta(ge=0)] | None = None


class EpisodePatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Until when repeated messages are left out; null ends the snooze."""

    snoozed_until: Instant | None


async def rules(app: AppState) -> RulesView:
    """Return the alert rules."""
    setup = app.store.alerts.setup
    return RulesView(
        rules=tuple(map(_rule_view, setup.rules)), versions=AlertVersions(alerts=setup.version)
    )


async def create_rule(body: NewRule, app: AppState) -> RuleView:  # type: ignore[valid-type]  # made at run time
    """Create an alert rule."""
    rule = Rule(id="", **msgspec.structs.asdict(body))
    return _rule_view(await app.commands.alerts.save_rule(rule))


@refuses(ProblemCode.NOT_FOUND)
async def change_rule(rule: str, body: RulePatch, app: AppState) -> RuleView:  # type: ignore[valid-type]  # made at run time
    """Change any subset of a rule's fields; switched off, its episode ends."""
    stored = next((one for one in app.store.alerts.setup.rules if one.id == rule), None)
    if stored is None:
        raise _not_found("rule")
    after = msgspec.structs.replace(stored, **_given(body))
    return _rule_view(await app.commands.alerts.save_rule(after))


@refuses(ProblemCode.NOT_FOUND)
async def delete_rule(rule: str, app: AppState) -> None:
    """Delete an alert rule; its episodes remain in the list."""
    if not await app.commands.alerts.delete_rule(rule):
        raise _not_found("rule")


async def channels(app: AppState) -> ChannelsView:
    """Return the channels of messages, with their health."""
    setup = app.store.alerts.setup
    return ChannelsView(
        channels=tuple(map(ChannelView.of, setup.channels)),
        versions=AlertVersions(alerts=setup.version),
    )


async def create_channel(body: NewChannel, app: AppState) -> ChannelView:
    """Create a channel; its address and secret are sealed."""
    channel = Channel(id="", kind=body.kind.value, name=body.name, enabled=body.enabled)
    address = Address(Secret.of(body.url), _secret(body.secret))
    return ChannelView.of(await app.commands.alerts.save_channel(channel, address))


@refuses(ProblemCode.NOT_FOUND)
async def change_channel(channel: str, body: ChannelPatch, app: AppState) -> ChannelView:
    """Change any subset of a channel's fields; without a secret, the stored one is kept."""
    stored = next((one for one in app.store.alerts.setup.channels if one.id == channel), None)
    if stored is None:
        raise _not_found("channel")
    fields = {name: value for name, value in _given(body).items() if name in ("name", "enabled")}
    address = await _changed_address(app.store, channel, body)
    after = msgspec.structs.replace(stored, **fields)
    return ChannelView.of(await app.commands.alerts.save_channel(after, address))


@refuses(ProblemCode.NOT_FOUND)
async def delete_channel(channel: str, app: AppState) -> None:
    """Delete a channel with its address and secret."""
    if not await app.commands.alerts.delete_channel(channel):
        raise _not_found("channel")


@refuses(ProblemCode.NOT_FOUND, ProblemCode.CHANNEL_FAILED)
async def test_channel(channel: str, app: AppState) -> TestView:
    """Send a test message now, and return the channel's answer."""
    answer = await app.commands.alerts.test_channel(channel)
    return TestView(status=answer.status, answer=answer.answer)


async def episodes(query: EpisodesParameters, app: AppState) -> EpisodesView:
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
async def change_episode(episode: str, body: EpisodePatch, app: AppState) -> EpisodeView:
    """Leave out repeated messages of an open episode until an instant."""
    until_ms = None if body.snoozed_until is None else _instant(body.snoozed_until)
    number = int(episode) if episode.isascii() and episode.isdigit() and len(episode) < 19 else -1
    found = await app.commands.alerts.snooze(number, until_ms)
    if found is None:
        raise _not_found("open episode")
    return EpisodeView.of(found, _kinds(app.store))


async def episodes_of(store: Store, query: EpisodesQuery) -> EpisodesView:
    """Return a page of episodes, for the call and for the event."""
    page = await store.alerts.episodes(query)
    kinds = _kinds(store)
    return EpisodesView(
        episodes=tuple(EpisodeView.of(one, kinds) for one in page.episodes),
        next=None if page.next is None else str(page.next),
        versions=AlertVersions(alerts=page.version),
    )


def _rule_view(rule: Rule) -> RuleView:
    return RuleView(**msgspec.structs.asdict(rule))


def _given(patch: Struct) -> dict[str, object]:
    fields = msgspec.structs.asdict(patch)
    return {name: value for name, value in fields.items() if value is not UNSET}


def _secret(text: str | None) -> Secret | None:
    return None if text is None else Secret.of(text)


async def _changed_address(store: Store, channel: str, patch: ChannelPatch) -> Address | None:
    """Return the address after a change; None if it stays unchanged.

    A stored secret is not sent to another host than the one it was given for.
    """
    if patch.url is UNSET and patch.secret is UNSET:
        return None
    stored = await _readable_address(store, channel)
    if patch.url is UNSET:
        if stored is None:
            raise invalid("url", "The channel has no address: give it together with the secret.")
        return Address(stored.url, _secret(patch.secret or None))
    url = Secret.of(patch.url)
    if patch.secret is not UNSET:
        return Address(url, _secret(patch.secret))
    if stored is None or stored.secret is None:
        return Address(url)
    if origin_of(patch.url) != origin_of(stored.url.reveal().decode()):
        raise invalid("secret", "Give the secret together with an address of another host.")
    return Address(url, stored.secret)


async def _readable_address(store: Store, channel: str) -> Address | None:
    try:
        return await store.alerts.address(channel)
    except VaultUnreadableError:
        return None


def _instant(text: str) -> int:
    try:
        return from_iso(text)
    except (ValueError, OverflowError) as error:
        raise invalid("snoozed_until", "snoozed_until is not an ISO 8601 instant.") from error


def _kinds(store: Store) -> dict[str, Kind]:
    return {rule.id: rule.kind for rule in store.alerts.setup.rules}


def _kind_of(stored: StoredEpisode, kinds: dict[str, Kind]) -> Kind | None:
    """Return the kind of an episode's rule, even if the rule was deleted."""
    parts = [part for message in stored.messages for part in message.contents]
    return parts[0].rule.kind if parts else kinds.get(stored.episode.rule)


def _sent(message: Message) -> tuple[SentView, ...]:
    return tuple(
        SentView(at=to_iso(one.at_ms), channel=one.channel, ok=one.ok, answer=one.answer)
        for one in message.attempts
    )


def _not_found(what: str) -> ProblemError:
    return ProblemError(ProblemCode.NOT_FOUND, f"There is no {what} of this id.")
