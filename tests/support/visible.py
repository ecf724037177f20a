"""The visible content of a page, as a text that is equal on two pages with the same data."""

import re
from typing import Final

from playwright.sync_api import Page

from support.program import Program

_VISIBLE: Final = """() => {
  const legends = [...document.querySelectorAll("ul[aria-label=Models]")];
  const entries = legends.flatMap((list) => [...list.children].map((item) => item.innerText));
  const text = [...document.querySelectorAll("header, main, [role=dialog]")]
    .map((element) => element.innerText)
    .join("\\n");
  const rest = legends.reduce((left, list) => left.replace(list.innerText, ""), text);
  const named = entries.map((entry) => entry.split("\\n").slice(0, 2).join(" "));
  const curve = document.querySelector("[data-testid=curve-summary]");
  return [rest, ...named.sort(), JSON.stringify(curve?.dataset)].join("\\n");
}"""
"""The legend's entries are compared without their order and their age: both depend on how long a
page has shown the range."""
_AGES: Final = (
    (re.compile(r"Updated (just now|\d+ \w+( \d+ \w+)? ago)"), "Updated"),
    (re.compile(r"(checking now|next in \d+ \w+( \d+ \w+)?)"), "next"),
    (re.compile(r"(?<=incomplete from )\S+ \S+"), "the range's beginning"),  # it slides
    (re.compile(r"\d+(\.\d)?% complete"), "complete"),
    (re.compile(r"(Next check in \d+ \w+( \d+ \w+)?|Checking now)"), "next try"),
)
_SHARE: Final = re.compile(r"(\d+(?:\.\d)?)% complete")
_WAIT: Final = re.compile(r"next in (?:(\d+) h ?)?(?:(\d+) min ?)?(?:(\d+) s)?")


def visible(page: Page) -> str:
    """Return the visible text of a page, without ages, countdowns and the known percentage."""
    text: str = page.evaluate(_VISIBLE)
    for pattern, replacement in _AGES:
        text = pattern.sub(replacement, text)
    return text


def served(program: Program) -> dict[str, str]:
    """Return the page's figures according to the program."""
    hours = program.get("/api/settings")["range_hours"]
    usage = program.get(f"/api/usage?hours={hours}&bucket=none")
    return {"credits": f"{usage['total']:,}", "requests": f"{usage['requests']:,}"}


def countdown_s(page: Page) -> int | None:
    """Return the seconds up to the next poll that the header shows; None if it shows none."""
    found = _WAIT.search(page.locator("header").first.inner_text())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3_600 + minutes * 60 + seconds


def known_percent(page: Page) -> float | None:
    """Return how much of the range up to now is known; None if the page shows no percentage."""
    found = _SHARE.search(page.get_by_role("main").inner_text())
    return None if found is None else float(found[1])
