"""A manual clock, a vault with a new key, and a real store in the test's folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from creditcurve.domain.secret import Secret
from creditcurve.store import SqliteStore
from creditcurve.vault import Vault


class HandClock:
    """A clock that changes only when it is set."""

    def __init__(self) -> None:
        self.t_ms = 1_760_000_000_000
        self.s = 0.0

    def now_ms(self) -> int:
        """The moment it was set to."""
        return self.t_ms

    def monotonic_s(self) -> float:
        """The seconds it was set to."""
        return self.s


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "folder"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.open(
        secret_key=Secret(b"test key"), key_file=tmp_path / "unused.key", use_keyring=False
    )


@pytest.fixture
async def store(folder: Path, vault: Vault, clock: HandClock) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore.open(folder, vault=vault, clock=clock)
    try:
        yield opened
    finally:
        await opened.close()
