"""Sweep of states without a curve: the first visit, each paste, the access key, the demo."""

import json
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from creditcurve.simulator import History
from support.looks import looked_at
from support.page import PATIENCE_MS, content, cookie_box, drawn, either, paste
from support.program import Program
from support.proxy import Proxy
from support.site import COOKIE, Site
from support.starting import COMMAND

pytestmark = pytest.mark.slow

LOGIN = "__Secure-authjs.session-token"
EXPORTED = {"domain": "www.aicodemirror.com", "name": LOGIN, "value": "past", "expirationDate": 1e9}
REFUSED = {
    "empty": "Cookie:",
    "control-character": f"{LOGIN}=made\x07up",
    "cut-short": f"{LOGIN}=made…up",
    "too-large": "x" * 70_000,
    "no-cookie": "curl 'https://www.aicodemirror.com/api/user/usage' -H 'accept: */*'",
    "login-missing": "theme=dark; lang=zh; sidebar-state-of-the-navigation=collapsed",
    "login-incomplete": f"{LOGIN}.1=made-up",
    "two-logins": f"{LOGIN}=a; {LOGIN}=b",
    "expired": json.dumps([EXPORTED]),
    "rejected": f"{LOGIN}=of-somebody-else",
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site with a day of usage."""
    with Site(History.generated(7)) as running:
        yield running


@pytest.fixture(scope="module")
def fresh(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program without a cookie."""
    with Program(tmp_path_factory.mktemp("fresh"), site.url) as running:
        yield running


def box(page: Page) -> None:
    """The paste box is there."""
    expect(cookie_box(page)).to_be_visible(timeout=PATIENCE_MS)


def demo_way(page: Page) -> None:
    """Open the way to the demo."""
    box(page)
    page.get_by_text(either("Look around with demo data", "用演示数据看看")).click()


def settings(page: Page) -> None:
    """The settings are open."""
    expect(content(page).get_by_role("combobox").first).to_be_visible(timeout=PATIENCE_MS)


def language_menu(page: Page) -> None:
    """The menu of languages is open."""
    page.get_by_role("button", name=either("Language", "语言")).click()
    expect(page.get_by_role("menuitemradio")).to_have_count(3)


def theme_menu(page: Page) -> None:
    """The menu of themes is open."""
    page.get_by_role("button", name=either("Theme", "主题")).click()
    expect(page.get_by_role("menuitemradio")).to_have_count(3)


FACES = {
    "first-visit": ("", box, True),
    "first-visit-demo-way": ("", demo_way, True),
    "first-visit-settings": ("?settings=general", settings, True),
    "language-menu": ("", language_menu, False),
    "theme-menu": ("", theme_menu, False),
}


@pytest.mark.parametrize("name", FACES)
def test_the_first_visit(fresh: Program, browser: Browser, name: str) -> None:
    """The box, the parts that open beside it, and the header's menus."""
    query, reach, narrow = FACES[name]
    looked_at(browser, f"{fresh.url}/{query}", name, reach, narrow=narrow)


"""One refusal of each shape; the others have the same shapes with other words."""


@pytest.mark.parametrize(("name", "text"), REFUSED.items(), ids=REFUSED)
def test_a_paste_that_is_refused(fresh: Program, browser: Browser, name: str, text: str) -> None:
    """The fault is shown below the box, and nothing is stored."""

    def refused(page: Page) -> None:
        box(page)
        paste(page, text)
        expect(cookie_box(page)).to_have_attribute("aria-invalid", "true")

    looked_at(browser, fresh.url, f"paste-{name}", refused, forgives=("422", "413"))
    assert fresh.get("/api/status")["cookie"]["state"] == "missing"


def test_a_paste_that_is_being_tried(fresh: Program, browser: Browser) -> None:
    """The answer is a long time coming."""

    def checking(page: Page) -> None:
        box(page)
        paste(page, COOKIE)
        expect(cookie_box(page)).not_to_be_editable()

    with Proxy(fresh.url) as proxy:
        proxy.withhold("/api/cookie")
        looked_at(browser, proxy.url, "paste-checking", checking)


def test_a_paste_that_cannot_be_tried(fresh: Program, site: Site, browser: Browser) -> None:
    """The site does not answer: it can be saved without the check."""
    site.simulator.faults.set("error_502", endpoint="chart", times=None)

    def untried(page: Page) -> None:
        box(page)
        paste(page, COOKIE)
        page.get_by_role(
            "button", name=either("Save without checking", "不验证，直接保存")
        ).wait_for()

    try:
        looked_at(browser, fresh.url, "paste-untried", untried, forgives=("503",))
    finally:
        site.simulator.faults.clear()


@pytest.mark.parametrize("verify", [True, False], ids=["valid", "unverified"])
def test_a_paste_that_is_taken(fresh: Program, browser: Browser, verify: bool) -> None:
    """It says so, and offers the switch."""

    def ready(page: Page) -> None:
        page.get_by_role("button", name=either("Start collecting", "开始采集")).wait_for()

    fresh.call("PUT", "/api/cookie", {"cookie": COOKIE, "verify": verify})
    try:
        looked_at(browser, fresh.url, f"ready-{'valid' if verify else 'unverified'}", ready)
    finally:
        fresh.call("DELETE", "/api/cookie")


def test_the_access_key(
    site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Asked for, and refused when it is another."""

    def asked(page: Page) -> None:
        page.get_by_label(either("Access key", "访问密钥")).wait_for()

    def refused(page: Page) -> None:
        page.get_by_label(either("Access key", "访问密钥")).fill("another")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()

    folder = tmp_path_factory.mktemp("locked")
    arguments = ("--access-key", "made-up access key")
    with Program(folder, site.url, arguments=arguments) as locked:
        looked_at(browser, locked.url, "key", asked, forgives=("401",))
        looked_at(browser, locked.url, "key-refused", refused, forgives=("401",))


def test_the_demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    """It says that it is one."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {**Program(folder, "").environment(), "TMPDIR": str(folder)}
    command = [*COMMAND, "demo", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("Listening on ").strip()
        try:
            looked_at(browser, url, "demo", drawn)
        finally:
            process.terminate()
