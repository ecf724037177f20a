"""The page below a path, and the page that renders the interface's document."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.browser import opened
from support.http_proxy import HttpProxy
from support.program import Program
from support.site import Site

pytestmark = pytest.mark.slow


def test_the_page_works_below_a_path_without_configuration(
    browser: Browser, shared: Program
) -> None:
    """The proxy removes the path, and every address of the page is relative."""
    with (
        HttpProxy(shared.url, prefix="/curve") as proxy,
        opened(browser, f"{proxy.url}/curve/") as page,
    ):
        expect(page.get_by_role("banner")).to_be_visible()
        assert page.evaluate("fetch('api/status').then(answer => answer.status)") == 200


def test_the_page_works_below_a_configured_path(
    browser: Browser, tmp_path: Path, site: Site
) -> None:
    environment = {"CREDITCURVE_BASE_PATH": "/curve"}
    with (
        Program(tmp_path, site.url, environment=environment) as program,
        opened(browser, f"{program.url}/") as page,
    ):
        assert program.url.endswith("/curve")
        expect(page.get_by_role("banner")).to_be_visible()


def test_the_document_is_rendered_with_every_call_and_type(
    browser: Browser, shared: Program
) -> None:
    """Every link of the contents leads to a section."""
    document = shared.get("/api/openapi.json")
    calls = sum(len(operations) for operations in document["paths"].values())
    sections = calls + len(document["components"]["schemas"])
    with opened(browser, f"{shared.url}/api/docs") as page:
        expect(page.locator("section")).to_have_count(sections)
        targets = page.locator("a[href^='#']").evaluate_all(
            "links => links.filter(link => !document.getElementById(link.hash.slice(1))).length"
        )
        assert targets == 0
        expect(page.locator("#get-api-usage")).to_contain_text("curve over a range")
