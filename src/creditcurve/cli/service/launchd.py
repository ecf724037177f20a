"""A launch agent of macOS, which starts with the user's session and again after a crash."""

import os
import plistlib
from pathlib import Path
from typing import Final

from creditcurve.cli.exits import CommandError
from creditcurve.cli.service.plan import Plan, Start, call, shows, succeeds

LABEL: Final = "dev.creditcurve"


class Launchd:
    """Implements ``plan.Manager``."""

    def path(self, plan: Plan) -> str:
        """Return the path of the property list."""
        return str(_file(plan))

    def definition(self, plan: Plan) -> str:
        """Return the property list."""
        secrets = {variable: str(file) for variable, file in plan.secret_files}
        data = {"CREDITCURVE_DATA_DIR": str(plan.data_dir)}
        return plistlib.dumps(
            {
                "Label": LABEL,
                "ProgramArguments": list(plan.arguments),
                "EnvironmentVariables": {**data, **dict(plan.environment), **secrets},
                "RunAtLoad": True,
                "KeepAlive": {"SuccessfulExit": False},
                "ThrottleInterval": 10,
                "ProcessType": "Background",
                "Umask": 0o077,
                "StandardErrorPath": self.logs(plan),
            }
        ).decode()

    def check(self, plan: Plan) -> None:
        """Check that the agent is one of the user."""
        _file(plan)

    def install(self, plan: Plan) -> Start:
        """Write the agent and load it."""
        file = _file(plan)
        file.parent.mkdir(parents=True, exist_ok=True)
        if self.is_running(plan):
            call(["launchctl", "bootout", f"{_domain()}/{LABEL}"])
        file.write_text(self.definition(plan), encoding="utf-8")
        call(["launchctl", "bootstrap", _domain(), str(file)])
        return Start.AT_LOGIN

    def is_running(self, plan: Plan) -> bool:  # noqa: ARG002 - as the protocol
        """Return whether the agent is loaded."""
        return succeeds(["launchctl", "print", f"{_domain()}/{LABEL}"])

    def logs(self, plan: Plan) -> str:
        """Return the file with the log."""
        return str(plan.data_dir / "creditcurve.log")

    def status(self, plan: Plan) -> int:  # noqa: ARG002 - as the protocol
        """Print the state as launchctl does."""
        return shows(["launchctl", "print", f"{_domain()}/{LABEL}"])

    def uninstall(self, plan: Plan) -> None:
        """Unload the agent and remove it."""
        call(["launchctl", "bootout", f"{_domain()}/{LABEL}"])
        _file(plan).unlink(missing_ok=True)


MANAGER: Final = Launchd()


def _file(plan: Plan) -> Path:
    if plan.is_system:
        raise CommandError(
            "On macOS the service is the user's: leave out --system.",
            "macOS 上只支持用户级服务：请去掉 --system。",
        )
    return Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"


def _domain() -> str:
    return f"gui/{os.getuid()}"
