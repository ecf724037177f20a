"""What Claude Code sends to a status line: JSON about its session on standard input.

Any field may be missing. Input that is not such JSON, does not come, or never ends is ignored.
"""

from __future__ import annotations

import json
import os
import sys
import threading

TYPE_CHECKING = False  # see the package's docstring
if TYPE_CHECKING:
    from typing import Any

MAX_BYTES = 1_048_576
WAIT_S = 0.02
"""Claude Code writes before the program has started; a pipe without a writer may stay open."""


class SessionInput:
    """Reads standard input while the instance is asked."""

    def __init__(self) -> None:
        self._content = bytearray()
        self._reader: threading.Thread | None = None
        if sys.stdin is not None and not sys.stdin.closed and not sys.stdin.isatty():
            self._reader = threading.Thread(target=self._read, daemon=True)
            self._reader.start()

    def model(self) -> str | None:
        """Return the name of the session's model, if it has arrived."""
        if self._reader is None:
            return None
        self._reader.join(WAIT_S)
        return _model(bytes(self._content))

    def _read(self) -> None:
        try:
            while len(self._content) < MAX_BYTES and (piece := os.read(0, 65_536)):
                self._content += piece
        except OSError:
            return


def _model(content: bytes) -> str | None:
    try:
        session: Any = json.loads(content)
    except (ValueError, RecursionError):
        return None
    model = session.get("model") if isinstance(session, dict) else None
    name = model.get("display_name") if isinstance(model, dict) else None
    return name.strip()[:40] or None if isinstance(name, str) else None
