"""The vault: only its key opens a seal, and only the owner can read the key."""

import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backends import SecretService, fail, macOS, null
from keyring.backends.chainer import ChainerBackend

from creditcurve.domain.secret import Secret
from creditcurve.vault import (
    Vault,
    VaultKeyNotStoredError,
    VaultKeyRefusedError,
    VaultUnreadableError,
)
from creditcurve.vault.keyfile import KeyFile
from creditcurve.vault.keyring import KeyringKey, is_real, system_keyring
from creditcurve.vault.vault import reseal

COOKIE = Secret(b"__Secure-authjs.session-token=made-up; theme=dark")
OTHERS = stat.S_IRWXG | stat.S_IRWXO


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


def from_text(text: str) -> Vault:
    return Vault.open(secret_key=Secret.of(text), key_file=Path("unused"))


def from_file(folder: Path) -> Vault:
    return Vault.open(secret_key=None, key_file=folder / "secret.key", use_keyring=False)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=5000))
def test_a_sealed_value_is_returned_byte_for_byte(value: bytes) -> None:
    """Any bytes, the empty ones too."""
    vault = from_text("a key")

    assert vault.unseal(vault.seal(Secret(value))) == Secret(value)


def test_a_seal_shows_nothing_of_the_secret() -> None:
    """Neither the whole nor a piece of it, and two seals of one secret have nothing in common."""
    vault = from_text("a key")

    one, two = vault.seal(COOKIE), vault.seal(COOKIE)

    assert b"made-up" not in one
    assert b"session" not in one
    assert one[12:] != two[12:]
    assert one[24:40] != two[24:40]


def test_a_change_of_any_byte_is_noticed() -> None:
    """Version, key's name, nonce, text and tag are all authenticated."""
    vault = from_text("a key")
    sealed = vault.seal(COOKIE)

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(VaultUnreadableError):
            vault.unseal(bytes(changed))


@given(st.binary(max_size=200))
def test_other_bytes_than_seals_are_unreadable(blob: bytes) -> None:
    """Any bytes from a damaged database: an answer, not a crash; cut short, too."""
    vault = from_text("a key")

    for damaged in (blob, b"CCV\x01" + blob, vault.seal(COOKIE)[: len(blob)]):
        with pytest.raises(VaultUnreadableError):
            vault.unseal(damaged)


def test_another_key_opens_nothing() -> None:
    """Who has the database has not the cookie."""
    with pytest.raises(VaultUnreadableError):
        from_text("another key").unseal(from_text("a key").seal(COOKIE))


def test_the_same_text_is_the_same_key() -> None:
    """Whether it comes from a variable or from a file that ends with a line end."""
    sealed = from_text("a key").seal(COOKIE)

    assert from_text("a key\r\n").unseal(sealed) == COOKIE
    assert from_text("a key").source == "environment"


@pytest.mark.parametrize("text", ["", "\n", "  \n"])
def test_an_empty_secret_key_is_refused(text: str) -> None:
    """It would look like protection and be none."""
    with pytest.raises(VaultKeyRefusedError, match="empty"):
        from_text(text)


def test_a_vault_shows_nothing_of_its_key() -> None:
    """Neither in its own text nor in an error's."""
    vault = from_text("canary-key")

    with pytest.raises(VaultUnreadableError) as unreadable:
        vault.unseal(b"CCV\x01")

    assert "canary" not in f"{vault!r} {vars(vault)!r} {unreadable.value!r}"


def test_a_key_file_is_made_when_something_is_sealed(tmp_path: Path) -> None:
    """Only its owner can read it and its folder, and the next start finds it."""
    folder = tmp_path / "config" / "creditcurve"
    vault = from_file(folder)

    sealed = vault.seal(COOKIE)

    assert vault.source == "file"
    assert [path.name for path in folder.iterdir()] == ["secret.key"]
    assert mode(folder / "secret.key") == 0o600
    assert mode(folder) == 0o700
    assert from_file(folder).unseal(sealed) == COOKIE


def test_reading_creates_no_key(tmp_path: Path) -> None:
    """A key that is gone for a while is missed, not replaced: the cookie comes back with it."""
    sealed = from_file(tmp_path / "keys").seal(COOKIE)
    (tmp_path / "keys").rename(tmp_path / "away")

    vault = from_file(tmp_path / "keys")
    with pytest.raises(VaultUnreadableError):
        vault.unseal(sealed)

    assert not (tmp_path / "keys").exists()
    (tmp_path / "away").rename(tmp_path / "keys")
    assert from_file(tmp_path / "keys").unseal(sealed) == COOKIE


