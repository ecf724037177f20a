"""Commands about alerts: rules, channels, snoozes and test messages."""

import secrets
from collections.abc import Mapping
from typing import Final

import msgspec

from creditcurve import channels
from creditcurve.alerting.courier import Courier
from creditcurve.alerting.preview import Preview, Previews
from creditcurve.channels import Answer, ChannelError, Kind, Target
from creditcurve.clocks import Clock
from creditcurve.domain.alert import Rule, RuleError, check
from creditcurve.domain.channel import Address, Channel, masked
from creditcurve.feed import Feed
from creditcurve.store import Store, StoredEpisode

MAX_RULES: Final = 100
MAX_CHANNELS: Final = 50
_ID_BYTES: Final = 6


class InvalidChannelError(Exception):
    """A channel cannot be stored; ``field`` names the wrong value."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


class AlertCommands:
    """Changes rules and channels; each change is published."""

    def __init__(
        self, *, store: Store, feed: Feed, clock: Clock, courier: Courier, previews: Previews
    ) -> None:
        self._store = store
        self._feed = feed
        self._clock = clock
        self._courier = courier
        self._previews = previews

    async def save_rule(self, rule: Rule) -> Rule:
        """Store a rule; without an id it is new.

        Raises:
            RuleError: it has not the fields of its kind, or names an unknown channel.
        """
        setup = self._store.alerts.setup
        check(rule)
        missing = set(rule.channels) - {one.id for one in setup.channels}
        if missing:
            raise RuleError("channels", "A channel of this rule does not exist.")
        if not rule.id and len(setup.rules) >= MAX_RULES:
            raise RuleError("kind", f"There are {MAX_RULES} rules already.")
        saved = rule if rule.id else _with_id(rule)
        await self._store.alerts.save_rule(saved, at_ms=self._clock.now_ms())
        self._feed.alerts_changed()
        return saved

    async def preview(self, rule: Rule, days: int) -> Preview:
        """Return the episodes that a rule would have had in the last days.

        Raises:
            RuleError: it has not the fields of its kind.
        """
        check(rule)
        return await self._previews(rule, days)

    async def delete_rule(self, rule: str) -> bool:
        """Delete a rule; return whether there was one of that id."""
        is_deleted = await self._store.alerts.delete_rule(rule, at_ms=self._clock.now_ms())
        self._feed.alerts_changed()
        return is_deleted

    async def save_channel(self, channel: Channel, address: Address | None) -> Channel:
        """Store a channel; without an id it is new, without an address the stored one is kept.

        Raises:
            InvalidChannelError: the address is not one of its kind.
        """
        if not channel.id and len(self._store.alerts.setup.channels) >= MAX_CHANNELS:
            raise InvalidChannelError("kind", f"There are {MAX_CHANNELS} channels already.")
        saved = channel if address is None else _with_address(channel, address)
        if not saved.id:
            saved = _with_channel_id(saved)
        await self._store.alerts.save_channel(saved, address)
        self._feed.alerts_changed()
        return saved

    async def delete_channel(self, channel: str) -> bool:
        """Delete a channel; return whether there was one of that id."""
        is_deleted = await self._store.alerts.delete_channel(channel)
        self._feed.alerts_changed()
        return is_deleted

    async def test_channel(self, channel: str) -> Answer:
        """Send a test message.

        Raises:
            UnknownChannelError: there is no such channel.
            ChannelError: it was not accepted.
        """
        return await self._courier.test(channel)

    @property
    def attempts(self) -> Mapping[tuple[str, bool], int]:
        """The attempts to send since the start, by kind of channel and whether it accepted."""
        return self._courier.attempts

    async def snooze(self, episode: int, until_ms: int | None) -> StoredEpisode | None:
        """Send no message of an episode's rule until an instant; None if it does not exist."""
        now_ms = self._clock.now_ms()
        is_over = until_ms is not None and until_ms <= now_ms
        end_ms = None if is_over else until_ms
        found = await self._store.alerts.snooze(episode, end_ms, at_ms=now_ms)
        self._feed.alerts_changed()
        return found

    async def confirm(self, episode: int, *, is_confirmed: bool) -> StoredEpisode | None:
        """Repeat no message about an episode that the user knows of; None if it does not exist."""
        at_ms = self._clock.now_ms() if is_confirmed else None
        found = await self._store.alerts.confirm(episode, at_ms)
        self._feed.alerts_changed()
        return found


def _with_id(rule: Rule) -> Rule:
    return msgspec.structs.replace(rule, id=secrets.token_hex(_ID_BYTES))


def _with_channel_id(channel: Channel) -> Channel:
    return msgspec.structs.replace(channel, id=secrets.token_hex(_ID_BYTES))


def _with_address(channel: Channel, address: Address) -> Channel:
    url = address.url.reveal().decode()
    try:
        channels.check(Target(kind=Kind(channel.kind), url=url, secret=address.secret))
    except ChannelError as error:
        field = "secret" if "secret" in error.answer else "url"
        raise InvalidChannelError(field, error.answer) from error
    return msgspec.structs.replace(
        channel,
        address=masked(url),
        has_secret=address.secret is not None,
        failing_since_ms=None,
        failed_ms=None,
        error=None,
    )
