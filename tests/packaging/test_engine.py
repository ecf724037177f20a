"""A container engine runs the commands that the README shows; without one this is skipped."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx2
import pytest

ROOT: Final = Path(__file__).parents[2]
URL: Final = "http://127.0.0.1:8080"
LIMIT_S: Final = 180


def _succeeds(*command: str) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _port_is_taken() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", 8080)) == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(
        not (_succeeds("docker", "info") and _succeeds("docker", "compose", "version")),
        reason="no container engine answers",
    ),
    pytest.mark.skipif(_port_is_taken(), reason="port 8080 is taken"),
]


def commands(readme: str) -> str:
    """Return the commands of a README that create the keys and start the container."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    part = text.partition("[start:containers]")[2].partition("[end:containers]")[0]
    found = re.search(r"```sh\n(.*?)```", part, re.DOTALL)
    assert found is not None
    return found[1] if shutil.which("sudo") else found[1].replace("sudo ", "")


def _run(folder: Path, script: str) -> str:
    project = {**os.environ, "COMPOSE_PROJECT_NAME": "creditcurve-test"}
    done = subprocess.run(
        ["/bin/sh", "-ec", script],
        cwd=folder,
        env=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(params=["README.md", "README.zh-CN.md"])
def clone(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A copy of the repository, in which the commands of a README were run."""
    listed = subprocess.run(
        ["/usr/bin/env", "git", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = (name for name in listed.stdout.split("\0") if name and not name.startswith("tests/"))
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / name)
    try:
        _run(tmp_path, commands(str(request.param)))
        yield tmp_path
    finally:
        _run(tmp_path, "docker compose down --volumes")


def test_the_documented_commands_start_a_healthy_container(clone: Path) -> None:
    """With its key the page answers; the engine asks for the health by itself."""
    name = _run(clone, "docker compose ps -q").strip()
    end = time.monotonic() + LIMIT_S
    inspect = f"docker inspect --format '{{{{.State.Health.Status}}}}' {name}"
    while (health := _run(clone, inspect).strip()) != "healthy" and time.monotonic() < end:
        time.sleep(0.5)
    assert health == "healthy"
    assert httpx2.get(f"{URL}/api/status", trust_env=False).status_code == 401
    key = (clone / "secrets/access_key").read_text(encoding="utf-8").strip()
    header = {"authorization": f"Bearer {key}"}
    answer = httpx2.get(f"{URL}/api/status", headers=header, trust_env=False)
    assert answer.json()["needs_key"] is True
    assert "creditcurve.db" in _run(clone, f"docker exec {name} ls /data")
    assert _run(clone, f"docker exec {name} sh -c 'touch /x 2>&1 || true'").count("Read-only") == 1
