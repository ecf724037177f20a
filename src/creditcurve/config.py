"""Start-up configuration: a flag beats the environment, the environment beats the default.

``load`` either returns a whole, checked ``Config`` or refuses with one line that says what to do.
Settings that the user changes while the program runs are not here: see ``domain/settings.py``.
"""

import ipaddress
import os
import stat
from collections.abc import Mapping, MutableMapping
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

import msgspec
import platformdirs

from creditcurve.domain.secret import Secret

APP_NAME: Final = "creditcurve"
DEFAULT_UPSTREAM: Final = "https://www.aicodemirror.com"
SECRET_VARIABLES: Final = (
    "CREDITCURVE_ACCESS_KEY",
    "CREDITCURVE_SECRET_KEY",
    "CREDITCURVE_SECRET_KEY_NEW",
    "CREDITCURVE_PROXY",
)
"""Those that hold a secret themselves; an address of a proxy may hold a password."""


class LogLevel(StrEnum):
    """How much is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How a log line is written."""

    TEXT = "text"
    JSON = "json"


_Choice = TypeVar("_Choice", bound=StrEnum)


class ConfigRefused(Exception):  # noqa: N818 - the user's configuration is refused, nothing broke
    """The configuration cannot be used; the message is one line that says what to do."""


class Flags(msgspec.Struct, frozen=True, kw_only=True):
    """What stood on the command line; None where nothing did."""

    host: str | None = None
    port: int | None = None
    data_dir: Path | None = None
    upstream: str | None = None
    access_key: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    open_page: bool | None = None
    log_level: LogLevel | None = None
    log_format: LogFormat | None = None


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """A checked configuration.

    Attributes:
        upstream: base address without a trailing slash.
        ca_file: a further certificate authority to trust for the upstream, PEM.
        proxy: an HTTP proxy for the upstream; the environment's own ``HTTPS_PROXY`` is not used.
        secret_key: the key that seals the stored cookie; None leaves it to the keyring or a file.
        new_secret_key: the one that is to follow it when the cookie is sealed anew.
        key_file: where the sealing key lies when neither of the two gives one.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    data_dir: Path
    upstream: str = DEFAULT_UPSTREAM
    access_key: Secret | None = None
    allowed_hosts: tuple[str, ...] = ()
    secret_key: Secret | None = None
    new_secret_key: Secret | None = None
    key_file: Path
    use_keyring: bool = True
    ca_file: Path | None = None
    proxy: str | None = None
    open_page: bool = False
    log_level: LogLevel = LogLevel.INFO
    log_format: LogFormat = LogFormat.TEXT
    is_demo: bool = False


def load(flags: Flags, environment: Mapping[str, str]) -> Config:
    """The configuration that flags and environment ask for.

    Raises:
        ConfigRefused: a value is out of bounds, or a public address has no access key.
    """
    access_key = _secret("ACCESS_KEY", environment, flags.access_key)
    host = flags.host or environment.get("CREDITCURVE_HOST") or "127.0.0.1"
    if not is_loopback(host) and access_key is None:
        raise ConfigRefused(
            f"{host} can be reached from other machines: set CREDITCURVE_ACCESS_KEY (or "
            "CREDITCURVE_ACCESS_KEY_FILE) to a key of your own, or listen on 127.0.0.1."
        )
    data_dir = flags.data_dir or _path(environment, "CREDITCURVE_DATA_DIR")
    return Config(
        host=host,
        port=_port(flags.port, environment),
        data_dir=(data_dir or platformdirs.user_data_path(APP_NAME, appauthor=False)).absolute(),
        upstream=_upstream(flags.upstream or environment.get("CREDITCURVE_UPSTREAM")),
        access_key=access_key,
        allowed_hosts=_allowed_hosts(host, flags.allowed_hosts, environment),
        secret_key=_secret("SECRET_KEY", environment),
        new_secret_key=_secret("SECRET_KEY_NEW", environment),
        key_file=_key_folder() / "secret.key",
        use_keyring=environment.get("CREDITCURVE_KEYRING", "on") != "off",
        ca_file=_path(environment, "CREDITCURVE_CA_FILE"),
        proxy=environment.get("CREDITCURVE_PROXY") or None,
        open_page=bool(flags.open_page),
        log_level=flags.log_level or _choice(environment, "CREDITCURVE_LOG_LEVEL", LogLevel.INFO),
        log_format=flags.log_format
        or _choice(environment, "CREDITCURVE_LOG_FORMAT", LogFormat.TEXT),
    )


def forget_secrets(environment: MutableMapping[str, str]) -> None:
    """Take out what programs that are started from here, a browser say, must not inherit."""
    for variable in SECRET_VARIABLES:
        environment.pop(variable, None)


def _key_folder() -> Path:
    """A folder that is never the data folder: on macOS and Windows both defaults are the same."""
    folder = platformdirs.user_config_path(APP_NAME, appauthor=False)
    is_shared = folder == platformdirs.user_data_path(APP_NAME, appauthor=False)
    return folder.with_name(f"{APP_NAME}-key") if is_shared else folder


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on ``host``."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _port(flag: int | None, environment: Mapping[str, str]) -> int:
    text = environment.get("CREDITCURVE_PORT") or "8080"
    if flag is None and not (text.isascii() and text.isdigit()):
        raise ConfigRefused(f"CREDITCURVE_PORT is {text!r}: give a number from 0 to 65535.")
    port = int(text) if flag is None else flag
    if not 0 <= port <= 65_535:
        raise ConfigRefused(f"Port {port} does not exist: give a number from 0 to 65535.")
    return port


def _upstream(text: str | None) -> str:
    address = (text or DEFAULT_UPSTREAM).rstrip("/")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ConfigRefused(f"The upstream {address!r} is not an address: {error}.") from error
    is_bare = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not host or not is_bare or port == 0:
        raise ConfigRefused(f"The upstream {address!r} is not an address like {DEFAULT_UPSTREAM}.")
    if parts.scheme == "http" and not is_loopback(host):
        raise ConfigRefused(
            "The upstream must be https: over plain http the cookie could be read on the way."
        )
    return address


def _allowed_hosts(
    host: str, flags: tuple[str, ...], environment: Mapping[str, str]
) -> tuple[str, ...]:
    """Names the page may be reached under; a single address that is listened on is one of them."""
    named = [*flags, *environment.get("CREDITCURVE_ALLOWED_HOSTS", "").replace(",", " ").split()]
    if host not in ("0.0.0.0", "::", "[::]"):  # noqa: S104 - compared with, not bound to
        named.append(host)
    return tuple(dict.fromkeys(name.strip().strip("[]").lower() for name in named if name.strip()))


def _secret(name: str, environment: Mapping[str, str], flag: str | None = None) -> Secret | None:
    variable = f"CREDITCURVE_{name}"
    text, file = flag or environment.get(variable), environment.get(f"{variable}_FILE")
    if flag is None and text and file:
        raise ConfigRefused(f"Both {variable} and {variable}_FILE are set: keep one of them.")
    if not text and file:
        text = _read_secret(Path(file), variable)
    if not text:
        return None
    if not text.isprintable():
        raise ConfigRefused(f"{variable} holds a character that cannot be typed: choose another.")
    return Secret.of(text)


def _read_secret(path: Path, variable: str) -> str:
    try:
        _tighten(path)
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigRefused(f"{variable}_FILE: {path} cannot be read ({error}).") from error
    if not text:
        raise ConfigRefused(f"{variable}_FILE: {path} is empty.")
    return text


def _tighten(path: Path) -> None:
    """Take from others what they must not read; POSIX alone has these bits."""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)


def _path(environment: Mapping[str, str], variable: str) -> Path | None:
    text = environment.get(variable)
    return Path(text).expanduser() if text else None


def _choice(environment: Mapping[str, str], variable: str, default: _Choice) -> _Choice:
    text = environment.get(variable) or default.value
    choices = type(default)
    if text not in [choice.value for choice in choices]:
        raise ConfigRefused(f"{variable} is {text!r}: give one of {', '.join(choices)}.")
    return choices(text)
