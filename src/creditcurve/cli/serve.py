"""``creditcurve serve``: run the program until a signal ends it."""

import os

from creditcurve import logs, server
from creditcurve.cli.announcement import announce, remove_login_file
from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.failures import failure_text
from creditcurve.cli.messages import start_text
from creditcurve.cli.offline import data_folder_error, newer_database_error
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
from creditcurve.cli.startup import check_ca_file, check_key
from creditcurve.config import Config, Flags, forget_secrets
from creditcurve.instance import AlreadyRunningError
from creditcurve.logs import LogFormat, LogLevel
from creditcurve.server import PortError
from creditcurve.store import NewerSchemaError, StoreError
from creditcurve.vault import VaultError

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


def serve(config: Config) -> int:
    """Serve a configuration; return the exit code.

    Raises:
        CommandError, ConfigError, DataFolderError: the program cannot start.
    """
    logs.configure(config.log_level, config.log_format)
    forget_secrets(os.environ)
    check_key(config)
    check_ca_file(config)
    try:
        server.run(config, lambda ready: announce(config, ready))
    except AlreadyRunningError as error:
        raise _already_running(config, error) from error
    except PortError as error:
        raise CommandError(*start_text(error), Exit.UNAVAILABLE) from error
    except NewerSchemaError as error:
        raise newer_database_error(error) from error
    except VaultError as error:
        raise CommandError(*failure_text(error), Exit.CONFIG) from error
    except StoreError as error:
        raise data_folder_error(config, error) from error
    remove_login_file(config)
    return Exit.OK


def _already_running(config: Config, error: AlreadyRunningError) -> CommandError:
    if error.instance is None:
        return CommandError(
            f"CreditCurve is already starting on {config.data_dir}: use that instance.",
            f"CreditCurve 正在 {config.data_dir} 上启动：请使用该实例。",
            Exit.TRY_AGAIN,
        )
    return CommandError(
        f"CreditCurve already runs on {config.data_dir} at {error.instance.address}: "
        "use that instance.",
        f"CreditCurve 已在 {config.data_dir} 上运行：请访问 {error.instance.address}。",
        Exit.TRY_AGAIN,
    )
