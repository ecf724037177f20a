"""A record: one row of usage.

The upstream's ``id`` is its only key. ``counts`` decides which records belong to the curve.
"""

import re
from functools import lru_cache
from typing import Final

import msgspec

from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.reject import Reject

COUNTED_TYPE: Final = "USAGE"
COUNTED_ENDPOINT: Final = "v1/messages"

MAX_TEXT_LENGTH: Final = 256
"""Longer texts (a model's name, an endpoint) are cut to this many characters when they are read."""
MAX_EXTRA_LENGTH: Final = 65_536
"""The greatest length of all unknown fields together."""
EARLIEST_MS: Final = 1_577_836_800_000
"""2020-01-01T00:00:00Z: before Claude Code existed."""
STATUSES: Final = range(1_000)

_UNSHOWABLE: Final = re.compile("[\x00\ud800-\udfff]")
_LINE_ENDS: Final = {ord(end): " " for end in "\r\n"}


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One request that the upstream charged, or did not charge, for.

    Attributes:
        id: the upstream's key, unique over the whole site.
        t_ms: when the request was made (``createdAt``), milliseconds since 1970 in UTC.
        type: ``USAGE`` for records that count.
        endpoint: ``v1/messages`` for records that count.
        model: the model's name; empty if the upstream sent none.
        credits: ``creditsUsed``, exact.
        status: the HTTP status of the request, ``statusCode``.
        api_key: ``apiKeyLabel``, if the upstream sends one.
        extra: unknown fields as one JSON object; empty without any.
    """

    id: int
    t_ms: int
    type: str
    endpoint: str
    model: str
    credits: Credits
    status: int | None = None
    api_key: str | None = None
    extra: str = ""

    @property
    def counts(self) -> bool:
        """Whether the record counts by itself: charged usage of the messages endpoint."""
        return self.type == COUNTED_TYPE and self.endpoint == COUNTED_ENDPOINT


class StoredRecord(msgspec.Struct, frozen=True):
    """A record with the revision at which it was last stored, and whether it counts at present."""

    revision: int
    record: Record
    counts: bool


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One usage answer: the records, and the rows that could not be read."""

    records: tuple[Record, ...]
    rejects: tuple[Reject, ...] = ()


def is_believable(t_ms: int, *, now_ms: int) -> bool:
    """Return whether a record can be of that time: between 2020 and a day after now."""
    return EARLIEST_MS <= t_ms <= now_ms + DAY_MS


def shown(text: str) -> str:
    """Return a text without NUL and lone surrogates, cut to its greatest length.

    Equal texts become one object: the records of an answer repeat few models and endpoints.
    """
    return _shown(text[:MAX_TEXT_LENGTH])


@lru_cache(maxsize=1_024)
def _shown(text: str) -> str:
    return _UNSHOWABLE.sub("\ufffd", text)


def on_one_line(json: str) -> str:
    """Replace the line ends of JSON; they only occur between tokens (RFC 8259, 7)."""
    return json.translate(_LINE_ENDS)
