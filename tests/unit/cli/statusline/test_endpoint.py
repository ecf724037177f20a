"""The endpoint is the one that the other commands find."""

import os
from pathlib import Path

import pytest

from creditcurve.cli.statusline import endpoint
from creditcurve.config import Flags, load
from creditcurve.instance import Instance, announce, local_address


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8080",
        "http://0.0.0.0:80/curve",
        "http://[::]:8080",
        "http://[::1]:1/a/b",
        "http://nas.local:65535",
    ],
)
def test_an_address_is_read_as_by_the_other_commands(address: str) -> None:
    """One that listens everywhere is called on loopback."""
    found = endpoint.parse(address, "t")
    host = f"[{found.host}]" if ":" in found.host else found.host
    assert f"http://{host}:{found.port}{found.base_path}" == local_address(address)


@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": "/home/ada"},
        {"HOME": "/home/ada", "XDG_DATA_HOME": "/data"},
        {"HOME": "/home/ada", "XDG_DATA_HOME": " "},
        {"HOME": "/home/ada", "CREDITCURVE_DATA_DIR": "~/curve"},
        {"HOME": "/home/ada", "CREDITCURVE_DATA_DIR": "/srv/curve"},
    ],
)
def test_the_data_folder_is_that_of_the_other_commands(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variables are those of the process."""
    for name in ("HOME", "XDG_DATA_HOME", "CREDITCURVE_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Path(endpoint.data_folder(None)) == load(Flags(), os.environ).data_dir


def test_the_note_of_an_instance_is_found(tmp_path: Path) -> None:
    """It has the address and the token."""
    address = "http://127.0.0.1:8080/curve"
    announce(tmp_path, Instance(address=address, pid=1, token="t", secret="s"))
    assert vars(endpoint.find(str(tmp_path))) == {
        "host": "127.0.0.1",
        "port": 8080,
        "base_path": "/curve",
        "token": "t",
        "address": address,
        "secret": "s",
    }


@pytest.mark.parametrize(
    "note",
    [None, b"", b"[]", b"{}", b'{"address": 1, "token": "t"}', b'{"address":"x","token":""}'],
)
def test_a_missing_or_damaged_note_names_no_instance(tmp_path: Path, note: bytes | None) -> None:
    """The line says that nothing is running."""
    if note is not None:
        (tmp_path / "instance.json").write_bytes(note)
    with pytest.raises(endpoint.NoInstanceError):
        endpoint.find(str(tmp_path))
