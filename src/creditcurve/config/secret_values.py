"""Secrets of the configuration, from a flag, a variable or a file.

A file is read only if the running account or root owns it, and group and others lose their access
where that is possible. Owner and mode are those of the opened file; a link must have the same
owners.
"""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from creditcurve.config.errors import ConfigError
from creditcurve.domain.secret import Secret

MIN_ACCESS_KEY_LENGTH: Final = 16

_ENCODING_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-8 and UTF-16, which editors and shells of Windows write."""


def access_key(environment: Mapping[str, str], flag: str | None) -> Secret | None:
    """Return the access key.

    Raises:
        ConfigError: the key is short, or contains a character that some clients cannot send.
    """
    text = _text("CREDITCURVE_ACCESS_KEY", environment, flag)
    if text is None:
        return None
    text = text.strip()
    if not (text.isascii() and text.isprintable()):
        raise ConfigError("access_key_not_ascii")
    if len(text) < MIN_ACCESS_KEY_LENGTH:
        raise ConfigError("access_key_short", least=MIN_ACCESS_KEY_LENGTH)
    return Secret.of(text)


def secret_key(variable: str, environment: Mapping[str, str]) -> Secret | None:
    """Return a key that encrypts the cookie.

    Raises:
        ConfigError: the key contains a control character, or its file cannot be used.
    """
    text = _text(variable, environment)
    if text is None:
        return None
    if not text.isprintable():
        raise ConfigError("secret_not_printable", variable=variable)
    return Secret.of(text)


def _text(variable: str, environment: Mapping[str, str], flag: str | None = None) -> str | None:
    if flag is not None:
        return flag
    text, file = environment.get(variable), environment.get(f"{variable}_FILE")
    if text and file:
        raise ConfigError("secret_twice", variable=variable)
    if file:
        return _read(Path(file), f"{variable}_FILE")
    return text or None


def _read(path: Path, variable: str) -> str:
    try:
        _check_link(path, variable)
        with path.open("rb") as file:
            _check_and_close_to_others(file.fileno(), path, variable)
            content = file.read()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            "secret_unreadable", variable=variable, file=path, reason=reason
        ) from error
    return _decoded(content, path, variable)


def _decoded(content: bytes, path: Path, variable: str) -> str:
    if content.startswith(_ENCODING_MARKS) or b"\0" in content:
        raise ConfigError("secret_encoding", variable=variable, file=path)
    try:
        text = content.decode().strip()
    except UnicodeDecodeError:
        raise ConfigError("secret_encoding", variable=variable, file=path) from None
    if not text:
        raise ConfigError("secret_empty", variable=variable, file=path)
    return text


def _check_link(path: Path, variable: str) -> None:
    """Refuse a link of another account, which could lead to any file."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        _check_owner(status, path, variable)


def _check_and_close_to_others(descriptor: int, path: Path, variable: str) -> None:
    status = os.fstat(descriptor)
    _check_owner(status, path, variable)
    if os.name == "posix" and status.st_uid == os.geteuid() and status.st_mode & 0o077:
        try:
            os.fchmod(descriptor, 0o600)
        except OSError:
            return  # a read-only file system, like a mounted secret


def _check_owner(status: os.stat_result, path: Path, variable: str) -> None:
    if os.name == "posix" and status.st_uid not in (0, os.geteuid()):
        raise ConfigError("secret_of_another_account", variable=variable, file=path)
