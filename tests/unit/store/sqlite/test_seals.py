"""Sealed secrets can be sealed again with a new key, all in one transaction."""
# ruff: noqa: ASYNC240 - a test may wait for the disk: nothing else runs on its loop

from pathlib import Path

import apsw
import pytest

from creditcurve.clocks import Clock
from creditcurve.domain.channel import Address, Channel
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.secret import Secret
from creditcurve.store import SqliteStore
from creditcurve.vault import Vault, VaultUnreadableError

COOKIE = Secret(b"cookie")
ADDRESSES = {
    "a": Address(Secret.of("https://a.test/token"), Secret.of("secret")),
    "b": Address(Secret.of("https://b.test/")),
}


@pytest.fixture
async def filled(store: SqliteStore) -> SqliteStore:
    """A store with a cookie, two addresses, and a channel without one."""
    status = CookieStatus(state=CookieState.VALID, generation=1)
    await store.state.save(cookie=COOKIE, cookie_status=status)
    for name, address in ADDRESSES.items():
        await store.alerts.save_channel(Channel(id=name, kind="bark", name=name), address)
    await store.alerts.save_channel(Channel(id="c", kind="bark", name="c"))
    return store


async def check(store: SqliteStore) -> None:
    """Check that everything that was sealed can be opened."""
    assert await store.state.cookie() == COOKIE
    for name, address in ADDRESSES.items():
        assert await store.alerts.address(name) == address
    assert await store.alerts.address("c") is None


def vault_of(key: bytes, tmp_path: Path) -> Vault:
    return Vault.open(secret_key=Secret(key), key_file=tmp_path / "unused.key", use_keyring=False)


def seals(folder: Path) -> list[bytes]:
    """Return everything that is sealed in the database."""
    connection = apsw.Connection(str(folder / "creditcurve.db"))
    found = [
        bytes(sealed)
        for (sealed,) in connection.execute(
            "SELECT sealed FROM cookie UNION ALL "
            "SELECT sealed FROM alert_channel WHERE sealed IS NOT NULL"
        )
    ]
    connection.close()
    return found


async def test_after_a_change_of_the_key_only_the_new_one_opens_anything(
    filled: SqliteStore, folder: Path, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    before = seals(folder)
    assert len(before) == 3
    await filled.seals.renew(Secret(b"new key"))
    await check(filled)
    assert not {*before} & {*seals(folder)}
    contents = [path.read_bytes() for path in folder.iterdir()]
    assert not any(old in content for old in before for content in contents)
    await filled.close()
    again = SqliteStore.open(folder, vault=vault_of(b"new key", tmp_path), clock=clock)
    await check(again)
    await again.close()
    old = SqliteStore.open(folder, vault=vault, clock=clock)
    with pytest.raises(VaultUnreadableError):
        await old.state.cookie()
    with pytest.raises(VaultUnreadableError):
        await old.alerts.address("a")
    await old.close()


async def test_secrets_are_sealed_with_the_new_key_after_the_change(
    filled: SqliteStore, folder: Path, tmp_path: Path, clock: Clock
) -> None:
    await filled.seals.renew(Secret(b"new key"))
    await filled.state.save(cookie=Secret(b"other"))
    await filled.close()
    again = SqliteStore.open(folder, vault=vault_of(b"new key", tmp_path), clock=clock)
    assert await again.state.cookie() == Secret(b"other")
    await again.close()


async def test_the_key_can_be_changed_before_anything_is_sealed(store: SqliteStore) -> None:
    assert await store.seals.renew(Secret(b"new key")) == "environment"
    assert await store.state.cookie() is None
