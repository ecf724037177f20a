"""The note of a running instance: only its owner can read it, and a broken one is ignored."""

import os
import stat
from pathlib import Path

import pytest

from creditcurve.instance import Instance, announce, find, local_address, remove

RUNNING = Instance(address="http://127.0.0.1:8080", pid=1, token="made up", secret="made up")


def test_the_note_is_found_until_it_is_removed(tmp_path: Path) -> None:
    announce(tmp_path, RUNNING)
    assert find(tmp_path) == RUNNING
    remove(tmp_path)
    remove(tmp_path)
    assert find(tmp_path) is None


def test_a_later_note_replaces_the_first_and_leaves_no_draft(tmp_path: Path) -> None:
    later = Instance(address="http://127.0.0.1:9", pid=2, token="another")
    announce(tmp_path, RUNNING)
    announce(tmp_path, later)
    assert find(tmp_path) == later
    assert [path.name for path in tmp_path.iterdir()] == ["instance.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read_the_token(tmp_path: Path) -> None:
    announce(tmp_path, RUNNING)
    assert stat.S_IMODE((tmp_path / "instance.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"address": 1}', b"\xff"])
def test_a_note_that_cannot_be_read_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "instance.json").write_bytes(content)
    assert find(tmp_path) is None


def test_the_note_of_an_older_version_has_no_secret(tmp_path: Path) -> None:
    note = b'{"address": "http://[::1]:8080", "pid": 1, "token": "t"}'
    (tmp_path / "instance.json").write_bytes(note)
    assert find(tmp_path) == Instance(address="http://[::1]:8080", pid=1, token="t")


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("http://[::]:8080/curve", "http://[::1]:8080/curve"),
        ("http://192.0.2.1:80", "http://192.0.2.1:80"),
        ("http://[2001:db8::1]:80", "http://[2001:db8::1]:80"),
    ],
)
def test_an_instance_on_all_addresses_is_reached_on_this_machine(address: str, local: str) -> None:
    assert local_address(address) == local
