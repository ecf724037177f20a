"""The commands that documents and help texts show are commands of the program, and run."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from cyclopts import App, CycloptsError

from creditcurve.cli.app import new_app
from creditcurve.config import Flags, load
from support.commands import run
from support.program import Program
from support.site import COOKIE, Site

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "README.md",
    "README.zh-CN.md",
    *sorted(f"docs/{f.name}" for f in (ROOT / "docs").glob("*.md")),
)
VALUES = {"文件": "FILE", "~/backups/": "./"}


def commands(document: str) -> Iterator[list[str]]:
    """Yield the arguments of each command that a document shows."""
    text = (ROOT / document).read_text(encoding="utf-8")
    yield from _commands_in(text)


def examples(app: App) -> Iterator[list[str]]:
    """Yield the arguments of each example in the help of an app and its commands."""
    yield from _commands_in(
        "\n".join(f"`{line}`" for line in (app.help_epilogue or "").split("\n"))
    )
    for name in app:
        if not name.startswith("-"):
            yield from examples(app[name])


def _commands_in(text: str) -> Iterator[list[str]]:
    blocks = "\n".join(re.findall(r"^ *```sh\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE))
    inline = "\n".join(re.findall(r"`([^`\n]+)`", text))
    for line in f"{blocks}\n{inline}".splitlines():
        found = re.search(
            r"(?:^|\| *|\bbin/)creditcurve((?: [^|<>#]*)?)(?:[|<>#].*)?$", line.strip()
        )
        if found:
            yield [VALUES.get(word, word) for word in shlex.split(found[1])]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_command_is_accepted(document: str) -> None:
    """A renamed command or flag must be renamed in the documents too."""
    refused = []
    for arguments in commands(document):
        try:
            new_app().parse_args(arguments, exit_on_error=False, print_error=False)
        except CycloptsError as error:
            refused.append((arguments, str(error)))
    assert not refused


def test_the_commands_are_found() -> None:
    assert ["service", "install"] in commands("docs/deployment.md")
    assert ["settings", "set", "poll_interval_s", "30"] in examples(new_app())
    assert len(list(commands("README.md"))) > 15


ENDLESS = {"", "serve", "demo", "watch", "service", "cookie reseal"} | {
    f"statusline {verb}" for verb in ("install", "uninstall")
}
"""Commands with separate tests: they do not end, or change more than the data folder."""
NEEDS_MORE = {"restore", "alerts test", "cookie delete"}
"""Commands with a made-up argument, or that would disturb the next ones."""
MORE = {"import FILE": ("--format", "json"), "backup FILE": ("--force",)}
"""Flags that the name FILE needs: it is the export, without a suffix."""


def _is_run(arguments: list[str]) -> bool:
    heads = {" ".join(arguments[:1]), " ".join(arguments[:2])}
    return not heads & (ENDLESS | NEEDS_MORE)


@pytest.mark.slow
def test_each_command_that_ends_runs(program: Program, site: Site, tmp_path: Path) -> None:
    """In the order of a user: the cookie first, an export before its import."""
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    (tmp_path / "work").mkdir()
    run(program, "export", "--format", "json", "--output", "FILE", folder=tmp_path / "work")
    shown = (*chain.from_iterable(map(commands, DOCUMENTS)), *examples(new_app()))
    unique = {tuple(one): one for one in shown}
    failed = []
    for arguments in filter(_is_run, unique.values()):
        more = MORE.get(" ".join(arguments), ())
        done = run(
            program, *arguments, *more, given=COOKIE, upstream=site.url, folder=tmp_path / "work"
        )
        if done.returncode:
            failed.append((arguments, done.returncode, done.stderr[-300:]))
    assert len(unique) > 30
    assert not failed


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_the_documented_keys_are_accepted(readme: str, tmp_path: Path) -> None:
    """The commands that create them, as the README shows them for a container."""
    lines = re.findall(r"^(?:mkdir|openssl) .*$", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    assert len(lines) == 3
    subprocess.run(["/bin/sh", "-ec", "\n".join(lines)], cwd=tmp_path, check=True)
    files = {
        f"CREDITCURVE_{name.upper()}_FILE": str(tmp_path / "secrets" / name)
        for name in ("access_key", "secret_key")
    }
    config = load(Flags(), {"CREDITCURVE_DATA_DIR": str(tmp_path / "data"), **files})
    assert config.access_key
    assert config.secret_key
