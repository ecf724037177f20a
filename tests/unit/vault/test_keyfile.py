"""The key file: only its owner can read it, and no key is lost or replaced."""

import os
import stat
import threading
from pathlib import Path

import pytest

from creditcurve.vault import (
    Vault,
    VaultKeyNotStoredError,
    VaultKeyRefusedError,
    VaultUnreadableError,
)
from creditcurve.vault.keyfile import KeyFile
from creditcurve.vault.vault import reseal
from support.vaults import COOKIE, from_file

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


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
