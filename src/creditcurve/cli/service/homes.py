"""Folders of accounts, which the machine's unit does not see (``ProtectHome``)."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

HIDDEN: Final = (Path("/home"), Path("/root"), Path("/run/user"))


def first_in_home(folders: Iterable[Path]) -> Path | None:
    """Return the first folder that is hidden."""
    for folder in folders:
        if any(folder.is_relative_to(home) for home in HIDDEN):
            return folder
    return None
