"""The screen: head, figures, curve, models, keys. It is drawn anew for each size."""

import sys
import time
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Column, Table
from rich.text import Text

from creditcurve.cli.amounts import amount
from creditcurve.cli.exits import CommandError
from creditcurve.cli.registry import say
from creditcurve.cli.statusline.line import compose
from creditcurve.cli.watch.plot import colour_of, draw
from creditcurve.cli.watch.snapshot import RANGES, Snapshot
from creditcurve.domain.printable import escape_controls

MIN_WIDTH: Final = 40
MIN_HEIGHT: Final = 12
MOST_MODELS: Final = 6
_STATE_COLOURS: Final = {"ok": "green", "off": "bright_black"}
_RANGE_NAMES: Final = {
    1: ("1 h", "1 小时"),
    3: ("3 h", "3 小时"),
    6: ("6 h", "6 小时"),
    24: ("24 h", "24 小时"),
    168: ("7 d", "7 天"),
    720: ("30 d", "30 天"),
}
_KEYS: Final = dict(zip("123456", RANGES, strict=True))


class Screen:
    """The state of the screen, and how keys change it.

    Attributes:
        hours: the chosen range.
        wants_poll: whether the site is to be asked with the next update.
    """

    def __init__(self, snapshot: Snapshot, hours: int) -> None:
        self.hours = hours
        self.wants_poll = False
        self._is_cumulative = False
        self._lost: CommandError | None = None
        self._snapshot = snapshot
        self._shown_s = time.monotonic()

    def show(self, snapshot: Snapshot) -> None:
        """Show newer answers."""
        self._snapshot, self._lost, self.wants_poll = snapshot, None, False
        self._shown_s = time.monotonic()

    def lose(self, error: CommandError) -> None:
        """Say that the instance does not answer; the last figures stay."""
        self._lost, self.wants_poll = error, False

    def press(self, key: str | None) -> bool:
        """Apply a key; return whether the instance has to be asked."""
        if key in _KEYS:
            self.hours = _KEYS[key]
            return True
        if key == "c":
            self._is_cumulative = not self._is_cumulative
        if key == "r":
            self.wants_poll = True
            return True
        return False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width, height = options.max_width, options.height or console.height
        if width < MIN_WIDTH or height < MIN_HEIGHT:
            yield Text(say("The window is too small.", "窗口太小。"))
            return
        models = self._models(min(MOST_MODELS, max(1, height // 6)))
        yield self._head()
        yield _one_line(compose(say, self._snapshot.answers))
        size = (width, height - 3 - models.row_count)
        yield draw(self._snapshot, size, is_cumulative=self._is_cumulative, is_ascii=_is_ascii())
        yield models
        yield _foot(width)

    def _head(self) -> Text:
        snapshot = self._snapshot
        state = snapshot.answers.status["link"]["state"]
        name = say(*_RANGE_NAMES[snapshot.hours])
        text = f" CreditCurve · {name} · {snapshot.address} · {snapshot.zone.name}"
        parts = [("●", _STATE_COLOURS.get(state, "red")), (text, "")]
        if self._lost is not None:
            seconds = round(time.monotonic() - self._shown_s)
            lost = say(f"shown: {seconds} s ago", f"显示的是 {seconds} 秒前的数据")
            parts = [(f"{say(*self._lost.text)} · {lost}", "red")]
        return _one_line(*parts)

    def _models(self, most: int) -> Table:
        table = Table.grid("name", Column(no_wrap=True), Column(no_wrap=True), padding=(0, 2))
        lines = self._snapshot.lines
        for line in lines[:most]:
            mark = ("■ ", colour_of(lines, line))
            name = _one_line(mark, escape_controls(line.name))
            total = amount(line.total, self._snapshot.unit)
            requests = say(f"{line.requests:,} requests", f"{line.requests:,} 次请求")
            table.add_row(name, Text(total, justify="right"), requests)
        if not lines:
            table.add_row(say("No requests in this range.", "此范围内没有请求。"))
        return table


def _foot(width: int) -> Text:
    ranges = "  ".join(f"{key} {say(*_RANGE_NAMES[hours])}" for key, hours in _KEYS.items())
    other = say("c cumulative  r refresh  q quit", "c 累计  r 刷新  q 退出")
    text = f"{ranges}  {other}"
    if cell_len(text) > width:
        text = say("q quit  r refresh  c cumulative  1–6", "q 退出  r 刷新  c 累计  1–6 时间范围")
    return _one_line((text, "bright_black"))


def _one_line(*parts: str | tuple[str, str]) -> Text:
    """Return a text that is cut, not continued on a second line."""
    return Text.assemble(*parts, no_wrap=True, overflow="ellipsis")


def _is_ascii() -> bool:
    try:
        "⣿■".encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return True
    return False
