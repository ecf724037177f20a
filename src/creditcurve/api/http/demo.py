"""The demo below ``/demo/``: the same page and guard, and the calls of another application.

``DemoPaths`` is in front of the guard, so that the guard checks a call of the demo like any other;
``DemoCalls`` is behind it. Log-in and log-out belong to the instance itself.
"""

from contextlib import AbstractAsyncContextManager
from typing import Final, Protocol

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.problems import ProblemError, response_to
from creditcurve.api.state import state_of
from creditcurve.domain.settings import Settings
from creditcurve.store import StoreError

Calls = ASGIApp
"""Answers the calls of a demo."""

PATH: Final = "/demo"
_MARK: Final = "creditcurve.demo"
_OF_DEMO: Final = ("/api/", "/metrics")
_OF_INSTANCE: Final = ("/api/session", "/api/docs", "/api/openapi.json")


class DemoHost(Protocol):
    """Starts and ends the demo."""

    def visited(self, shown: Settings, /) -> AbstractAsyncContextManager[Calls]:
        """Run the demo at least until the context is left."""
        ...

    def end_streams(self) -> None:
        """End its event streams."""
        ...

    async def aclose(self) -> None:
        """End it."""
        ...


class DemoPaths:
    """ASGI middleware that removes ``/demo`` from a path and marks the request."""

    def __init__(self, app: ASGIApp, *, base_path: str) -> None:
        self._app = app
        self._base_path = base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on without the prefix."""
        if scope["type"] != "http" or not _is_below(scope["path"]):
            await self._app(scope, receive, send)
        elif scope["path"] == PATH:
            await RedirectResponse(f"{self._base_path}{PATH}/")(scope, receive, send)
        else:
            path = scope["path"].removeprefix(PATH)
            await self._app({**scope, "path": path, _MARK: True}, receive, send)


class DemoCalls:
    """ASGI middleware that passes the marked calls of the interface to the demo."""

    def __init__(self, app: ASGIApp, demo: DemoHost) -> None:
        self._app = app
        self._demo = demo

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the demo, or from the instance."""
        if not _is_of_demo(scope):
            await self._app(scope, receive, send)
            return
        try:
            async with self._demo.visited(state_of(scope).store.state.settings) as calls:
                await calls(scope, receive, send)
        except (OSError, StoreError) as error:
            detail = f"The demo could not be started: {error}"
            problem = ProblemError(ProblemCode.STORAGE_ERROR, detail)
            await response_to(problem)(scope, receive, send)


def _is_below(path: str) -> bool:
    return path == PATH or path.startswith(f"{PATH}/")


def _is_of_demo(scope: Scope) -> bool:
    if not scope.get(_MARK):
        return False
    path = scope["path"]
    return path.startswith(_OF_DEMO) and not path.startswith(_OF_INSTANCE)
