"""The lines of a unit that take rights away from the program.

A unit of the user is confined within a user namespace, where it may drop capabilities and mount.
Some distributions let no account make one, and a confined unit would not start there: ask the
user's manager first.
"""

import subprocess
from typing import Final

_HARDENING: Final = """\
NoNewPrivileges=yes
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
KeyringMode=private
LimitCORE=0
UMask=0077
"""
_CONFINEMENT: Final = """\
AmbientCapabilities=
CapabilityBoundingSet=
PrivateDevices=yes
PrivateTmp=yes
PrivateUsers=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
"""
_SYSTEM: Final = """\
DynamicUser=yes
ProtectSystem=strict
ProtectHome=yes
RemoveIPC=yes
"""
_USER: Final = """\
ProtectSystem=full
"""
_PROBE: Final = ("systemd-run", "--user", "--quiet", "--wait", "--collect")


def hardening(*, is_system: bool, is_confined: bool) -> list[str]:
    """Return the lines of a unit."""
    lines = _HARDENING
    if is_confined:
        lines += _CONFINEMENT + (_SYSTEM if is_system else _USER)
    return lines.strip().split("\n")


def can_confine() -> bool:
    """Return whether the user's manager can confine a service; try it.

    Without such a manager the unit is for another machine: assume that it can.
    """
    confined = [f"--property={line}" for line in (_CONFINEMENT + _USER).split()]
    try:
        done = subprocess.run([*_PROBE, *confined, "true"], check=False, capture_output=True)  # noqa: S603 - fixed
    except OSError:
        return True
    return done.returncode == 0 or b"Failed to connect to" in done.stderr
