"""The result of a check, and the type of a check."""

from collections.abc import Callable, Iterator

import msgspec

from creditcurve.cli.language import Say
from creditcurve.config import Config


class Finding(msgspec.Struct, frozen=True):
    """The result of a check; ``is_ok`` is None for information."""

    is_ok: bool | None
    name: str
    detail: str


Check = Callable[[Say, Config], Iterator[Finding]]