def test_concurrent_first_seals_use_one_key(tmp_path: Path) -> None:
    """The second finds the first one's, and neither overwrites it."""
    vaults = [from_file(tmp_path / "keys") for _ in range(8)]
    gate = threading.Barrier(len(vaults))
    sealed: list[bytes] = []

    def seal(vault: Vault) -> None:
        gate.wait()
        sealed.append(vault.seal(COOKIE))

    threads = [threading.Thread(target=seal, args=(vault,)) for vault in vaults]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(sealed) == len(vaults)
    assert {from_file(tmp_path / "keys").unseal(blob) for blob in sealed} == {COOKIE}
    assert len(list((tmp_path / "keys").iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("open_mode", [0o644, 0o660, 0o604, 0o777])
def test_a_key_file_that_others_can_read_is_closed_to_them(tmp_path: Path, open_mode: int) -> None:
    """The file and the folder that is its own."""
    sealed = from_file(tmp_path / "keys").seal(COOKIE)
    (tmp_path / "keys" / "secret.key").chmod(open_mode)
    (tmp_path / "keys").chmod(0o755)

    assert from_file(tmp_path / "keys").unseal(sealed) == COOKIE

    assert mode(tmp_path / "keys" / "secret.key") & OTHERS == 0
    assert mode(tmp_path / "keys") & OTHERS == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root changes owners")
def test_a_key_file_of_another_account_is_refused(tmp_path: Path) -> None:
    """Its owner could replace the key."""
    sealed = from_file(tmp_path / "keys").seal(COOKIE)
    os.chown(tmp_path / "keys" / "secret.key", 12_345, 12_345)
    with pytest.raises(VaultKeyRefusedError, match="belongs to another account"):
        from_file(tmp_path / "keys").unseal(sealed)


def test_a_folder_with_other_files_keeps_its_mode(tmp_path: Path) -> None:
    """It is not ours to close; but where others may write, the key could be exchanged."""
    (tmp_path / "neighbour").touch()
    tmp_path.chmod(0o755)

    sealed = from_file(tmp_path).seal(COOKIE)

    assert mode(tmp_path) == 0o755
    tmp_path.chmod(0o777)
    with pytest.raises(VaultKeyRefusedError, match="Others can write"):
        from_file(tmp_path)
    tmp_path.chmod(0o700)
    assert from_file(tmp_path).unseal(sealed) == COOKIE


@pytest.mark.parametrize("content", [b"", b"hello", b"0" * 63, b"0" * 65, b"Z" * 64, b"\xff" * 64])
def test_other_files_than_key_files_are_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    """It is not replaced: it may be another user's."""
    path = tmp_path / "secret.key"
    path.write_bytes(content)

    with pytest.raises(VaultKeyRefusedError, match="is not a key file"):
        from_file(tmp_path)

    assert path.read_bytes() == content


def test_a_key_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """In one sentence that names it."""
    (tmp_path / "secret.key").mkdir()

    with pytest.raises(VaultKeyRefusedError, match=r"secret\.key cannot be read"):
        from_file(tmp_path)


def test_a_key_that_cannot_be_stored_seals_nothing(tmp_path: Path) -> None:
    """A cookie sealed with a key that is lost at the next start would be lost with it."""
    (tmp_path / "keys").touch()
    vault = Vault("file", homes=[KeyFile(tmp_path / "keys" / "deeper" / "secret.key")])

    with pytest.raises(VaultKeyNotStoredError, match="cannot be written"):
        vault.seal(COOKIE)


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


def test_a_key_is_changed_by_sealing_again(tmp_path: Path) -> None:
    """From any vault to any other; the old one opens it no more."""
    old, new = from_file(tmp_path), from_text("a new key")

    sealed = reseal(old.seal(COOKIE), old=old, new=new)

    assert new.unseal(sealed) == COOKIE
    with pytest.raises(VaultUnreadableError):
        old.unseal(sealed)


def test_a_new_key_file_is_written_beside_the_old_one(tmp_path: Path) -> None:
    """It seals from then on; seals of the old key, in another data folder say, still open."""
    folder = tmp_path / "keys"
    old = from_file(folder)
    before = old.seal(COOKIE)

    after = reseal(before, old=old, new=old.successor(None))

    assert sorted(path.name for path in folder.iterdir()) == ["secret.key", "secret.key.2"]
    assert mode(folder / "secret.key.2") == 0o600
    vault = from_file(folder)
    assert vault.unseal(before) == vault.unseal(after) == COOKIE
    (folder / "secret.key").unlink()
    vault = from_file(folder)
    assert vault.unseal(vault.seal(COOKIE)) == vault.unseal(after) == COOKIE
    with pytest.raises(VaultUnreadableError):
        vault.unseal(before)


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


def test_concurrent_renewals_keep_both_keys(tmp_path: Path) -> None:
    """Two data folders share the place of the keys: neither may lose the key it has just used."""
    old = from_file(tmp_path / "keys")
    before = old.seal(COOKIE)
    gate = threading.Barrier(8)
    sealed: list[bytes] = []

    def renew() -> None:
        gate.wait()
        sealed.append(reseal(before, old=old, new=old.successor(None)))

    threads = [threading.Thread(target=renew) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    vault = from_file(tmp_path / "keys")
    assert [vault.unseal(blob) for blob in sealed] == [COOKIE] * 8


def test_a_vault_without_a_place_for_keys_creates_no_key() -> None:
    """Who gave the key gives the next one, and not the same again."""
    vault = from_text("a key")

    with pytest.raises(VaultKeyRefusedError, match="given from outside"):
        vault.successor(None)
    with pytest.raises(VaultKeyRefusedError, match="the one in use"):
        vault.successor(Secret(b"a key\n"))
    assert vault.successor(Secret(b"another")).source == "environment"


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
