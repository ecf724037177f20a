"""``creditcurve backup``: copy one moment of the database into a file, without the cookie.

It reads while an instance runs, and needs none. ``creditcurve restore`` uses the copy.
"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.failures import failure_text
from creditcurve.cli.parameters import DataDir, Force
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.target import cannot_create, check_target
from creditcurve.cli.terminal import print_line, system_language
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags
from creditcurve.domain.instant import to_iso
from creditcurve.store import StoreError
from creditcurve.store.sqlite import inspection

app = new_app("backup", "creditcurve backup ~/backups/")


@app.default
def run(
    target: Annotated[Path, Parameter(help=say("File to write, or a folder.", "输出文件或目录。"))],
    /,
    *,
    overwrite: Force = False,
    data_dir: DataDir = None,
) -> int:
    """Write the copy, in a folder under a name with the time; return the exit code."""
    return run_command(
        Flags(data_dir=data_dir), lambda config: _back_up(config, target, overwrite=overwrite)
    )


def _back_up(config: Config, target: Path, *, overwrite: bool) -> int:
    _check_source(config)
    with cannot_create(target):
        file = target / _name() if target.is_dir() else target
    _check_target(config, file, overwrite=overwrite)
    try:
        _check_content(config)
        inspection.backup(config.data_dir, file)
    except StoreError as error:
        raise CommandError(
            f"The backup {file} was not written: {error}",
            f"未能写入备份 {file}：{failure_text(error).zh}",
            Exit.IO_ERROR,
        ) from error
    size = file.stat().st_size / 1_000_000
    note = system_language()("without the cookie", "不含 Cookie")
    print_line(f"{file} · {size:.1f} MB · {note}")
    return Exit.OK


def _check_source(config: Config) -> None:
    if not inspection.has_database(config.data_dir):
        raise CommandError(
            f"There is no database in {config.data_dir}: start creditcurve first, or name another "
            "folder with --data-dir.",
            f"{config.data_dir} 中没有数据库：请先运行 creditcurve，或用 --data-dir 指定其他目录。",
            Exit.NO_INPUT,
        )


def _check_content(config: Config) -> None:
    """Refuse a copy without requests, which would replace a useful one in a rotation."""
    if inspection.is_empty(config.data_dir):
        raise CommandError(
            f"The database in {config.data_dir} contains no requests: nothing to back up.",
            f"{config.data_dir} 中的数据库没有任何请求，无需备份。",
            Exit.NO_INPUT,
        )


def _check_target(config: Config, file: Path, *, overwrite: bool) -> None:
    if inspection.is_database(config.data_dir, file):
        raise CommandError(
            f"{file} is the database itself: choose another file.",
            f"{file} 就是数据库本身：请换一个文件。",
            Exit.CANNOT_CREATE,
        )
    check_target(file, overwrite=overwrite)


def _name() -> str:
    stamp = to_iso(SystemClock().now_ms())[:19].replace("-", "").replace(":", "")
    return f"creditcurve-{stamp}Z.db"
