"""The keyring of the system: used where it answers, and never waited for."""

import os
import threading
from pathlib import Path

import pytest
from keyring.backends import SecretService, fail, macOS, null
from keyring.backends.chainer import ChainerBackend

from creditcurve.domain.secret import Secret
from creditcurve.vault import Vault, VaultUnreadableError
from creditcurve.vault.keyfile import KeyFile
from creditcurve.vault.keyring import KeyringKey, is_real, system_keyring
from creditcurve.vault.vault import reseal
from support.vaults import COOKIE


class MemoryKeyring:
    """A keyring that keeps its entries for as long as the test runs."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """The entry."""
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the entry."""
        self.entries[service, username] = password


class LockedKeyring(MemoryKeyring):
    """A keyring that returns its entries, and stores nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Refuse."""
        raise RuntimeError(f"{service}/{username} is locked against {password[:0]}writing")


def test_a_keyring_keeps_the_key_where_one_answers(tmp_path: Path) -> None:
    """No file is made then, and the next start finds it there."""
    backend = MemoryKeyring()
    file = KeyFile(tmp_path / "keys" / "secret.key")
    vault = Vault.kept_in(file, KeyringKey(lambda: backend))

    sealed = vault.seal(COOKIE)

    assert vault.source == "keyring"
    assert not (tmp_path / "keys").exists()
    assert Vault.kept_in(file, KeyringKey(lambda: backend)).unseal(sealed) == COOKIE


def test_without_a_writable_keyring_the_key_is_in_a_file(tmp_path: Path) -> None:
    """The key is kept, and the state says where."""
    file = KeyFile(tmp_path / "secret.key")
    vault = Vault.kept_in(file, KeyringKey(LockedKeyring))

    sealed = vault.seal(COOKIE)

    assert vault.source == "file"
    assert Vault.kept_in(file, KeyringKey(LockedKeyring)).unseal(sealed) == COOKIE


def test_a_keyring_that_returns_opens_its_seals(tmp_path: Path) -> None:
    """It was locked at the start, and a file was made in the meantime: neither cookie is lost."""
    backend = MemoryKeyring()
    answering: list[MemoryKeyring | None] = [backend]
    file = KeyFile(tmp_path / "secret.key")
    before = Vault.kept_in(file, KeyringKey(lambda: answering[-1])).seal(COOKIE)

    answering.append(None)
    during = Vault.kept_in(file, KeyringKey(lambda: answering[-1]))
    with pytest.raises(VaultUnreadableError):
        during.unseal(before)
    later = during.seal(Secret(b"a later one"))

    answering.append(backend)
    after = Vault.kept_in(file, KeyringKey(lambda: answering[-1]))
    assert after.unseal(before) == during.unseal(before) == COOKIE
    assert after.unseal(later) == Secret(b"a later one")


@pytest.mark.timeout(20)
def test_a_keyring_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    """It shows a prompt; the program continues without it."""
    forever = threading.Event()

    def hangs() -> None:
        forever.wait()

    try:
        keyring_key = KeyringKey(hangs, timeout_s=0.05)
        vault = Vault.kept_in(KeyFile(tmp_path / "secret.key"), keyring_key)
        assert vault.source == "file"
    finally:
        forever.set()


def test_a_failing_keyring_is_not_used() -> None:
    """Whatever it raises, it is the system's trouble and not the program's."""

    def fails() -> None:
        raise RuntimeError("no bus")

    assert KeyringKey(fails).content() is None
    assert KeyringKey(fails).create() == KeyringKey(fails).renew() == ()


@pytest.mark.parametrize("entry", ["", "not a key", "0" * 63])
def test_an_invalid_entry_is_not_used(entry: str) -> None:
    """An entry of another program is not used as a key."""
    backend = MemoryKeyring()
    backend.set_password("creditcurve", "cookie sealing key", entry)

    assert KeyringKey(lambda: backend).read() == ()


def test_an_invalid_entry_is_not_overwritten() -> None:
    """The key gets another entry beside it."""
    backend = MemoryKeyring()
    backend.set_password("creditcurve", "cookie sealing key", "somebody's")

    assert len(KeyringKey(lambda: backend).create()) == 1

    assert backend.get_password("creditcurve", "cookie sealing key") == "somebody's"


@pytest.mark.parametrize("make", [fail.Keyring, null.Keyring, ChainerBackend, MemoryKeyring])
def test_backends_that_store_nothing_themselves_are_not_used(make: type) -> None:
    """Nor is one of unknown make: it may keep plain text, or ask for a password."""
    assert not is_real(make())


@pytest.mark.parametrize("make", [SecretService.Keyring, macOS.Keyring])
def test_the_systems_own_keyrings_are_known(make: type) -> None:
    """By where they come from; whether they answer is another question."""
    assert is_real(make())


@pytest.mark.skipif("DBUS_SESSION_BUS_ADDRESS" in os.environ, reason="there may be a keyring here")
def test_without_a_session_there_is_no_keyring() -> None:
    """A server or a container has no keyring, and no password is asked for."""
    assert system_keyring() is None


def test_a_new_entry_of_a_keyring_is_stored_beside_the_old_one(tmp_path: Path) -> None:
    """No entry is replaced: some keyrings delete before they write."""
    backend = MemoryKeyring()
    file = KeyFile(tmp_path / "secret.key")
    old = Vault.kept_in(file, KeyringKey(lambda: backend))
    before = old.seal(COOKIE)

    new = old.successor(None)
    after = reseal(before, old=old, new=new)

    assert new.source == "keyring"
    assert len(backend.entries) == 2
    vault = Vault.kept_in(file, KeyringKey(lambda: backend))
    assert vault.unseal(before) == vault.unseal(after) == COOKIE
    assert after[:12] == vault.seal(COOKIE)[:12] != before[:12]


def test_without_a_writable_keyring_the_new_key_is_in_a_file(tmp_path: Path) -> None:
    """And the old one, which it still gives out, still opens."""
    locked = LockedKeyring()
    MemoryKeyring.set_password(locked, "creditcurve", "cookie sealing key", "ab" * 32)
    file = KeyFile(tmp_path / "secret.key")
    old = Vault.kept_in(file, KeyringKey(lambda: locked))
    before = old.seal(COOKIE)

    new = old.successor(None)

    assert (old.source, new.source) == ("keyring", "file")
    vault = Vault.kept_in(file, KeyringKey(lambda: locked))
    assert vault.unseal(before) == vault.unseal(new.seal(COOKIE)) == COOKIE
