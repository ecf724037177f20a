"""Channels that carry alert messages to the user."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import refuses
from creditcurve.api.http.instants import Instant, iso_or_none
from creditcurve.api.http.problems import invalid
from creditcurve.api.resources.alerts.common import AlertVersions, given, not_found
from creditcurve.api.state import AppState
from creditcurve.channels import Kind as ChannelKind
from creditcurve.domain.channel import Address, Channel, origin_of
from creditcurve.domain.secret import Secret
from creditcurve.store import Store
from creditcurve.vault import VaultUnreadableError


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
    """A channel to create; every kind but ``browser`` needs its address."""

    kind: ChannelKind
    name: ChannelName
    url: ChannelUrl | None = None
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
    """The channel's answer to a test message."""

    status: int
    answer: str


async def read(app: AppState) -> ChannelsView:
    """Return the channels of messages, with their health."""
    setup = app.store.alerts.setup
    return ChannelsView(
        channels=tuple(map(ChannelView.of, setup.channels)),
        versions=AlertVersions(alerts=setup.version),
    )


async def create(body: NewChannel, app: AppState) -> ChannelView:
    """Create a channel; its address and secret are sealed."""
    channel = Channel(id="", kind=body.kind.value, name=body.name, enabled=body.enabled)
    address = Address(Secret.of(body.url or ""), _secret(body.secret))
    return ChannelView.of(await app.commands.alerts.save_channel(channel, address))


@refuses(ProblemCode.NOT_FOUND)
async def change(channel: str, body: ChannelPatch, app: AppState) -> ChannelView:
    """Change any subset of a channel's fields; without a secret, the stored one is kept."""
    stored = next((one for one in app.store.alerts.setup.channels if one.id == channel), None)
    if stored is None:
        raise not_found("channel")
    fields = {name: value for name, value in given(body).items() if name in ("name", "enabled")}
    address = await _changed_address(app.store, channel, body)
    after = msgspec.structs.replace(stored, **fields)
    return ChannelView.of(await app.commands.alerts.save_channel(after, address))


@refuses(ProblemCode.NOT_FOUND)
async def delete(channel: str, app: AppState) -> None:
    """Delete a channel with its address and secret."""
    if not await app.commands.alerts.delete_channel(channel):
        raise not_found("channel")


@refuses(ProblemCode.NOT_FOUND, ProblemCode.CHANNEL_FAILED)
async def test(channel: str, app: AppState) -> TestView:
    """Send a test message now, and return the channel's answer."""
    answer = await app.commands.alerts.test_channel(channel)
    return TestView(status=answer.status, answer=answer.answer)


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
