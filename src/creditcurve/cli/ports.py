"""Whether a port can be listened on."""

import os
import socket


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now; another may take it in the next moment."""
    try:
        family, _, _, _, where = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, socket.SOCK_STREAM) as listener:
            if os.name == "posix":  # as the server does: a port in its last minute is free
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(where)
    except OSError:
        return False
    return True
