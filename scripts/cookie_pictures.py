"""Schematic pictures of how browsers copy a request, for docs/cookie.md: ``make cookie-pictures``.

They show order and names of the menus, not the exact looks: these change with every version.
"""

from html import escape
from pathlib import Path
from typing import Final, NamedTuple

IMAGES: Final = Path(__file__).parents[1] / "docs" / "images"
WIDTH: Final = 760
ROW: Final = 28
ACCENT: Final = "#4452d3"
REQUESTS: Final = ("dashboard", "usage", "credits", "session")


class Browser(NamedTuple):
    """The names that a browser shows, in one language.

    Attributes:
        tabs: tabs of the developer tools, in their order.
        network: the tab to open.
        menu: entries of the request's menu.
        copy: the entry that opens a menu of its own; empty where it copies itself.
        curl: the entry to choose.
    """

    tabs: tuple[str, ...]
    network: str
    menu: tuple[str, ...]
    copy: str
    curl: str


CHROMIUM_EN: Final = Browser(
    ("Elements", "Console", "Sources", "Network", "Performance"),
    "Network",
    ("Open in new tab", "Clear browser cache", "Copy", "Block requests"),
    "Copy",
    "Copy as cURL",
)
CHROMIUM_ZH: Final = Browser(
    ("元素", "控制台", "源代码", "网络", "性能"),
    "网络",
    ("在新标签页中打开", "清除浏览器缓存", "复制", "屏蔽请求"),
    "复制",
    "复制为 cURL",
)
BROWSERS: Final = {
    ("chrome", "en"): CHROMIUM_EN,
    ("chrome", "zh"): CHROMIUM_ZH,
    ("edge", "en"): CHROMIUM_EN._replace(tabs=("Welcome", "Elements", "Console", "Network", "+")),
    ("edge", "zh"): CHROMIUM_ZH._replace(tabs=("欢迎", "元素", "控制台", "网络", "+")),
    ("firefox", "en"): Browser(
        ("Inspector", "Console", "Debugger", "Network", "Storage"),
        "Network",
        ("Copy Value", "Save All As HAR", "Resend", "Block URL"),
        "Copy Value",
        "Copy as cURL",
    ),
    ("firefox", "zh"): Browser(
        ("查看器", "控制台", "调试器", "网络", "存储"),
        "网络",
        ("复制值", "全部另存为 HAR", "重发", "阻止 URL"),
        "复制值",
        "复制为 cURL 命令",
    ),
    ("safari", "en"): Browser(
        ("Elements", "Console", "Sources", "Network", "Storage"),
        "Network",
        ("Copy Link", "Copy as cURL", "Save File", "Reload"),
        "",
        "Copy as cURL",
    ),
    ("safari", "zh"): Browser(
        ("元素", "控制台", "来源", "网络", "储存"),
        "网络",
        ("拷贝链接", "拷贝为 cURL", "存储文件", "重新载入"),
        "",
        "拷贝为 cURL",
    ),
}


def main() -> None:
    """Write a picture for each browser and language."""
    for (name, language), browser in BROWSERS.items():
        file = IMAGES / f"cookie-{name}-{language}.svg"
        file.write_text(picture(browser), encoding="utf-8", newline="\n")


def picture(browser: Browser) -> str:
    """Return the developer tools with the three places to press, numbered."""
    parts = [
        rectangle(0, 0, WIDTH, 236, "#ffffff", stroke="#c9ccd6"),
        rectangle(1, 1, WIDTH - 2, 38, "#f3f4f8"),
        *tabs(browser),
        *requests(),
        *menu(browser, 250, 92),
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {WIDTH + 8} 244" '
        'font-family="system-ui, sans-serif" font-size="14">'
    )
    return "\n".join([head, *parts, "</svg>", ""])


def tabs(browser: Browser) -> list[str]:
    """Return the tabs; the one to open is marked with 1."""
    parts, x = [], 18.0
    for name in browser.tabs:
        is_chosen = name == browser.network
        parts.append(text(x, 25, name, ACCENT if is_chosen else "#5b6070", is_bold=is_chosen))
        if is_chosen:
            parts.append(rectangle(x, 36, length(name), 3, ACCENT))
            parts.append(badge(x + length(name) + 20, 20, 1))
        x += length(name) + (58 if is_chosen else 26)
    return parts


def requests() -> list[str]:
    """Return the list of requests; the one to choose is marked with 2."""
    parts = []
    for number, name in enumerate(REQUESTS):
        y = 52 + number * (ROW + 10)
        is_chosen = name == "usage"
        if is_chosen:
            parts.append(rectangle(10, y, 220, ROW + 4, "#e7e9fb"))
            parts.append(badge(208, y + 16, 2))
        colour = "#1d2030" if is_chosen else "#7a7f90"
        parts.append(text(24, y + 21, name, colour, is_bold=is_chosen))
    return parts


def menu(browser: Browser, x: float, y: float) -> list[str]:
    """Return the menu of the request; the entry that copies is marked with 3."""
    opened = browser.copy or browser.curl
    parts = entries(browser.menu, x, y, opened, number=None if browser.copy else 3)
    if browser.copy:
        row = y + browser.menu.index(browser.copy) * ROW
        names = (browser.curl, "HAR")
        parts += entries(names, x + 232, row, browser.curl, number=3)
    return parts


def entries(
    names: tuple[str, ...], x: float, y: float, chosen: str, *, number: int | None
) -> list[str]:
    """Return a menu with one entry chosen."""
    parts = [rectangle(x, y, 224, len(names) * ROW + 8, "#ffffff", stroke="#b9bdcb")]
    for row, name in enumerate(names):
        top = y + 4 + row * ROW
        is_chosen = name == chosen
        if is_chosen:
            parts.append(rectangle(x + 4, top, 216, ROW, ACCENT))
        parts.append(text(x + 16, top + 19, name, "#ffffff" if is_chosen else "#3a3e4c"))
        if is_chosen and number is None:
            parts.append(
                text(x + 202, top + 19, "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", "#ffffff")
            )
        if is_chosen and number is not None:
            parts.append(badge(x + 204, top + 14, number))
    return parts


def length(name: str) -> float:
    """Return about how wide a name is."""
    return sum(14.0 if ord(letter) > 0x2E80 else 8.0 for letter in name)


def text(x: float, y: float, content: str, colour: str, *, is_bold: bool = False) -> str:
    """Return a text."""
    weight = ' font-weight="600"' if is_bold else ""
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}"{weight}>{escape(content)}</text>'


def rectangle(  # noqa: PLR0917, PLR0913 - as SVG has them
    x: float, y: float, width: float, height: float, fill: str, stroke: str = "none"
) -> str:
    """Return a rectangle with round corners."""
    size = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect {size} rx="5" fill="{fill}" stroke="{stroke}"/>'


def badge(x: float, y: float, number: int) -> str:
    """Return a number in a circle."""
    circle = f'<circle cx="{x:g}" cy="{y:g}" r="10" fill="#e0562b"/>'
    label = f'<text x="{x:g}" y="{y + 4.5:g}" fill="#fff" font-size="12" font-weight="700"'
    return f'{circle}{label} text-anchor="middle">{number}</text>'


if __name__ == "__main__":
    main()
