"""The configuration as a value, and the flags it is made from."""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Final

import msgspec

from creditcurve.domain.origin import DEFAULT_ORIGIN
from creditcurve.domain.secret import Secret
from creditcurve.logs import LogFormat, LogLevel

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8080
DEFAULT_UPSTREAM: Final = DEFAULT_ORIGIN

IPNetwork = IPv4Network | IPv6Network


class Flags(msgspec.Struct, frozen=True, kw_only=True):
    """The flags of the command line; None for a flag that was not given."""

    host: str | None = None
    port: int | None = None
    data_dir: Path | None = None
    upstream: str | None = None
    access_key: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    base_path: str | None = None
    trusted_proxies: tuple[str, ...] = ()
    allow_private_channels: bool | None = None
    needs_login: bool | None = None
    open_page: bool | None = None
    log_level: LogLevel | None = None
    log_format: LogFormat | None = None


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """A checked configuration.

    Attributes:
        host: address or name to listen on, without brackets.
        upstream: the site's origin without a trailing slash.
        is_upstream_fixed: whether the origin was configured, so that no other can be chosen.
        allowed_hosts: further names of the page: lower case, punycode, without port and brackets.
        base_path: path below which a proxy serves the page, like ``/curve``; empty for the root.
        trusted_proxies: addresses whose ``X-Forwarded-*`` headers are believed.
        ca_file: a further certificate authority to trust for the upstream, PEM.
        allow_private_channels: whether messages may be sent to addresses of the local network.
        needs_login: whether a one-time link is needed without an access key too.
        proxy: proxy for the upstream; ``HTTPS_PROXY`` is not used.
        secret_key: key that encrypts the stored cookie; None for the keyring or a key file.
        new_secret_key: key that replaces it in ``cookie reseal``.
        key_file: key file outside the data folder; None if ``secret_key`` is given, or if the
            account has no home folder.
    """

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    data_dir: Path
    upstream: str = DEFAULT_UPSTREAM
    is_upstream_fixed: bool = False
    access_key: Secret | None = None
    allowed_hosts: tuple[str, ...] = ()
    base_path: str = ""
    trusted_proxies: tuple[IPNetwork, ...] = ()
    secret_key: Secret | None = None
    new_secret_key: Secret | None = None
    key_file: Path | None = None
    use_keyring: bool = True
    ca_file: Path | None = None
    proxy: str | None = None
    allow_private_channels: bool = False
    needs_login: bool = False
    open_page: bool = False
    log_level: LogLevel = LogLevel.INFO
    log_format: LogFormat = LogFormat.TEXT
    is_demo: bool = False
    is_hosted_demo: bool = False
