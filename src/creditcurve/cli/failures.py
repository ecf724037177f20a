"""Failures of the database and of the cookie's key, in both languages."""

from typing import Final

from creditcurve import __version__
from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.messages.text import Text
from creditcurve.config import Config
from creditcurve.store import (
    CompressedCopyError,
    DamagedDatabaseError,
    LockedCopyError,
    NewerSchemaError,
    StoreError,
    UnusableCopyError,
)
from creditcurve.vault import VaultError, VaultKeyRefusedError, VaultUnreadableError

_ZH: Final[tuple[tuple[type[Exception], str], ...]] = (
    (DamagedDatabaseError, "数据库已损坏：重新启动时会自动恢复可恢复的数据。"),
    (CompressedCopyError, "该文件是压缩文件：请先解压，再恢复。"),
    (LockedCopyError, "其他程序正在使用该文件：请先关闭它，或先把文件复制一份。"),
    (UnusableCopyError, "该文件无法恢复：文件已损坏，或不是 CreditCurve 的数据库。"),
    (
        VaultUnreadableError,
        "无法解密已保存的 Cookie：加密它的密钥已丢失，或数据已损坏。请重新粘贴 Cookie。",
    ),
    (
        VaultKeyRefusedError,
        (
            "无法使用加密 Cookie 的密钥：请检查 CREDITCURVE_SECRET_KEY，"
            "或密钥文件的内容和权限（0600）。"
        ),
    ),
    (VaultError, "无法保存加密 Cookie 的密钥：请检查磁盘空间和密钥文件所在目录的权限。"),
    (StoreError, "数据库无法读写：请检查磁盘空间、目录权限，以及是否被其他程序占用。"),
)
"""By the type of the error, the most specific first; the errors' own sentences are English."""


def failure_text(error: StoreError | VaultError) -> Text:
    """Return the text of a failure."""
    return Text(str(error), next(zh for kind, zh in _ZH if isinstance(error, kind)))


def newer_database_error(error: NewerSchemaError) -> CommandError:
    """Return the error of a database that a newer version wrote."""
    return CommandError(
        f"The database has version {error.found}; CreditCurve {__version__} knows versions up to "
        f"{error.known}: start a newer CreditCurve, or use another data folder.",
        f"数据库的版本是 {error.found}，CreditCurve {__version__} 最高支持 {error.known}："
        "请启动更新版本的 CreditCurve，或使用其他数据目录。",
        Exit.CONFIG,
    )


def data_folder_error(config: Config, error: StoreError) -> CommandError:
    """Return the error of a store that cannot be used."""
    return CommandError(
        f"The data folder {config.data_dir}: {error}",
        f"数据目录 {config.data_dir}：{failure_text(error).zh}",
        Exit.IO_ERROR,
    )
