"""``creditcurve serve``: run the program until a signal ends it."""

from creditcurve.cli.exits import run_command
from creditcurve.cli.parameters import (
    AccessKey,
    AllowedHosts,
    BasePath,
    DataDir,
    Host,
    Level,
    LogForm,
    Login,
    OpenPage,
    Port,
    PrivateChannels,
    TrustedProxies,
    Upstream,
)
from creditcurve.cli.registry import new_app
from creditcurve.cli.serving import serve
from creditcurve.config import Flags
from creditcurve.logs import LogFormat, LogLevel

app = new_app("serve", "creditcurve serve --port 9090 --open")


@app.default
def run(  # noqa: PLR0913 - one parameter for each flag
    *,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    upstream: Upstream = None,
    access_key: AccessKey = None,
    allowed_hosts: AllowedHosts = (),
    base_path: BasePath = None,
    trusted_proxies: TrustedProxies = (),
    private_channels: PrivateChannels = None,
    login: Login = None,
    open_page: OpenPage = None,
    log_level: Level = None,
    log_format: LogForm = None,
) -> int:
    """Serve with the configuration of flags and environment; return the exit code."""
    flags = Flags(
        host=host,
        port=port,
        data_dir=data_dir,
        upstream=upstream,
        access_key=access_key,
        allowed_hosts=allowed_hosts,
        base_path=base_path,
        trusted_proxies=trusted_proxies,
        allow_private_channels=private_channels,
        needs_login=login,
        open_page=open_page,
        log_level=LogLevel(log_level) if log_level else None,
        log_format=LogFormat(log_format) if log_format else None,
    )
    return run_command(flags, serve)
