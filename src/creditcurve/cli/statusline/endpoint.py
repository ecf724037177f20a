"""Where the running instance answers: its data folder and the note in it, read with few imports.

``instance.note`` and ``config`` do the same for all other commands; tests compare both.
"""

import json
import os

_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - replaced, not bound to


class Endpoint:
    """The address of the running instance, and the token for commands of this machine.

    Attributes:
        address: the address as the note has it.
        secret: proves which instance answers; empty in the note of an older version.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - the fields; ``NamedTuple`` needs ``typing``
        self, host: str, port: int, base_path: str, token: str, address: str, secret: str
    ) -> None:
        self.host = host
        self.port = port
        self.base_path = base_path
        self.token = token
        self.address = address
        self.secret = secret


class NoInstanceError(Exception):
    """There is no note of a running instance."""


def data_folder(given: str | None) -> str:
    """Return the data folder of a flag, the environment or the platform.

    Raises:
        NoInstanceError: the account has no home folder.
    """
    folder = given or os.path.expanduser(os.environ.get("CREDITCURVE_DATA_DIR", ""))  # noqa: PTH111 - pathlib is slow to import
    return os.path.realpath(folder or _platform_folder())


def find(folder: str) -> Endpoint:
    """Return the endpoint of a data folder's note; it may be left over from a crash.

    Raises:
        NoInstanceError: there is no note, or it is unreadable.
    """
    try:
        with open(os.path.join(folder, "instance.json"), "rb") as file:  # noqa: PTH118, PTH123 - as above
            note = json.load(file)
        return parse(note["address"], note["token"], note.get("secret", ""))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise NoInstanceError from error


def parse(address: str, token: str, secret: str = "") -> Endpoint:
    """Return the endpoint of an address like ``http://0.0.0.0:8080/curve``, for this machine."""
    authority, _, path = address.partition("://")[2].partition("/")
    host, _, port = authority.rpartition(":")
    host = host.strip("[]")
    base_path = f"/{path}".rstrip("/")
    return Endpoint(_LOOPBACK.get(host, host), int(port), base_path, token, address, secret)


def _platform_folder() -> str:
    if os.name == "posix" and os.uname().sysname == "Linux":
        home = os.path.expanduser("~")  # noqa: PTH111 - as above
        if home == "~":
            raise NoInstanceError
        data = os.environ.get("XDG_DATA_HOME", "").strip() or f"{home}/.local/share"
        return f"{data}/creditcurve"
    import platformdirs  # noqa: PLC0415 - 15 ms, where no variable names the folder

    return platformdirs.user_data_dir("creditcurve", appauthor=False)
