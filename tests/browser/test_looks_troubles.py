"""Sweep of troubles: of the site, the cookie, the disk and the connection."""

import json
import re
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from creditcurve.domain.secret import Secret
from creditcurve.simulator import History
from support.browser import opened
from support.looks import THEMES, check, looked_at
from support.page import LOCALES, PATIENCE_MS, complete, dialog, drawn, either
from support.program import Program
from support.proxy import Proxy
from support.site import COOKIE, Site

pytestmark = pytest.mark.slow

LATE = either("Not now", "稍后")
DROPPED = ("ERR_", "Failed to load")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site with a day of usage."""
    with Site(History.generated(7)) as running:
        yield running


@pytest.fixture(scope="module")
def collecting(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program that has collected that day."""
    with Program(tmp_path_factory.mktemp("troubled"), site.url) as running:
        running.give_cookie(COOKIE, collecting=True)
        running.call("POST", "/api/refresh")
        yield running


@pytest.fixture
def troubled(site: Site, collecting: Program) -> Iterator[Program]:
    """That program; a test's changes of the site are undone afterwards."""
    yield collecting
    site.simulator.faults.clear()
    site.simulator.cookie = Secret.of(COOKIE)
    collecting.give_cookie(COOKIE, collecting=True)
    assert collecting.call("POST", "/api/refresh").status_code == 200


@pytest.mark.parametrize(
    ("fault", "state"),
    [("error_502", "degraded"), ("challenge", "blocked"), ("all_malformed", "schema")],
)
def test_a_trouble_that_passes(
    troubled: Program, site: Site, browser: Browser, fault: str, state: str
) -> None:
    """A quiet strip; the data stay."""
    site.simulator.faults.set(fault, times=None)
    troubled.call("POST", "/api/refresh")

    def shown(page: Page) -> None:
        drawn(page)
        page.locator(".notices [role=status]").wait_for()

    looked_at(browser, troubled.url, state, shown)


def test_a_dead_cookie(troubled: Program, site: Site, browser: Browser) -> None:
    """A dialog; refused again; a banner where it was put off."""
    site.simulator.cookie = Secret.of("__Secure-authjs.session-token=another")
    troubled.call("POST", "/api/refresh")

    def died(page: Page) -> None:
        expect(dialog(page)).to_be_visible(timeout=PATIENCE_MS)

    def tried_again(page: Page) -> None:
        died(page)
        page.get_by_role(
            "button", name=either("Try the same cookie again", "用原来的 Cookie 再试")
        ).click()
        page.get_by_text(re.compile("^(Checked just now|刚刚验证)")).wait_for()

    def put_off(page: Page) -> None:
        died(page)
        page.get_by_role("button", name=LATE).click()
        expect(dialog(page)).to_be_hidden()

    looked_at(browser, troubled.url, "cookie-died", died)
    looked_at(browser, troubled.url, "cookie-died-again", tried_again)
    looked_at(browser, troubled.url, "cookie-put-off", put_off)


def test_an_account_that_is_refused(troubled: Program, site: Site, browser: Browser) -> None:
    """After the third time: a dialog, and a banner where it was put off."""
    site.simulator.faults.set("forbidden", times=None)
    for _ in range(3):
        troubled.call("POST", "/api/refresh")

    def refused(page: Page) -> None:
        expect(dialog(page)).to_be_visible(timeout=PATIENCE_MS)

    def put_off(page: Page) -> None:
        refused(page)
        page.get_by_role("button", name=LATE).click()

    looked_at(browser, troubled.url, "account-refused", refused)
    looked_at(browser, troubled.url, "account-refused-put-off", put_off)


def test_a_cookie_that_is_gone(troubled: Program, browser: Browser) -> None:
    """There is history, and nothing to go on with."""
    troubled.call("DELETE", "/api/cookie")

    def shown(page: Page) -> None:
        page.get_by_role("button", name=either("Paste a cookie", "粘贴 Cookie")).wait_for()

    looked_at(browser, troubled.url, "cookie-missing", shown)


def test_a_login_that_ends_soon(troubled: Program, browser: Browser) -> None:
    """Said three days before."""
    name, _, value = COOKIE.partition("=")
    end_s = time.time() + 2 * 86_400
    login = {"domain": "www.aicodemirror.com", "name": name, "value": value}
    troubled.give_cookie(json.dumps([{**login, "expirationDate": end_s}]), collecting=True)

    def shown(page: Page) -> None:
        page.get_by_role("button", name=LATE).wait_for()

    looked_at(browser, troubled.url, "cookie-ends-soon", shown)


def test_a_disk_that_is_full(troubled: Program, browser: Browser) -> None:
    """The stored data is shown; the strip says that nothing more can be written."""

    def shown(page: Page) -> None:
        drawn(page)
        page.get_by_text(
            re.compile("^(The data folder is not writable|数据目录无法写入)")
        ).wait_for()

    with _full_disk(troubled):
        troubled.call("POST", "/api/refresh")
        looked_at(browser, troubled.url, "disk-full", shown)


@contextmanager
def _full_disk(program: Program) -> Iterator[None]:
    """Let no file of the program grow."""
    usual = resource.prlimit(program.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (1024, usual[1]))
    try:
        yield
    finally:
        resource.prlimit(program.pid, resource.RLIMIT_FSIZE, usual)


def test_a_cookie_that_cannot_be_read(
    site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The key that sealed it is another one now."""
    folder = tmp_path_factory.mktemp("unreadable")
    with Program(folder, site.url, environment={"CREDITCURVE_SECRET_KEY": "k" * 44}) as first:
        first.give_cookie(COOKIE, collecting=True)
        first.call("POST", "/api/refresh")

    def shown(page: Page) -> None:
        expect(dialog(page)).to_be_visible(timeout=PATIENCE_MS)

    with Program(folder, site.url, environment={"CREDITCURVE_SECRET_KEY": "q" * 44}) as second:
        looked_at(browser, second.url, "cookie-unreadable", shown)


def test_a_server_that_is_gone(troubled: Program, browser: Browser) -> None:
    """The data stay on the screen, with their age."""
    for language, locale in LOCALES.items():
        with (
            Proxy(troubled.url) as proxy,
            opened(browser, proxy.url, locale=locale, motion=False, forgives=DROPPED) as page,
        ):
            complete(page)
            page.clock.install()
            proxy.cut()
            page.get_by_text(either("Reconnecting", "正在重连")).first.wait_for()
            page.clock.run_for(9_000)
            page.get_by_text(re.compile("^CreditCurve('s server| 服务未响应)")).first.wait_for()
            check(page, f"reconnecting-{language}", THEMES[language])
