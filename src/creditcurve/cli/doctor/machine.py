"""Checks of this machine: Python, page, data folder, database and key."""

import contextlib
import platform
import sys
from collections.abc import Iterator
from importlib import resources
from typing import Final

from creditcurve import __version__
from creditcurve.cli.doctor.finding import Check, Finding
from creditcurve.cli.failures import failure_text, newer_database_error
from creditcurve.cli.language import Say
from creditcurve.cli.messages.start import start_text
from creditcurve.cli.startup import check_key
from creditcurve.config import Config, ConfigError
from creditcurve.instance import DataFolderError, check
from creditcurve.store import NewerSchemaError, StoreError
from creditcurve.store.sqlite import inspection
from creditcurve.vault import Vault, VaultError

MIN_PYTHON: Final = (3, 11)


def _program(say: Say, _: Config) -> Iterator[Finding]:
    version = platform.python_version()
    built_in = say(" (built in)", "（内置）") if getattr(sys, "frozen", False) else ""
    yield Finding(
        sys.version_info >= MIN_PYTHON,
        "Python",
        f"{version}{built_in} · {platform.platform()} · CreditCurve {__version__}",
    )


def _page(say: Say, _: Config) -> Iterator[Finding]:
    is_built = (resources.files("creditcurve") / "static" / "index.html").is_file()
    detail = (
        say("built", "已构建") if is_built else say("not built: make build", "未构建：make build")
    )
    yield Finding(is_built, say("page", "页面"), detail)


def _data_folder(say: Say, config: Config) -> Iterator[Finding]:
    name, folder = say("data folder", "数据目录"), config.data_dir
    try:
        check(folder)
    except DataFolderError as error:
        yield Finding(is_ok=False, name=name, detail=say(*start_text(error)))
        return
    new = "" if folder.exists() else say(" · will be created", " · 启动时创建")
    yield Finding(is_ok=True, name=name, detail=f"{folder}{new}")


def _database(say: Say, config: Config) -> Iterator[Finding]:
    name = say("database", "数据库")
    if not inspection.has_database(config.data_dir):
        yield Finding(None, name, say("none yet", "尚未创建"))
        return
    try:
        inspection.examine(config.data_dir)
    except NewerSchemaError as error:
        yield Finding(is_ok=False, name=name, detail=say(*newer_database_error(error).text))
    except StoreError as error:
        yield Finding(is_ok=False, name=name, detail=say(*failure_text(error)))
    else:
        yield Finding(is_ok=True, name=name, detail=say("OK", "完好"))
        yield from _unreadable_rows(say, config)


def _unreadable_rows(say: Say, config: Config) -> Iterator[Finding]:
    with contextlib.suppress(StoreError):
        rows = inspection.quarantined(config.data_dir)
        if rows:
            detail = say(
                f"{rows:,} rows of the site; an update may be able to read them",
                f"站点返回的 {rows:,} 行；更新版本后可能可以读取",
            )
            yield Finding(None, say("unreadable rows", "未识别的数据"), detail)


def _key(say: Say, config: Config) -> Iterator[Finding]:
    name = say("key of the cookie", "Cookie 密钥")
    try:
        check_key(config)
        vault = Vault.open(
            secret_key=config.secret_key, key_file=config.key_file, use_keyring=config.use_keyring
        )
    except ConfigError as error:
        yield Finding(is_ok=False, name=name, detail=say(*start_text(error)))
    except VaultError as error:
        yield Finding(is_ok=False, name=name, detail=say(*failure_text(error)))
    else:
        yield Finding(is_ok=True, name=name, detail=_key_place(say, config, vault.source))


def _key_place(say: Say, config: Config, source: str) -> str:
    if source == "environment":
        return say("from CREDITCURVE_SECRET_KEY", "来自 CREDITCURVE_SECRET_KEY")
    if source == "keyring":
        return say("in the system's keyring", "在系统钥匙串中")
    is_new = config.key_file is not None and not config.key_file.exists()
    return f"{config.key_file}" + (say(" · will be created", " · 需要时创建") if is_new else "")


MACHINE_CHECKS: Final[tuple[Check, ...]] = (_program, _page, _data_folder, _database, _key)
