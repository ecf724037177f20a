"""The keys of ``creditcurve watch``, as a terminal sends them."""

import pytest

from creditcurve.cli.watch.keys import END, keys_of


@pytest.mark.parametrize(
    ("read", "keys"),
    [
        (b"4", "4"),
        (b"4cq", "4cq"),
        (b"C", "c"),
        (b"\x1b", "\x1b"),
        (b"\x1b[A", ""),
        (b"\x1bOP", ""),
        (b"\x1b[1;5D", ""),
        (b"\x1b[A\x1b[B4", "4"),
        (b"r\x1b[5~q", "rq"),
        (b"\x1bx", ""),
        ("\xe9".encode(), "\xe9"),
        (b"", END),
    ],
)
def test_every_key_is_read_and_other_sequences_are_ignored(read: bytes, keys: str) -> None:
    """Several keys may arrive at once; Esc is a key, an arrow is not."""
    assert keys_of(read) == keys
