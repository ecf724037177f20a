"""The scripts of the repository, as modules that tests call."""

import importlib
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

SCRIPTS: Final = Path(__file__).parents[2] / "scripts"


def script(name: str) -> ModuleType:
    """Return a script, imported together with the ones that it imports."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        return importlib.import_module(name)
