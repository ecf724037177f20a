"""The input and the operations of every service manager."""

import subprocess
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import msgspec

from creditcurve.cli.exits import CommandError, Exit


class Start(StrEnum):
    """When an installed service starts."""

    AT_BOOT = "boot"
    AT_LOGIN = "login"
    AT_LOGIN_UNTIL_ALLOWED = "login until an administrator allows the boot"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A service to run.

    Attributes:
        command: starts the program; flags follow.
        data_dir: the data folder.
        host: the address to listen on.
        port: the port to listen on.
        is_system: for the machine and not for the user; needs administrator rights.
        environment: further variables of the configuration, without secrets.
        secret_files: variables with the name of a file that only its owner reads.
        program_folders: where the program and its Python are.
    """

    command: tuple[str, ...]
    data_dir: Path
    host: str
    port: int
    is_system: bool
    environment: tuple[tuple[str, str], ...] = ()
    secret_files: tuple[tuple[str, Path], ...] = ()
    program_folders: tuple[Path, ...] = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """The whole command line of the service."""
        return (
            *self.command,
            "serve",
            "--no-open",
            "--host",
            self.host,
            "--port",
            str(self.port),
        )


class Manager(Protocol):
    """A service manager of one platform."""

    def path(self, plan: Plan) -> str:
        """Return where the definition is."""
        ...

    def definition(self, plan: Plan) -> str:
        """Return the text of the definition."""
        ...

    def check(self, plan: Plan) -> None:
        """Check that the service can be installed, before anything is written.

        Raises:
            CommandError: it cannot.
        """
        ...

    def install(self, plan: Plan) -> Start:
        """Write the definition and start the service; one that is installed is replaced."""
        ...

    def is_running(self, plan: Plan) -> bool:
        """Return whether the service is installed and started."""
        ...

    def logs(self, plan: Plan) -> str:
        """Return where the log of the service is."""
        ...

    def status(self, plan: Plan) -> int:
        """Print the state of the service; return 0 if it runs."""
        ...

    def uninstall(self, plan: Plan) -> None:
        """Stop the service and remove its definition."""
        ...


def call(command: Sequence[str]) -> str:
    """Run a command of the service manager; return its output.

    Raises:
        CommandError: it failed, or is missing.
    """
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed commands
    except OSError as error:
        text = f"{command[0]}: {error.strerror}"
        raise CommandError(text, text) from error
    if done.returncode:
        text = f"{' '.join(command)}: {' '.join(done.stderr.split()) or done.returncode}"
        raise CommandError(text, text)
    return done.stdout


def succeeds(command: Sequence[str]) -> bool:
    """Return whether a command of the service manager exists and succeeds."""
    try:
        call(command)
    except CommandError:
        return False
    return True


def shows(command: Sequence[str]) -> int:
    """Run a command that prints the state; return the exit code."""
    try:
        done = subprocess.run(command, check=False)  # noqa: S603 - as above
    except OSError as error:
        text = f"{command[0]}: {error.strerror}"
        raise CommandError(text, text) from error
    return Exit.PROBLEM if done.returncode else Exit.OK
