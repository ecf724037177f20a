"""``creditcurve serve``: run the program until a signal ends it."""

import logging
import os
import threading
import webbrowser

from creditcurve import logs, server
from creditcurve.cli.exits import CONFIG, IO_ERROR, OK, TRY_AGAIN, UNAVAILABLE, refused, settled
from creditcurve.config import Config, Flags, forget_secrets
from creditcurve.instance import AlreadyRunning, from_here
from creditcurve.server import PortUnavailable
from creditcurve.store import NewerSchemaError, StoreError
from creditcurve.vault import VaultError

log = logging.getLogger(__name__)


def run(flags: Flags) -> int:
    """Serve with the configuration that flags and environment ask for; the exit code."""
    return settled(flags, serve)


def serve(config: Config) -> int:
    """Serve a configuration; the exit code."""
    logs.configure(config.log_level, config.log_format)
    forget_secrets(os.environ)

    def ready(address: str, path: str) -> None:
        entry = from_here(address) + path
        if config.access_key is not None:
            log.info("open once, within 15 minutes, to log in: %s", entry)
        print(f"Listening on {address}", flush=True)  # noqa: T201 - the ready line of the contract
        if config.open_page:
            threading.Thread(target=webbrowser.open, args=(entry,), daemon=True).start()

    try:
        server.run(config, ready)
    except AlreadyRunning as refusal:
        where = refusal.instance.address if refusal.instance else "an address it has not told yet"
        detail = f"CreditCurve already runs on {config.data_dir} at {where}: use that one."
        return refused(detail, TRY_AGAIN)
    except PortUnavailable as refusal:
        return refused(str(refusal), UNAVAILABLE)
    except NewerSchemaError as refusal:
        return refused(str(refusal), CONFIG)
    except (StoreError, VaultError, OSError) as refusal:
        return refused(f"The data folder {config.data_dir}: {refusal}", IO_ERROR)
    return OK
