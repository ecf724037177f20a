"""A systemd unit, of the user or of the machine, that gives the program as little as it needs.

The user's unit writes only to the data folder. The machine's runs under an account of its own
(``DynamicUser``) with its data in ``/var/lib/creditcurve``.
"""

import os
from pathlib import Path
from typing import Final

from creditcurve.cli.service.plan import Plan, call, shows

NAME: Final = "creditcurve.service"
SYSTEM_FOLDER: Final = Path("/etc/systemd/system")
STATE: Final = "/var/lib/creditcurve"

_HARDENING: Final = """\
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
LockPersonality=yes
MemoryDenyWriteExecute=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
LimitCORE=0
UMask=0077
"""
_SYSTEM_HARDENING: Final = """\
DynamicUser=yes
PrivateDevices=yes
PrivateTmp=yes
PrivateUsers=yes
ProtectSystem=strict
ProtectHome=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RemoveIPC=yes
"""


class Systemd:
    """Implements ``plan.Manager``."""

    def path(self, plan: Plan) -> str:
        """Return the path of the unit."""
        return str(_folder(plan) / NAME)

    def definition(self, plan: Plan) -> str:
        """Return the unit."""
        return "\n".join(
            (
                "[Unit]",
                "Description=CreditCurve, the live curve of Claude Code credits",
                "After=network-online.target",
                "Wants=network-online.target",
                "",
                "[Service]",
                "Type=exec",
                f"ExecStart={' '.join(map(quote, plan.arguments))}",
                "Restart=on-failure",
                "RestartSec=5",
                "RestartPreventExitStatus=75 78",
                *_data(plan),
                *_key(plan),
                *_hardening(plan),
                "",
                "[Install]",
                f"WantedBy={'multi-user' if plan.is_system else 'default'}.target",
                "",
            )
        )

    def install(self, plan: Plan) -> None:
        """Write the unit, enable it and start it."""
        folder = _folder(plan)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).write_text(self.definition(plan), encoding="utf-8")
        call([*_systemctl(plan), "daemon-reload"])
        call([*_systemctl(plan), "enable", NAME])
        call([*_systemctl(plan), "restart", NAME])

    def status(self, plan: Plan) -> int:
        """Print the state as systemctl does."""
        return shows([*_systemctl(plan), "--no-pager", "status", NAME])

    def uninstall(self, plan: Plan) -> None:
        """Stop the unit and remove it."""
        call([*_systemctl(plan), "disable", "--now", NAME])
        (_folder(plan) / NAME).unlink(missing_ok=True)
        call([*_systemctl(plan), "daemon-reload"])


MANAGER: Final = Systemd()


def quote(argument: str) -> str:
    """Return an argument as a unit needs it: specifiers, variables and spaces are literal."""
    text = argument.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    text = text.replace("$", "$$")
    return f'"{text}"' if any(mark in text for mark in " \t'\"\\;") else text


def _folder(plan: Plan) -> Path:
    if plan.is_system:
        return SYSTEM_FOLDER
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "systemd" / "user"


def _systemctl(plan: Plan) -> list[str]:
    return ["systemctl"] if plan.is_system else ["systemctl", "--user"]


def _data(plan: Plan) -> list[str]:
    if plan.is_system:
        return [
            "StateDirectory=creditcurve",
            "StateDirectoryMode=0700",
            f"Environment=CREDITCURVE_DATA_DIR={STATE}",
            f"Environment=XDG_CONFIG_HOME={STATE}/config",
        ]
    folder = str(plan.data_dir)
    return [f"Environment={quote(f'CREDITCURVE_DATA_DIR={folder}')}"]


def _key(plan: Plan) -> list[str]:
    if plan.key_file is None:
        return []
    if not plan.is_system:
        path = str(plan.key_file)
        return [f"Environment={quote(f'CREDITCURVE_ACCESS_KEY_FILE={path}')}"]
    return [
        f"LoadCredential=access_key:{quote(str(plan.key_file))}",
        "Environment=CREDITCURVE_ACCESS_KEY_FILE=%d/access_key",
    ]


def _hardening(plan: Plan) -> list[str]:
    lines = _HARDENING + (_SYSTEM_HARDENING if plan.is_system else "")
    return lines.strip().split("\n")
