"""Disconnects a client that does not read its answer, which waits in our memory."""

import asyncio
from collections.abc import Callable
from typing import Final

from uvicorn.protocols.http.flow_control import FlowControl

from creditcurve.server.deadline import Timer

CHECK_S: Final = 15.0
MIN_BYTES: Final = 16_384
"""A client reads at least as much between two checks while data waits for it."""


class ReadWatch:
    """Checks that the data which waits for one client becomes less.

    Args:
        call_later: the event loop's.
        waiting_bytes: returns how much waits now.
        on_stalled: called once if the client reads too little.
    """

    def __init__(
        self,
        *,
        call_later: Callable[..., Timer],
        waiting_bytes: Callable[[], int],
        on_stalled: Callable[[], None],
    ) -> None:
        self._call_later = call_later
        self._waiting_bytes = waiting_bytes
        self._on_stalled = on_stalled
        self._timer: Timer | None = None

    def start(self) -> None:
        """Check from now on."""
        self.stop()
        self._timer = self._call_later(CHECK_S, self._check, self._waiting_bytes())

    def stop(self) -> None:
        """End the checks."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _check(self, before_bytes: int) -> None:
        if before_bytes - self._waiting_bytes() < MIN_BYTES:
            self._on_stalled()
        else:
            self.start()


class WatchedFlow(FlowControl):
    """uvicorn's flow control, which watches the client while much data waits for it.

    Args:
        transport: the connection.
        call_later: the event loop's.
        on_stalled: called once if the client reads too little.
    """

    def __init__(
        self,
        transport: asyncio.Transport,
        call_later: Callable[..., Timer],
        on_stalled: Callable[[], None],
    ) -> None:
        super().__init__(transport)
        self._watch = ReadWatch(
            call_later=call_later,
            waiting_bytes=transport.get_write_buffer_size,
            on_stalled=on_stalled,
        )

    def pause_writing(self) -> None:
        """Start the watch."""
        super().pause_writing()
        self._watch.start()

    def resume_writing(self) -> None:
        """End the watch: the client has read, or the connection is lost or given away."""
        self._watch.stop()
        super().resume_writing()
