"""Builds the container image with buildah, and tests it without a container engine.

``python scripts/container.py`` builds ``Dockerfile``, mounts the image, and runs
``tests/packaging/test_container.py`` on it, in namespaces of their own. Where no registry of images
can be reached, a Debian made by debootstrap replaces the base images. Needs Linux and root.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
WORK: Final = ROOT / "artifacts" / "container"
IMAGE: Final = "creditcurve"
SUITE: Final = "trixie"
"""The Debian of the base images."""
PACKAGES: Final = "ca-certificates,python3,python3-venv"
AUTHORITIES: Final = Path("/etc/ssl/certs/ca-certificates.crt")
HEALTH: Final = re.compile(r"^HEALTHCHECK .*?CMD (\[.*?\])", re.DOTALL | re.MULTILINE)


def main() -> int:
    """Build the image and run its tests; return the exit code."""
    missing = [name for name in ("buildah", "podman", "debootstrap") if not shutil.which(name)]
    if missing or os.geteuid():
        sys.exit(f"make container needs root and: apt-get install {' '.join(missing)}")
    for base in sorted(base_images()):
        if not is_there(base):
            make_stand_in(base)
    run("buildah", "bud", "--isolation", "chroot", "--network", "host", "--tag", IMAGE, str(ROOT))
    WORK.mkdir(parents=True, exist_ok=True)
    described = {"root": output("podman", "image", "mount", IMAGE), "config": configuration()}
    (WORK / "image.json").write_text(json.dumps(described, indent=1), encoding="utf-8")
    environment = {**os.environ, "CREDITCURVE_IMAGE": str(WORK / "image.json")}
    test = [sys.executable, "-m", "pytest", "-n", "0", "tests/packaging/test_container.py"]
    return subprocess.run(test, cwd=ROOT, env=environment, check=False).returncode


def base_images() -> set[str]:
    """Return the images that the Dockerfile begins its stages with."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    return set(re.findall(r"^FROM (\S+:\S+)", text, re.MULTILINE))


def is_there(image: str) -> bool:
    """Return whether an image is stored here, or was fetched just now."""
    name = f"docker.io/library/{image}"
    commands = (["podman", "image", "exists", name], ["podman", "pull", "--quiet", name])
    return any(
        subprocess.run(one, check=False, capture_output=True).returncode == 0 for one in commands
    )


def make_stand_in(image: str) -> None:
    """Store a Debian with Python and Node under the name of a base image."""
    print(f"{image} cannot be fetched: making a Debian with debootstrap", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        run("debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, folder)
        if image.startswith("node:"):
            chroot = ("chroot", folder, "apt-get", "install", "--yes", "--no-install-recommends")
            run(*chroot, "nodejs", "npm")
        Path(folder, "usr/local/bin/python").symlink_to("/usr/bin/python3")
        shutil.copyfile(AUTHORITIES, f"{folder}{AUTHORITIES}")
        archive = f"{folder}.tar"
        run("tar", "-C", folder, "-cf", archive, ".")
    try:
        change = f"ENV NODE_EXTRA_CA_CERTS={AUTHORITIES}"
        run("podman", "import", "--change", change, archive, f"docker.io/library/{image}")
    finally:
        Path(archive).unlink()


def configuration() -> dict[str, Any]:
    """Return the configuration that an engine reads.

    buildah leaves HEALTHCHECK out of OCI images, so it is taken from the Dockerfile.
    """
    config: dict[str, Any] = json.loads(
        output("podman", "image", "inspect", IMAGE, "--format", "{{json .Config}}")
    )
    found = HEALTH.search((ROOT / "Dockerfile").read_text("utf-8"))
    if found is None:
        sys.exit("The Dockerfile has no HEALTHCHECK.")
    return {**config, "Healthcheck": {"Test": ["CMD", *json.loads(found[1])]}}


def run(*command: str) -> None:
    """Run a step; end with its exit code if it fails."""
    if code := subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:
        sys.exit(code)


def output(*command: str) -> str:
    """Return the output of a command."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
