"""The lines that the program prints at its start, and the page that it opens.

A login link is shown only on a terminal and is never an argument of the browser: logs are kept, and
other programs can read arguments.
"""

import html
import logging
import os
import secrets
import sys
import threading
import webbrowser
from pathlib import Path
from typing import Final

from creditcurve.api.resources.session import link_path, page_path
from creditcurve.cli.language import Say
from creditcurve.cli.terminal import print_error, print_line, system_language
from creditcurve.config import Config
from creditcurve.server import Ready

LOGIN_FILE: Final = "creditcurve-login.html"

_REDIRECT: Final = """<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={link}">
<title>CreditCurve</title>
<a href="{link}">CreditCurve</a>
"""

log = logging.getLogger(__name__)


def announce(config: Config, ready: Ready) -> None:
    """Print the ready line, and on a terminal how to log in and to stop; open the page."""
    say = system_language()
    _warn(config, ready, say)
    print_line(f"Listening on {ready.address}")
    sys.stdout.flush()
    if ready.new_login is not None:
        _show_login(say, ready.address + link_path(ready.new_login()))
    if sys.stderr.isatty():
        print_error(say("Press Ctrl+C to stop.", "按 Ctrl+C 停止。"))
    if config.open_page:
        entry = _entry(config, ready)
        threading.Thread(target=webbrowser.open, args=(entry,), daemon=True).start()


def remove_login_file(config: Config) -> None:
    """Delete the file that led the browser to a login link."""
    (config.data_dir / LOGIN_FILE).unlink(missing_ok=True)


def _warn(config: Config, ready: Ready, say: Say) -> None:
    if ready.taken is not None:
        print_error(
            say(
                f"Warning: another program listens on {ready.taken}. "
                f"Use {ready.address}, not http://localhost.",
                f"警告：{ready.taken} 被其他程序占用，请访问 {ready.address}，不要用 localhost。",
            )
        )
    if ready.is_open_to_accounts and not config.is_demo:
        print_error(
            say(
                "Note: other accounts of this machine can use the page. "
                "To prevent that, start with --login.",
                "注意：本机的其他账户也能使用此页面。如需禁止，请加 --login 启动。",
            )
        )


def _show_login(say: Say, link: str) -> None:
    if sys.stderr.isatty():
        print_error(
            say(
                f"Log in once, within 15 minutes: {link}",
                f"登录链接（15 分钟内有效，仅一次）：{link}",
            )
        )
    else:
        log.info("to log in, run: creditcurve login")


def _entry(config: Config, ready: Ready) -> str:
    """Return the address for the browser: the page, or a file of our own that leads to a link."""
    if ready.new_login is None:
        return f"{ready.address}/"
    link = ready.address + page_path(ready.new_login())
    return _written(config.data_dir, _REDIRECT.format(link=html.escape(link))).as_uri()


def _written(folder: Path, content: str) -> Path:
    """Write the file with mode 0600 and return its path."""
    draft = folder / f"{LOGIN_FILE}.{secrets.token_hex(4)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
    return draft.replace(folder / LOGIN_FILE)
