"""``creditcurve backup``: one moment of the database as a file of its own, without the cookie.

It reads beside a running instance and needs none. The copy is a database like the original: put in
an empty data folder as ``creditcurve.db``, it is used.
"""

import os
from pathlib import Path

from creditcurve.cli.exits import CANNOT_CREATE, IO_ERROR, NO_INPUT, OK, Refusal, settled
from creditcurve.cli.language import language
from creditcurve.cli.terminal import tell
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags
from creditcurve.domain.instant import to_iso
from creditcurve.store import StoreError
from creditcurve.store.sqlite import inspection


def run(flags: Flags, target: Path, *, overwrite: bool) -> int:
    """Write the copy, in a folder under a name with the time; the exit code."""
    say = language(os.environ)

    def work(config: Config) -> int:
        if not inspection.has_database(config.data_dir):
            raise Refusal(f"There is no database in {config.data_dir}.", NO_INPUT)
        file = target / _name() if target.is_dir() else target
        _refuse_to_harm(config, file, overwrite=overwrite)
        try:
            inspection.backup(config.data_dir, file)
        except StoreError as error:
            raise Refusal(f"The backup {file} was not made: {error}", IO_ERROR) from error
        size = file.stat().st_size / 1_000_000
        tell(f"{file} · {size:.1f} MB · {say('without the cookie', '不含 Cookie')}")
        return OK

    return settled(flags, work)


def _refuse_to_harm(config: Config, file: Path, *, overwrite: bool) -> None:
    if inspection.is_database(config.data_dir, file):
        raise Refusal(f"{file} is the database itself: name another file.", CANNOT_CREATE)
    if file.exists() and not overwrite:
        raise Refusal(f"{file} exists: name another file, or add --overwrite.", CANNOT_CREATE)
    if not file.parent.is_dir():
        raise Refusal(f"There is no folder {file.parent}.", CANNOT_CREATE)


def _name() -> str:
    stamp = to_iso(SystemClock().now_ms())[:19].replace("-", "").replace(":", "")
    return f"creditcurve-{stamp}Z.db"
