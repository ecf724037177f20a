"""``creditcurve restore``: replace the database by a backup; the present one is kept beside it."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from creditcurve import instance
from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.failures import data_folder_error, failure_text, newer_database_error
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import print_line
from creditcurve.cli.zone import configured_zone
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags
from creditcurve.store import (
    NewerSchemaError,
    StoreError,
    UnusableCopyError,
)
from creditcurve.store.sqlite.restoring import Restored, restore

app = new_app("restore", "creditcurve restore creditcurve-20261101T080000Z.db")


@app.default
def run(
    source: Annotated[Path, Parameter(help=say("A backup.", "备份文件。"))],
    /,
    *,
    data_dir: DataDir = None,
) -> int:
    """Restore the backup; return the exit code. No instance may run."""
    return run_command(Flags(data_dir=data_dir), lambda config: _restore(config, source))


def _restore(config: Config, source: Path) -> int:
    if not source.is_file():
        raise CommandError(f"{source} is not a file.", f"{source} 不是文件。", Exit.NO_INPUT)
    try:
        with instance.held(config.data_dir):
            restored = restore(source, config.data_dir, clock=SystemClock())
    except instance.AlreadyRunningError as error:
        raise CommandError(
            "CreditCurve is running: stop it, restore, and start it again.",
            "CreditCurve 正在运行：请先停止，恢复后再启动。",
            Exit.TRY_AGAIN,
        ) from error
    except UnusableCopyError as error:
        raise CommandError(*failure_text(error), Exit.DATA_ERROR) from error
    except NewerSchemaError as error:
        raise newer_database_error(error) from error
    except StoreError as error:
        raise data_folder_error(config, error) from error
    _report(restored)
    return Exit.OK


def _report(restored: Restored) -> None:
    """Print the number of restored records, and where the previous database is."""
    text = say(f"{restored.records:,} requests restored", f"已恢复 {restored.records:,} 条请求")
    if restored.last_ms is not None:
        zone = configured_zone("auto")
        last = f"{zone.at(restored.last_ms):%Y-%m-%d %H:%M:%S} ({zone.name})"
        text += say(f" · newest: {last}", f" · 最近一条：{last}")
    print_line(text)
    if restored.kept is not None:
        kept = restored.kept
        print_line(say(f"The previous database is kept: {kept}", f"原数据库已保留：{kept}"))
