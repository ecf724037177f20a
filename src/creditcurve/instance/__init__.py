"""One instance per data folder: its lock, the note of its address, and the folder's permissions."""

from creditcurve.instance.folder import DataFolderError, check, prepare
from creditcurve.instance.lock import AlreadyRunningError, held
from creditcurve.instance.note import Instance, announce, find, local_address, remove

__all__ = [
    "AlreadyRunningError",
    "DataFolderError",
    "Instance",
    "announce",
    "check",
    "find",
    "held",
    "local_address",
    "prepare",
    "remove",
]
