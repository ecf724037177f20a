"""The state that the handlers share: one typed object per running application."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

from msgspec import Struct
from starlette.types import Scope

from creditcurve.api.events.frames import Frames
from creditcurve.api.events.streams import Streams
from creditcurve.api.http.access import Access
from creditcurve.api.http.downloads import Downloads
from creditcurve.clocks import Clock
from creditcurve.commands import Commands
from creditcurve.diagnostics import Diagnostics
from creditcurve.feed import Feed
from creditcurve.store import Store
from creditcurve.upstream import Sites

_KEY: Final = "creditcurve"


class About(Struct, frozen=True, kw_only=True):
    """Facts about this instance that do not change while it runs.

    Attributes:
        is_hosted_demo: whether the demo runs below the page of an instance.
        id: names this instance's cookies, which browsers send to every port of the host.
        sites: the sites that may be called; the status shows them as choices.
        base_path: the path below which a proxy serves the page, without a trailing slash.
    """

    id: str
    version: str
    is_demo: bool
    is_hosted_demo: bool
    needs_key: bool
    data_dir: Path
    sites: Sites
    base_path: str = ""


class AppState(Struct, frozen=True, kw_only=True):
    """The parts behind the interface, from start-up to shut-down.

    Attributes:
        access: None if no access key is needed.
        contract: returns the OpenAPI document.
    """

    about: About
    store: Store
    feed: Feed
    commands: Commands
    clock: Clock
    access: Access | None
    frames: Frames
    streams: Streams
    downloads: Downloads
    contract: Callable[[], dict[str, Any]]
    diagnostics: Diagnostics

    def as_scope_state(self) -> dict[str, object]:
        """Return the value that a Starlette lifespan yields for ``state_of``."""
        return {_KEY: self}


def state_of(scope: Scope) -> AppState:
    """Return the state of the application that serves a request."""
    return cast("AppState", scope["state"][_KEY])
