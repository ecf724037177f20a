"""Serves a configuration: prepares the process, and turns failures of the start into errors."""

import os

from creditcurve import logs, server
from creditcurve.cli.announcement import announce, remove_login_file
from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.failures import data_folder_error, failure_text, newer_database_error
from creditcurve.cli.messages.start import start_text
from creditcurve.cli.startup import check_ca_file, check_key
from creditcurve.config import Config, forget_secrets
from creditcurve.instance import AlreadyRunningError
from creditcurve.server import PortError
from creditcurve.store import NewerSchemaError, StoreError
from creditcurve.vault import VaultError


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
