"""Report unused Python code; exit with 1 if there is any.

vulture finds the names that no source file mentions. Fields and members of classes are left out:
msgspec and enums read them without naming them.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from vulture import Vulture
from vulture.core import Item

ROOT: Final = Path(__file__).parent.parent
PATHS: Final = ("src", "tests", "bench", "scripts")
MIN_CONFIDENCE: Final = 60

CALLED_BY_DECORATOR: Final = (
    "@*.command",
    "@*.default",
    "@pytest.fixture",
    "@rule",
    "@schemathesis.serializer",
    "@invariant",
    "@initialize",
)
CALLED_BY_LIBRARY: Final = (
    "_value_",  # enum
    "redirect_slashes",  # Starlette's router
    "help",  # a group of cyclopts
    "render_*",  # a formatter of cyclopts
    "on_broken_pipe",  # rich's console
    "converter",  # logging.Formatter
    "datefmt",
    "capture_signals",  # uvicorn's server
    "main_loop",
    "default_headers",
    "disconnected",
    "MAX_INCOMPLETE_EVENT_SIZE",  # h11
    "get_mutant_under_test",  # mutmut
    "pytest_*",  # hooks of pytest
    "on_page_*",  # hooks of MkDocs
    "on_post_*",
    "xOpen",  # SQLite's VFS
    "do_*",  # http.server
    "log_message",
    "close_connection",
    "daemon_threads",  # socketserver
    "handle",
    "teardown",  # hypothesis
    "trust_env",  # requests
    "pytestmark",
    "dst",  # tzinfo
    "fromutc",
    "collect",  # prometheus-client
    "take_from_quarantine",  # a step of a generated sequence
)


def main() -> int:
    """Print the unused code; return the exit code."""
    finder = Vulture(
        ignore_names=list(CALLED_BY_LIBRARY), ignore_decorators=list(CALLED_BY_DECORATOR)
    )
    finder.scavenge([str(ROOT / path) for path in PATHS])
    unused = finder.get_unused_code(min_confidence=MIN_CONFIDENCE)
    found = [item for item in unused if not _is_field(item)]
    for item in found:
        place = f"{Path(item.filename).relative_to(ROOT)}:{item.first_lineno}"
        print(f"{place}: unused {item.typ} {item.name!r}")
    return int(bool(found))


def _is_field(item: Item) -> bool:
    if item.typ != "variable":
        return False
    tree = ast.parse(Path(item.filename).read_text(encoding="utf-8"))
    return item.first_lineno in set(_field_lines(tree))


def _field_lines(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from (
                child.lineno for child in node.body if isinstance(child, ast.AnnAssign | ast.Assign)
            )


if __name__ == "__main__":
    sys.exit(main())
