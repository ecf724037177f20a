"""``creditcurve serve``: run the program until a signal ends it."""

import os
import sys
import threading
import webbrowser

from creditcurve import logs, server
from creditcurve.config import Config, ConfigRefused, Flags, load
from creditcurve.instance import AlreadyRunning
from creditcurve.server import PortUnavailable
from creditcurve.store import NewerSchema, StoreError

EXIT_UNAVAILABLE = 69
EXIT_IO_ERROR = 74
EXIT_ALREADY_RUNNING = 75
EXIT_CONFIG = 78


def run(flags: Flags) -> int:
    """Serve with the configuration that flags and environment ask for; the exit code."""
    try:
        config = load(flags, os.environ)
    except ConfigRefused as refusal:
        return _refuse(str(refusal), EXIT_CONFIG)
    return serve(config)


def serve(config: Config) -> int:
    """Serve a configuration; the exit code."""
    logs.configure(config.log_level, config.log_format)

    def ready(address: str) -> None:
        print(f"Listening on {address}", flush=True)  # noqa: T201 - the ready line of the contract
        if config.open_page:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    try:
        server.run(config, ready)
    except AlreadyRunning as refusal:
        where = refusal.instance.address if refusal.instance else "an address it has not told yet"
        detail = f"CreditCurve already runs on {config.data_dir} at {where}: use that one."
        return _refuse(detail, EXIT_ALREADY_RUNNING)
    except PortUnavailable as refusal:
        return _refuse(str(refusal), EXIT_UNAVAILABLE)
    except NewerSchema as refusal:
        return _refuse(str(refusal), EXIT_CONFIG)
    except (StoreError, OSError) as refusal:
        return _refuse(f"The data folder {config.data_dir}: {refusal}", EXIT_IO_ERROR)
    return 0


def _refuse(detail: str, code: int) -> int:
    print(f"creditcurve: {detail}", file=sys.stderr)  # noqa: T201 - one line for the user
    return code
