"""A report's texts contain no person's and no machine's name, path, address or token."""

import getpass
import socket
from pathlib import Path

import pytest

from creditcurve.diagnostics import Redactor
from creditcurve.domain.origin import KNOWN_ORIGINS

FOLDER = Path("/srv/ada/credits")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"database damaged path={FOLDER}/creditcurve.db", "path=<data folder>/creditcurve.db"),
        (f"{Path.home()}/.config/creditcurve/secret.key", "~/.config/creditcurve/secret.key"),
        ("https://proxy.ada.example:8443/x?a=b refused", "https://<host> refused"),
        ("https://ada:secret@proxy.example/", "https://<host>"),
        ("redirect to https://www.aicodemirror.com/login?to=x", "aicodemirror.com/login"),
        ("http://127.0.0.1:8080/api", "http://127.0.0.1:8080"),
        ("connect 192.168.3.14:443 failed", "connect <address>:443 failed"),
        ("connect fe80::1c2 failed", "connect <address> failed"),
        ("mail to ada@example.org", "mail to <address>"),
        ("token abcDEF0123456789xyz", "token <hidden>"),
    ],
)
def test_names_are_replaced(text: str, shown: str) -> None:
    assert Redactor(FOLDER, KNOWN_ORIGINS)(text).endswith(shown)


@pytest.mark.parametrize(
    "text",
    [
        "creditcurve 1.2.3 · Linux-6.1.0-17-amd64-x86_64-with-glibc2.36",
        "2026-11-27T10:20:30.123Z link state=degraded code=upstream_timeout",
        "127.0.0.1:8080",
        "pruning removed records=120000",
        'File "app.py", line 3, in handle_upstream_answer',
    ],
)
def test_facts_stay(text: str) -> None:
    assert Redactor(FOLDER, KNOWN_ORIGINS)(text) == text


def test_user_and_host_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ada")
    redact = Redactor(FOLDER)
    assert getpass.getuser() == "ada"
    text = f"ada on {socket.gethostname()}: adapter"
    assert redact(text) == "<user> on <host>: adapter"
