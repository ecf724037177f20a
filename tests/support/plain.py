"""The TLS settings of clients that call over plain HTTP."""

import ssl


def plain() -> ssl.SSLContext:
    """Return settings without authorities: loading those takes longer than most calls."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
