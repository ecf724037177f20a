"""A container of the built image, as an engine starts it, made of namespaces.

``scripts/container.py`` builds the image and names its root and its configuration. The root is
read-only, the account has no rights and no passwd entry; ``/tmp`` and the volume are writable.
"""

import json
import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

DEVICES: Final = ("null", "zero", "random", "urandom")


class Image:
    """A built image: its root folder, and the configuration that an engine reads."""

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        self.root = root
        self.user: str = config["User"]
        self.environment: dict[str, str] = dict(one.split("=", 1) for one in config["Env"])
        self.command: tuple[str, ...] = (*config["Entrypoint"], *config["Cmd"])
        self.volumes = tuple(config["Volumes"])
        self.health: list[str] = config["Healthcheck"]["Test"]

    @classmethod
    def built(cls) -> "Image | None":
        """Return the image of ``make container``, if this run is a part of it."""
        file = os.environ.get("CREDITCURVE_IMAGE")
        if not file:
            return None
        described = json.loads(Path(file).read_text("utf-8"))
        return cls(Path(described["root"]), described["config"])


class Container:
    """Processes in one root, with one volume."""

    def __init__(self, image: Image, volume: Path, secrets: Path, **environment: str) -> None:
        self._image = image
        self._mounts = {volume: image.volumes[0], secrets: "/run/secrets"}
        self._environment = {**image.environment, **environment}
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> Self:
        """Start the image's command, and wait for the line that it serves."""
        self._process = subprocess.Popen(
            self._unshared(self._image.command), text=True, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith("Listening on http://"), line
        self.url = line.removeprefix("Listening on ").strip()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()

    def stop(self) -> int:
        """Send SIGTERM to the command, the first process of its namespace; return its exit code."""
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.stdout.close()
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        os.kill(int(children.read_text().split()[0]), signal.SIGTERM)
        return self._process.wait(60)

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run another command in the container."""
        return subprocess.run(
            self._unshared(command), capture_output=True, text=True, check=False, timeout=60
        )

    def _unshared(self, command: tuple[str, ...]) -> list[str]:
        """Return the command that makes the namespaces and runs another one in them."""
        user, group = self._image.user.split(":")
        variables = [f"{name}={value}" for name, value in self._environment.items()]
        inner = shlex.join(["/usr/bin/env", "-i", *variables, *command])
        rights = f"--reuid {user} --regid {group} --clear-groups --no-new-privs"
        rights += " --bounding-set=-all --inh-caps=-all"
        script = "\n".join((*self._mounting(), f"exec chroot . setpriv {rights} {inner}"))
        return ["unshare", "--mount", "--pid", "--fork", "--ipc", "--uts", "sh", "-ec", script]

    def _mounting(self) -> list[str]:
        """Return the commands that mount the root read-only, with its writable places."""
        root = shlex.quote(str(self._image.root))
        devices = (f"touch dev/{name}; mount --bind /dev/{name} dev/{name}" for name in DEVICES)
        volumes = (
            f"mkdir -p .{inner}; mount --bind {shlex.quote(str(outer))} .{inner}"
            for outer, inner in self._mounts.items()
        )
        return [
            f"mount --rbind {root} {root}; cd {root}",
            "mount -t tmpfs tmpfs tmp; mount -t tmpfs tmpfs run; mount -t tmpfs tmpfs dev",
            "mount -t proc proc proc",
            *devices,
            *volumes,
            "mount -o remount,bind,ro .; cd .",
        ]
