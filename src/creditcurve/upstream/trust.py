"""The certificate authorities that are trusted, for the site and for a proxy."""

import ssl
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from creditcurve.upstream.errors import TlsError


def proxy_at(address: str, trusted: ssl.SSLContext) -> httpx2.Proxy:
    """Return a proxy; one that is called over TLS is checked like the site."""
    is_encrypted = urlsplit(address).scheme == "https"
    return httpx2.Proxy(address, ssl_context=trusted if is_encrypted else None)


@cache
def trust(ca_file: Path | None) -> ssl.SSLContext:
    """Return the system's trusted authorities and the user's own; it cannot be switched off."""
    context = httpx2.create_ssl_context()
    if ca_file is None:
        return context
    try:
        context.load_verify_locations(cafile=ca_file)
    except (OSError, ValueError) as error:
        raise TlsError(f"The CA file {ca_file} cannot be used.") from error
    return context
