"""Checks of the start that need no store: the key of the cookie, and the CA file."""

import os
import ssl
import tempfile
from pathlib import Path
from typing import Final

from creditcurve.config import Config, ConfigError

_ENCODING_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def check_key(config: Config) -> None:
    """Check that the key can be read, or that a new key can be stored; nothing is created.

    Raises:
        ConfigError: the key file is unusable, or there is no place for a new key.
    """
    file = config.key_file
    if config.secret_key is not None or (file is not None and _is_usable(file)):
        return
    error = _creation_error(file)
    if error is not None and not _has_keyring(config):
        raise error


def check_ca_file(config: Config) -> None:
    """Check that the configured CA file contains certificates.

    Raises:
        ConfigError: it cannot be read, or contains none.
    """
    if config.ca_file is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=config.ca_file)
    except (ssl.SSLError, ValueError) as error:
        raise ConfigError("ca_file_malformed", file=config.ca_file) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError("ca_file_unreadable", file=config.ca_file, reason=reason) from error


def _is_usable(file: Path) -> bool:
    """Return whether the key file exists and the vault may read it.

    Raises:
        ConfigError: another account owns it, or it is not plain text.
    """
    try:
        status = file.lstat()
        if os.name == "posix" and status.st_uid not in (0, os.geteuid()):
            raise ConfigError("key_file_of_another_account", file=file)
        with file.open("rb") as opened:
            start = opened.read(3)
    except FileNotFoundError:
        return False
    except OSError:
        return True  # the vault reports why
    if start.startswith(_ENCODING_MARKS):
        raise ConfigError("key_file_encoding", file=file)
    return True


def _creation_error(file: Path | None) -> ConfigError | None:
    """Return why a key file cannot be created."""
    if file is None:
        return ConfigError("no_home_for_key")
    try:
        _try_creating_in(file.parent)
    except OSError as error:
        return ConfigError("key_file_unwritable", file=file, reason=error.strerror or str(error))
    return None


def _try_creating_in(folder: Path) -> None:
    """Create and delete a folder in the given one, or in its nearest existing parent."""
    place = next(place for place in (folder, *folder.parents) if place.exists())
    Path(tempfile.mkdtemp(dir=place, prefix=".creditcurve-")).rmdir()


def _has_keyring(config: Config) -> bool:
    from creditcurve.vault.keyring import KeyringKey  # noqa: PLC0415 - rarely needed

    return config.use_keyring and KeyringKey().content() is not None
