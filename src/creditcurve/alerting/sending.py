"""Sends one message to one channel, once: over HTTP, by mail, or to the open pages."""

import logging
from typing import Final

from creditcurve import channels
from creditcurve.alerting.notifications import Notifications
from creditcurve.channels import Answer, ChannelError, Http, Kind, Target
from creditcurve.channels import Message as Outgoing
from creditcurve.clocks import Clock
from creditcurve.domain.channel import Channel
from creditcurve.store import Store
from creditcurve.vault import VaultUnreadableError

NO_ADDRESS: Final = "The channel has no address. Enter it again."
UNEXPECTED: Final = "The message could not be sent; see the log."

log = logging.getLogger(__name__)


class Sender:
    """Sends messages to channels."""

    def __init__(
        self, *, store: Store, clock: Clock, http: Http, notifications: Notifications
    ) -> None:
        self._store = store
        self._clock = clock
        self._http = http
        self._notifications = notifications

    async def send(self, channel: Channel, message: Outgoing) -> Answer:
        """Send a message; return the channel's answer.

        Raises:
            ChannelError: it was not accepted.
        """
        if channel.kind == Kind.BROWSER:
            return self._notifications.show(message)
        target = await self._target(channel)
        try:
            return await channels.send(target, message, self._http, now_ms=self._clock.now_ms())
        except ChannelError:
            raise
        except Exception as error:  # noqa: BLE001 - the rest of the delivery goes on
            # The text of an unexpected error may contain the address.
            log.error("unexpected error kind=%s error=%s", channel.kind, type(error).__name__)  # noqa: TRY400
            raise ChannelError(UNEXPECTED) from None

    async def _target(self, channel: Channel) -> Target:
        try:
            address = await self._store.alerts.address(channel.id)
        except VaultUnreadableError:
            address = None
        if address is None:
            raise ChannelError(NO_ADDRESS, is_final=True)
        url = address.url.reveal().decode()
        return Target(kind=Kind(channel.kind), url=url, secret=address.secret)
