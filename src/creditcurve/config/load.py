"""Reads flags and environment into a checked ``Config``."""

from collections.abc import Mapping, MutableMapping
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from creditcurve.config import addresses, hosts, secret_values
from creditcurve.config.errors import ConfigError
from creditcurve.config.values import DEFAULT_HOST, DEFAULT_PORT, Config, Flags
from creditcurve.domain.loopback import is_loopback
from creditcurve.domain.secret import Secret
from creditcurve.logs import LogFormat, LogLevel

APP_NAME: Final = "creditcurve"
SECRET_VARIABLES: Final = (
    "CREDITCURVE_ACCESS_KEY",
    "CREDITCURVE_SECRET_KEY",
    "CREDITCURVE_SECRET_KEY_NEW",
    "CREDITCURVE_PROXY",
)
"""Variables that contain a secret; the address of a proxy may contain a password."""

_Choice = TypeVar("_Choice", bound=StrEnum)


def load(flags: Flags, environment: Mapping[str, str]) -> Config:
    """Return the configuration that flags and environment ask for.

    Raises:
        ConfigError: a value is refused, or a public address has no access key.
    """
    access_key = secret_values.access_key(environment, flags.access_key)
    host = _host(flags.host or environment.get("CREDITCURVE_HOST"), access_key)
    secret_key = secret_values.secret_key("CREDITCURVE_SECRET_KEY", environment)
    names = (*flags.allowed_hosts, *_listed(environment.get("CREDITCURVE_ALLOWED_HOSTS")))
    proxies = (*flags.trusted_proxies, *_listed(environment.get("CREDITCURVE_TRUSTED_PROXIES")))
    base_path = flags.base_path or environment.get("CREDITCURVE_BASE_PATH") or ""
    upstream = flags.upstream or environment.get("CREDITCURVE_UPSTREAM")
    return Config(
        host=host,
        port=_port(flags.port, environment.get("CREDITCURVE_PORT")),
        data_dir=_data_dir(flags.data_dir, environment.get("CREDITCURVE_DATA_DIR")),
        upstream=addresses.upstream(upstream),
        is_upstream_fixed=bool(upstream),
        access_key=access_key,
        allowed_hosts=hosts.allowed_hosts(host, names),
        base_path=hosts.base_path(base_path),
        trusted_proxies=hosts.trusted_proxies(proxies),
        secret_key=secret_key,
        new_secret_key=secret_values.secret_key("CREDITCURVE_SECRET_KEY_NEW", environment),
        key_file=_key_file() if secret_key is None else None,
        use_keyring=environment.get("CREDITCURVE_KEYRING", "on") != "off",
        ca_file=_path(environment.get("CREDITCURVE_CA_FILE")),
        proxy=addresses.proxy(environment.get("CREDITCURVE_PROXY")),
        allow_private_channels=bool(flags.allow_private_channels)
        or _is_on(environment, "CREDITCURVE_ALLOW_PRIVATE_CHANNELS"),
        needs_login=bool(flags.needs_login) or _is_on(environment, "CREDITCURVE_LOGIN"),
        open_page=bool(flags.open_page),
        log_level=flags.log_level or _choice(environment, "CREDITCURVE_LOG_LEVEL", LogLevel.INFO),
        log_format=flags.log_format
        or _choice(environment, "CREDITCURVE_LOG_FORMAT", LogFormat.TEXT),
    )


def forget_secrets(environment: MutableMapping[str, str]) -> None:
    """Remove the variables that started programs, such as a browser, must not inherit."""
    for variable in SECRET_VARIABLES:
        environment.pop(variable, None)


def _host(text: str | None, access_key: Secret | None) -> str:
    host = (text or DEFAULT_HOST).strip().strip("[]")
    if not is_loopback(host) and access_key is None:
        raise ConfigError("public_without_key", host=host)
    return host


def _port(flag: int | None, text: str | None) -> int:
    if flag is None and text and not (text.isascii() and text.isdigit()):
        raise ConfigError("port", port=text)
    port = int(text or DEFAULT_PORT) if flag is None else flag
    if not 0 <= port <= 65_535:
        raise ConfigError("port", port=port)
    return port


def _data_dir(flag: Path | None, text: str | None) -> Path:
    """Return the data folder; the platform's default is computed only if it is needed."""
    given = flag or _path(text)
    if given is not None:
        return given.absolute()
    folders = _platform_folders()
    if folders is None:
        raise ConfigError("no_home_for_data")
    return folders[0]


def _key_file() -> Path | None:
    """Return the key file, which is never in the data folder; None without a home folder.

    On macOS and Windows the platform's folders of data and configuration are the same.
    """
    folders = _platform_folders()
    if folders is None:
        return None
    data, config = folders
    folder = config.with_name(f"{APP_NAME}-key") if config == data else config
    return folder / "secret.key"


def _platform_folders() -> tuple[Path, Path] | None:
    """Return the platform's folders of data and configuration; None without a home folder."""
    import platformdirs  # noqa: PLC0415 - not needed if all folders are given

    try:
        data = platformdirs.user_data_path(APP_NAME, appauthor=False)
        config = platformdirs.user_config_path(APP_NAME, appauthor=False)
    except RuntimeError:
        return None
    return (data, config) if data.is_absolute() and config.is_absolute() else None


def _is_on(environment: Mapping[str, str], variable: str) -> bool:
    return environment.get(variable, "") in ("1", "true", "on", "yes")


def _listed(text: str | None) -> list[str]:
    return (text or "").replace(",", " ").split()


def _path(text: str | None) -> Path | None:
    if not text:
        return None
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ConfigError("no_home_for_path", path=text) from None


def _choice(environment: Mapping[str, str], variable: str, default: _Choice) -> _Choice:
    text = environment.get(variable) or default.value
    choices = type(default)
    if text not in [choice.value for choice in choices]:
        raise ConfigError("choice", variable=variable, value=text, choices=", ".join(choices))
    return choices(text)
