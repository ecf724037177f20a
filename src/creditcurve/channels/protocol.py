"""The arguments and results that all channels share.

An ``Answer`` never contains a body of the receiver, only the code and the message field that its
protocol documents: no channel may be used to read answers from the local network.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Protocol

import msgspec

from creditcurve.decoding import decode
from creditcurve.domain.secret import Secret


class Kind(StrEnum):
    """The kinds of channels."""

    FEISHU = "feishu"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    BARK = "bark"
    NTFY = "ntfy"
    TELEGRAM = "telegram"
    SERVERCHAN = "serverchan"
    PUSHPLUS = "pushplus"
    WXPUSHER = "wxpusher"
    SLACK = "slack"
    DISCORD = "discord"
    WEBHOOK = "webhook"
    MAIL = "mail"
    BROWSER = "browser"
    APPRISE = "apprise"


class Priority(StrEnum):
    """How much attention a message asks for."""

    NORMAL = "normal"
    URGENT = "urgent"


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message, in the language of the settings.

    Attributes:
        id: equal for all tries to deliver it, so that a receiver can drop a second copy.
        at_ms: when it became due, ms since 1970.
        sent_ms: when this try is made: receivers accept a signature for some minutes.
        title: one line.
        text: plain lines.
        link: an address of the page, if it is known.
        priority: for channels that know one.
        data: the same as fields, for the webhook.
    """

    id: str
    at_ms: int
    title: str
    text: str
    link: str | None = None
    priority: Priority = Priority.NORMAL
    data: Mapping[str, Any] = {}
    sent_ms: int = 0

    @property
    def body(self) -> str:
        """Return the text, followed by a line with the link."""
        return self.text if self.link is None else f"{self.text}\n{self.link}"

    @property
    def whole(self) -> str:
        """Return title and body, for channels without a title."""
        return f"{self.title}\n{self.body}"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where a channel sends to; an address may be a secret, as many services put a token in it."""

    kind: Kind
    url: str
    secret: Secret | None = None

    def __repr__(self) -> str:
        return f"Target(kind={self.kind.value!r})"


class Reply(msgspec.Struct, frozen=True):
    """An HTTP answer; ``retry_after_s`` is the wait that its header asks for."""

    status: int
    body: bytes
    retry_after_s: float | None = None

    def fields(self) -> Mapping[str, Any]:
        """Return the JSON object in the body; an empty one if it contains another value."""
        try:
            found = decode(self.body, object)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def with_wait(self, wait_s: object) -> "Reply":
        """Return the answer with the wait that its body asks for, if that is a number."""
        if not isinstance(wait_s, int | float):
            return self
        return msgspec.structs.replace(self, retry_after_s=float(wait_s))


class Http(Protocol):
    """POST requests, without redirects, to allowed addresses only.

    Attributes:
        allows_private: whether private addresses other than this machine's are allowed.
    """

    allows_private: bool

    async def resolve(self, host: str, port: int, *, is_encrypted: bool) -> str:
        """Return an address of a host that may be reached.

        Raises:
            ChannelError: the host has no such address.
        """
        ...

    async def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        """Send a JSON body.

        Raises:
            ChannelError: the address is not allowed, or no answer came.
        """
        ...


class Answer(msgspec.Struct, frozen=True):
    """The receiver's answer: the status, and the code and message of its protocol."""

    status: int
    answer: str


class ChannelError(Exception):
    """A message was not accepted.

    Attributes:
        answer: the receiver's answer, or why nothing was sent; no secret in it.
        status: the HTTP status; None where no answer came.
        is_final: whether another try is useless.
        retry_after_s: the wait that the receiver asked for.
    """

    def __init__(
        self,
        answer: str,
        *,
        status: int | None = None,
        is_final: bool = False,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(answer)
        self.answer = answer
        self.status = status
        self.is_final = is_final
        self.retry_after_s = retry_after_s
