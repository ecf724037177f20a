"""The lines and the page that a person sees at the start."""

import os
from pathlib import Path

import httpx2
import pytest

from support.commands import beside
from support.program import Program
from support.site import Site
from support.starting import COMMAND
from support.terminal import Terminal


@pytest.mark.slow
def test_without_arguments_it_opens_the_page_and_says_how_to_stop(
    tmp_path: Path, site: Site
) -> None:
    """The browser gets an address that answers with the page."""
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    os.mkfifo(opened)
    browser.write_text(f"#!/bin/sh\necho \"$1\" > '{opened}'\n")
    browser.chmod(0o700)
    environment = beside(
        Program(tmp_path, site.url), upstream=site.url, environment={"BROWSER": str(browser)}
    )
    with Terminal(COMMAND, environment) as terminal:
        terminal.until("Listeningonhttp://", "PressCtrl+Ctostop.")
        page = httpx2.get(opened.read_text().strip(), trust_env=False)
        assert '<div id="root">' in page.text
        terminal.press("\x03")
        assert terminal.end() == 0
