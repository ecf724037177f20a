"""Who may use the interface: access control, the secret of sessions, other local accounts."""

import logging
import secrets
from ipaddress import ip_address

from creditcurve.api.http.access import Access
from creditcurve.api.http.guesses import Guesses
from creditcurve.api.http.sessions import Links, Sessions, instance_id, signing_key
from creditcurve.clocks import Clock
from creditcurve.config import Config
from creditcurve.domain.secret import Secret
from creditcurve.store import Store, StoreUnavailableError

log = logging.getLogger(__name__)


def refuses_other_accounts(config: Config) -> bool:
    """Return whether connections of other local accounts are refused.

    With an access key they need it; a trusted proxy of this machine may have its own account.
    """
    return config.access_key is None and not _has_local_proxy(config)


async def session_secret(store: Store) -> Secret:
    """Return the stored secret, or one for this run if the storage fails."""
    try:
        return await store.state.session_secret()
    except StoreUnavailableError:
        log.warning("session secret not stored: sessions end with this run")
        return Secret(secrets.token_bytes(32))


def access_control(
    config: Config, clock: Clock, store: Store, *, secret: Secret, local_token: str
) -> Access | None:
    """Return the access control; None if everybody who reaches the program may use it."""
    key = config.access_key
    if key is None and not config.needs_login:
        return None
    return Access(
        key,
        local_token,
        sessions=Sessions(
            signing_key(secret, key),
            clock,
            cookie=f"creditcurve_session_{instance_id(secret)}",
            ended=lambda: store.state.ended_sessions,
        ),
        links=Links(clock),
        guesses=Guesses(clock),
    )


def _has_local_proxy(config: Config) -> bool:
    loopback = (ip_address("127.0.0.1"), ip_address("::1"))
    return any(address in network for network in config.trusted_proxies for address in loopback)
