"""Removes from a text what identifies a person or a machine.

Log lines contain no secret in the first place. Long tokens are masked all the same: a report is
public, and a library's message may contain anything.
"""

import getpass
import re
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from creditcurve.domain.loopback import is_loopback

# Patterns are compiled by the first report, which ``re`` keeps, not by each start.
_URL: Final = r"(?i)\b([a-z][a-z+.-]*://)([^\s/?#\"'<>]+)([^\s\"'<>]*)"
_MAIL: Final = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_IPV4: Final = r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\w)"
_IPV6: Final = r"(?i)(?<![\w:])(?=[0-9a-f:]*:[0-9a-f:]*:)[0-9a-f:]{3,39}(?![\w:])"
_TIME: Final = r"\d{1,2}:\d{2}:\d{2}"
_LONG_WORD: Final = r"(?=[A-Za-z+=%]*\d)(?=[\d+=%]*[A-Za-z])[A-Za-z0-9+=%]{16,}"
MIN_NAME: Final = 2
"""A shorter user or host name would be found inside other words."""


class Redactor:
    """Replaces folders, names, addresses and tokens by the names of their kinds.

    Args:
        data_dir: the data folder.
        origins: addresses that may be shown: those of the site.
    """

    def __init__(self, data_dir: Path, origins: Iterable[str] = ()) -> None:
        self._shown = {urlsplit(origin).netloc for origin in origins}
        names = {
            str(data_dir): "<data folder>",
            str(data_dir.resolve()): "<data folder>",
            _home(): "~",
        }
        self._folders = sorted(names.items(), key=lambda pair: -len(pair[0]))
        self._names = [
            (rf"(?i)(?<!\w){re.escape(name)}(?!\w)", shown)
            for name, shown in ((_user(), "<user>"), (socket.gethostname(), "<host>"))
            if len(name) >= MIN_NAME
        ]

    def __call__(self, text: str) -> str:
        """Return the text without them."""
        for folder, shown in self._folders:
            if len(folder) > 1:
                text = text.replace(folder, shown)
        text = re.sub(_URL, self._url, text)
        text = re.sub(_MAIL, "<address>", text)
        text = re.sub(_IPV4, _address, text)
        text = re.sub(_IPV6, _address, text)
        for pattern, shown in self._names:
            text = re.sub(pattern, shown, text)
        return re.sub(_LONG_WORD, "<hidden>", text)

    def _url(self, found: re.Match[str]) -> str:
        scheme, host, path = found.groups()
        if host in self._shown:
            return f"{scheme}{host}{path.partition('?')[0]}"
        name = urlsplit(f"//{host}").hostname or ""
        return f"{scheme}{host}" if is_loopback(name) else f"{scheme}<host>"


def _address(found: re.Match[str]) -> str:
    text = found[0]
    return text if re.fullmatch(_TIME, text) or is_loopback(text) else "<address>"


def _home() -> str:
    try:
        return str(Path.home())
    except RuntimeError:
        return ""


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
