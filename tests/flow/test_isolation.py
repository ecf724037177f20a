"""Only the site and the configured channels are contacted: verified in a network namespace."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from support.isolated import CHANNEL

ISOLATED: Final = ("unshare", "--map-root-user", "--net")
SITE: Final = "www.aicodemirror.com"


def can_isolate() -> bool:
    """Return whether this account may create a network namespace."""
    if shutil.which("unshare") is None or not Path("/usr/sbin/ip").exists():
        return False
    return subprocess.run([*ISOLATED, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not can_isolate(), reason="this account may not create a network namespace")
def test_only_the_site_and_configured_channels_are_contacted(tmp_path: Path) -> None:
    found = contacts(tmp_path)
    connections = {(host, port) for host, port in found["contacts"]["connections"]}
    ours = {("127.0.0.1", port) for port in found["ports"].values()}
    assert connections - ours == {(CHANNEL, 443)}
    assert ("127.0.0.1", found["ports"]["site"]) in connections
    assert found["contacts"]["datagrams"] == []
    assert {name.lower().removesuffix(".") for name in found["by_name"]["names"]} == {SITE}
    assert {port for _, port in found["by_name"]["datagrams"]} == {53}


def contacts(folder: Path) -> Any:
    """Return what ``support.isolated`` reports."""
    done = subprocess.run(
        [*ISOLATED, sys.executable, "-m", "support.isolated", str(folder)],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
