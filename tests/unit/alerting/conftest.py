"""Fixtures: the world with a simulated site."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.world import SiteWorld


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[SiteWorld]:
    """A world with a valid cookie; collecting is off and the loop does not run."""
    async with SiteWorld.created(tmp_path) as created:
        yield created
