"""The snippets of ``tests/unit/cookie/snippets`` and their expected results."""

import tomllib
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parents[1] / "unit" / "cookie" / "snippets"
EXPECTED: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    (FOLDER / "expected.toml").read_text("utf-8")
)
ACCEPTED: Final = [name for name, row in EXPECTED["snippets"].items() if "header" in row]
REFUSED: Final = [name for name, row in EXPECTED["snippets"].items() if "code" in row]


def pasted(name: str) -> str:
    """Return the text of a snippet."""
    return (FOLDER / f"{name}.txt").read_bytes().decode("utf-8")


def expected_header(name: str) -> str:
    """Return the expected header of an accepted snippet."""
    return str(EXPECTED["headers"][EXPECTED["snippets"][name]["header"]])
