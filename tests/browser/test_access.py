"""A browser comes in by a link that is good once, and goes out again for good."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.browser import opened
from support.page import LOCALES, PATIENCE_MS, Language, either, open_settings
from support.program import Program
from support.site import COOKIE, Site

BEARER = {"authorization": "Bearer made-up access key"}


@pytest.fixture
def locked(tmp_path: Path, site: Site) -> Iterator[Program]:
    """A program that asks for a key, with a cookie and a history."""
    environment = {"CREDITCURVE_ACCESS_KEY": "made-up access key"}
    with Program(tmp_path, site.url, environment=environment) as program:
        program.call("PUT", "/api/cookie", {"cookie": COOKIE}, headers=BEARER)
        program.call("POST", "/api/refresh", headers=BEARER)
        yield program


@pytest.mark.slow
@pytest.mark.parametrize("language", LOCALES)
def test_logging_out_closes_every_tab_of_the_browser(
    locked: Program, browser: Browser, language: Language
) -> None:
    """Each asks for the key again, and going back shows no data."""
    path = locked.call("POST", "/api/session/link", headers=BEARER).json()["path"]
    link = f"{locked.url}{path}"
    with opened(browser, link, locale=LOCALES[language], forgives=("401",)) as page:
        other = page.context.new_page()
        other.goto(locked.url)
        expect(other.get_by_role("switch").first).to_be_visible(timeout=PATIENCE_MS)
        page.get_by_role("button", name=either("Settings", "设置")).click(timeout=PATIENCE_MS)
        page.get_by_role("button", name=either("Log out", "退出登录")).click(timeout=PATIENCE_MS)
        key = either("Access key", "访问密钥")
        for tab in (page, other):
            expect(tab.get_by_label(key)).to_be_visible(timeout=PATIENCE_MS)
            expect(tab.get_by_role("switch")).to_have_count(0)
        page.go_back()
        expect(page.get_by_label(key)).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_role("dialog")).to_have_count(0)
        names = [cookie["name"] for cookie in page.context.cookies()]
        assert not [name for name in names if "session" in name]


@pytest.mark.slow
def test_a_link_in_the_fragment_logs_in_and_only_the_cookie_opens_nothing(
    locked: Program, browser: Browser
) -> None:
    """The page keeps the proof, calls with it, and adds a ticket to a download."""
    path = locked.call("POST", "/api/session/link", headers=BEARER).json()["path"]
    token = path.partition("token=")[2]
    with opened(browser, f"{locked.url}/#login={token}") as page:
        link = open_settings(page, "Data").get_by_role("link", name="Export as CSV")
        expect(link).to_be_visible(timeout=PATIENCE_MS)
        assert "#" not in page.url
        with page.expect_download(timeout=PATIENCE_MS) as waiting:
            link.click()
        assert waiting.value.path().read_text(encoding="utf-8").count("\n") > 1
        names = [f"{one['name']}={one['value']}" for one in page.context.cookies()]
        stolen = {"cookie": "; ".join(names)}
        assert locked.call("GET", "/api/status", headers=stolen).status_code == 401
        page.reload()
        expect(link).to_be_visible(timeout=PATIENCE_MS)


@pytest.mark.slow
def test_without_a_key_no_logout_is_offered(program: Program, browser: Browser) -> None:
    """The settings say nothing of it."""
    with opened(browser, f"{program.url}/?settings=general") as page:
        expect(page.get_by_role("heading", name="General")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_role("button", name="Log out")).to_have_count(0)
