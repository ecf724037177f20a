"""Random sequences of events that pages watch through a proxy, which delays answers and events."""

import os
import signal
import time
from collections.abc import Callable
from random import Random
from typing import Any, Final

import msgspec
from playwright.sync_api import Page

from support.page import turn
from support.program import Program
from support.proxy import Proxy
from support.site import COOKIE, OPUS, SONNET, Site

ROW_LIMIT: Final = 6
"""The rows of one answer of the site; more new requests than this leave a gap."""
MODELS: Final = (OPUS, SONNET, "claude-haiku-4-5-20251001")
COUNTED_TOO: Final = "v1/messages/count_tokens"
LINES: Final = {"content-type": "application/x-ndjson"}
NAME: Final = COOKIE.partition("=")[0]


class Story:
    """A program, its site, and the pages that watch it."""

    def __init__(self, program: Program, site: Site, proxy: Proxy, seed: int) -> None:
        self.random = Random(seed)
        self.told: list[str] = []
        self._program = program
        self._site = site
        self._proxy = proxy
        self._port = program.url.rpartition(":")[2]
        self._cookies = 0
        self._imported = 900_000

    def begin(self) -> None:
        """Store a cookie, collect, and spend a little."""
        self._site.replace_cookie(COOKIE)
        self._program.give_cookie(COOKIE, collecting=True)
        self.spend()

    def play(self, pages: list[Page], steps: int) -> None:
        """Run random actions, then show all pages."""
        for _ in range(steps):
            action = self.random.choice(self._actions())
            self.told.append(action.__name__)
            if action == self.hide:
                self.hide(self.random.choice(pages))
            else:
                action()
        for page in pages:
            turn(page, is_visible=True)

    def _actions(self) -> list[Callable[..., None]]:
        common: list[Callable[..., None]] = [self.spend, self.spend, self.flood, self.switch]
        common += [self.change_range, self.hide]
        rare: list[Callable[..., None]] = [self.replace_cookie, self.import_records, self.retain]
        rare += [self.restart, self.cut, self.suspend, self.close_gaps, self.tune, self.alert]
        return common * 2 + rare

    def spend(self) -> None:
        """Add some requests, and poll."""
        for _ in range(self.random.randint(1, 3)):
            self._charge(ago_s=self.random.uniform(1, 120))
        self._refresh()

    def flood(self) -> None:
        """Add more requests than one answer contains, which leaves a gap."""
        for _ in range(ROW_LIMIT + 3):
            self._charge(ago_s=self.random.uniform(0.5, 5))
        self._refresh()

    def switch(self) -> None:
        """Switch collecting, as another page would."""
        settings = self._program.get("/api/settings")
        self._patch(collecting=not settings["collecting"])

    def change_range(self) -> None:
        """Change the range, as another page would."""
        self._patch(range_hours=self.random.choice([1, 2, 6, 24, 72]))

    def hide(self, page: Page) -> None:
        """Hide a page, or show it again."""
        turn(page, is_visible=page.evaluate("() => document.hidden"))

    def replace_cookie(self) -> None:
        """Let the site reject the cookie, and store a new one."""
        self._cookies += 1
        cookie = f"{NAME}=made-up-{self._cookies}"
        self._site.replace_cookie(cookie)
        self._refresh()
        answer = self._program.call("PUT", "/api/cookie", {"cookie": cookie})
        assert answer.status_code == 200, answer.text

    def import_records(self) -> None:
        """Import older requests."""
        lines = b""
        for _ in range(self.random.randint(1, 4)):
            self._imported += 1
            ago_s = self.random.uniform(600, 3_000)
            lines += msgspec.json.encode(self._record(self._imported, ago_s)) + b"\n"
        answer = self._program.call("POST", "/api/import", headers=LINES, content=lines)
        assert answer.status_code == 200, answer.text

    def retain(self) -> None:
        """Change the retention, as another page would."""
        self._patch(retention_days=self.random.choice([7, 30, None]))

    def close_gaps(self) -> None:
        """Let the site answer completely once."""
        self._site.simulator.row_limit = None
        self._refresh()
        self._site.simulator.row_limit = ROW_LIMIT

    def tune(self) -> None:
        """Change settings that every view depends on, as another page would."""
        also = self.random.choice([[], [{"type": "USAGE", "endpoint": COUNTED_TOO}]])
        self._patch(poll_interval_s=self.random.choice([60, 90, 300]), also_counts=also)

    def alert(self) -> None:
        """Add a rule that fires on any further spending."""
        rule = {"kind": "spend", "window_s": 3_600, "above": 1}
        answer = self._program.call("POST", "/api/alerts/rules", rule)
        assert answer.status_code == 200, answer.text
        self.spend()

    def suspend(self) -> None:
        """Suspend the program for a while, as a laptop that sleeps."""
        os.kill(self._program.pid, signal.SIGSTOP)
        time.sleep(self.random.uniform(0.2, 1.5))
        os.kill(self._program.pid, signal.SIGCONT)

    def restart(self) -> None:
        """Kill the program and start it again."""
        self._program.kill()
        self._program.restart_on(self._port)

    def cut(self) -> None:
        """End all connections of the pages."""
        self._proxy.cut()
        self._proxy.mend()

    def _charge(self, *, ago_s: float) -> None:
        model = self.random.choice(MODELS)
        self._site.charge(self.random.randint(1, 90), model, ago_s=ago_s)

    def _refresh(self) -> None:
        self._program.call("POST", "/api/refresh")

    def _patch(self, **change: Any) -> None:
        answer = self._program.call("PATCH", "/api/settings", change)
        assert answer.status_code in (200, 409), answer.text

    def _record(self, number: int, ago_s: float) -> dict[str, Any]:
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - ago_s))
        return {
            "id": str(number),
            "created_at": at,
            "type": "USAGE",
            "endpoint": "v1/messages",
            "model": self.random.choice(MODELS),
            "credits": self.random.randint(1, 90),
        }
