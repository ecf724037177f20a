"""Random sequences of events, and the data that the page must show afterwards.

The page is reached through a proxy that delays answers and events. It is compared with the answers
of the program, and with a page that is opened afterwards without the proxy.
"""

import re
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
LINES: Final = {"content-type": "application/x-ndjson"}
NAME: Final = COOKIE.partition("=")[0]

_VISIBLE: Final = """() => {
  const legends = [...document.querySelectorAll("ul[aria-label=Models]")];
  const entries = legends.flatMap((list) => [...list.children].map((item) => item.innerText));
  const text = [...document.querySelectorAll("header, main, [role=dialog]")]
    .map((element) => element.innerText)
    .join("\\n");
  const rest = legends.reduce((left, list) => left.replace(list.innerText, ""), text);
  const named = entries.map((entry) => entry.split("\\n").slice(0, 2).join(" "));
  return [rest, ...named.sort()].join("\\n");
}"""
"""The legend's entries are compared without their order and their age: both depend on how long a
page has shown the range."""
_AGES: Final = (
    (re.compile(r"Updated (just now|\d+ \w+( \d+ \w+)? ago)"), "Updated"),
    (re.compile(r"(checking now|next in \d+ \w+( \d+ \w+)?)"), "next"),
    (re.compile(r"(?<=incomplete from )\S+ \S+"), "the range's beginning"),  # it slides
    (re.compile(r"(Next check in \d+ \w+( \d+ \w+)?|Checking now)"), "next try"),
)


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
        rare += [self.restart, self.cut]
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


def visible(page: Page) -> str:
    """Return the visible text of a page, without ages and countdowns."""
    text: str = page.evaluate(_VISIBLE)
    for pattern, replacement in _AGES:
        text = pattern.sub(replacement, text)
    return text


def served(program: Program) -> dict[str, str]:
    """Return the page's figures according to the program."""
    hours = program.get("/api/settings")["range_hours"]
    usage = program.get(f"/api/usage?hours={hours}&bucket=none")
    return {"credits": f"{usage['total']:,}", "requests": f"{usage['requests']:,}"}
