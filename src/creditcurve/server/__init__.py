"""The HTTP server: instance lock, listening sockets, application, in this order."""

from creditcurve.server.listening import PortError, is_free, listening
from creditcurve.server.run import Ready, run

__all__ = ["PortError", "Ready", "is_free", "listening", "run"]
