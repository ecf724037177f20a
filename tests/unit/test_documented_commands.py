"""The commands that the documents show are commands of the program."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import CycloptsError

from creditcurve.cli.app import new_app

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "README.md",
    "README.zh-CN.md",
    *sorted(f"docs/{f.name}" for f in (ROOT / "docs").glob("*.md")),
)
VALUES = {"文件": "FILE"}


def commands(document: str) -> Iterator[list[str]]:
    """Yield the arguments of each command that a document shows."""
    text = (ROOT / document).read_text(encoding="utf-8")
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
    assert len(list(commands("README.md"))) > 15
