"""The vault: only its key opens a seal."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.secret import Secret
from creditcurve.vault import VaultKeyRefusedError, VaultUnreadableError
from creditcurve.vault.vault import reseal
from support.examples import examples
from support.vaults import COOKIE, from_file, from_text


@examples(30)
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


def test_a_key_is_changed_by_sealing_again(tmp_path: Path) -> None:
    """From any vault to any other; the old one opens it no more."""
    old, new = from_file(tmp_path), from_text("a new key")

    sealed = reseal(old.seal(COOKIE), old=old, new=new)

    assert new.unseal(sealed) == COOKIE
    with pytest.raises(VaultUnreadableError):
        old.unseal(sealed)


def test_a_vault_without_a_place_for_keys_creates_no_key() -> None:
    """Who gave the key gives the next one, and not the same again."""
    vault = from_text("a key")

    with pytest.raises(VaultKeyRefusedError, match="given from outside"):
        vault.successor(None)
    with pytest.raises(VaultKeyRefusedError, match="the one in use"):
        vault.successor(Secret(b"a key\n"))
    assert vault.successor(Secret(b"another")).source == "environment"
