"""Failures of the database and of the cookie's key, in both languages."""

from typing import Final

from creditcurve.cli.messages import Text
from creditcurve.store import StoreError, UnusableCopyError
from creditcurve.vault import VaultError, VaultKeyRefusedError, VaultUnreadableError

_ZH: Final[tuple[tuple[type[Exception], str], ...]] = (
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
