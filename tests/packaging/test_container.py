"""The image works with a read-only root, without rights, and under an account without a name.

``make container`` builds the image and runs these tests; elsewhere they are skipped.
"""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from support.container import Container, Image

KEY = "a made-up access key"
built = Image.built()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(built is None, reason="make container builds the image first"),
]


@pytest.fixture
def image() -> Image:
    """The built image."""
    assert built is not None
    return built


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """The keys of ``compose.yaml``, as the documented commands make them."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    for name, value in (("access_key", KEY), ("secret_key", "b" * 44)):
        (folder / name).write_text(f"{value}\n")
        (folder / name).chmod(0o600)
        os.chown(folder / name, 10001, 10001)
    return folder


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """A new volume: an engine gives it the owner of the folder in the image."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    os.chown(folder, 10001, 10001)
    return folder


@pytest.fixture
def container(image: Image, volume: Path, secrets: Path) -> Container:
    """A container with both keys from files, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return Container(
        image,
        volume,
        secrets,
        CREDITCURVE_PORT=str(port),
        CREDITCURVE_ACCESS_KEY_FILE="/run/secrets/access_key",
        CREDITCURVE_SECRET_KEY_FILE="/run/secrets/secret_key",
    )


@pytest.fixture
def running(container: Container) -> Iterator[Container]:
    """The container, serving."""
    with container:
        yield container


def test_it_serves_is_healthy_and_stops(running: Container, image: Image, volume: Path) -> None:
    kind, *health = image.health
    assert kind == "CMD"
    checked = running.run(*health)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert running.run("id", "-un").returncode == 1  # no entry in passwd
    assert "Read-only file system" in running.run("touch", "/opt/x").stderr
    assert {path.name for path in volume.iterdir()} >= {"creditcurve.db"}
    assert running.stop() == 0


def test_the_page_needs_the_key_and_a_cookie_is_encrypted_with_the_other(
    running: Container, volume: Path
) -> None:
    url = running.url
    assert httpx2.get(f"{url}/api/status", trust_env=False).status_code == 401
    header = {"authorization": f"Bearer {KEY}"}
    answer = httpx2.get(f"{url}/api/status", headers=header, trust_env=False)
    assert answer.json()["cookie"]["state"] == "missing"
    assert '<div id="root">' in httpx2.get(url, trust_env=False).text
    given = {"cookie": "__Secure-authjs.session-token=a.b.c", "verify": False}
    call = httpx2.put(f"{url}/api/cookie", json=given, headers=header, trust_env=False)
    assert call.status_code == 200
    assert b"a.b.c" not in b"".join(p.read_bytes() for p in volume.iterdir() if p.is_file())


@pytest.mark.parametrize("owner", [0, 4711])
def test_a_volume_of_another_account_is_refused_with_the_command(
    container: Container, volume: Path, owner: int
) -> None:
    """Named as the container sees the folder; the documents have the folder of the host."""
    os.chown(volume, owner, owner)
    done = container.run("creditcurve", "serve", "--no-open")
    assert done.returncode == 78
    assert "chown -R 10001:10001 /data" in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(volume.iterdir()) == []


def test_the_image_contains_the_licences_and_no_tools_of_the_build(image: Image) -> None:
    (package,) = image.root.glob("opt/creditcurve/lib/python3.*/site-packages/creditcurve")
    assert (package / "legal/sbom.cdx.json").is_file()
    assert not (image.root / "src").exists()
    assert not list(package.parent.glob("pip*"))
