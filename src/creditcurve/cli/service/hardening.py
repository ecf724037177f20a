"""The lines of a unit that take rights away from the program.

A unit of the user is confined within a user namespace, where it may drop capabilities and mount.
Some distributions let no account make one, and containers lack files that a line would cover. A
unit with such a line would not start: ask the user's manager first.
"""

import subprocess
from collections.abc import Callable, Sequence
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
_NAMESPACE: Final = "PrivateUsers=yes"
_PROBE: Final = ("systemd-run", "--user", "--quiet", "--wait", "--collect")


def system_hardening() -> list[str]:
    """Return the lines of the machine's unit."""
    return (_HARDENING + _CONFINEMENT + _SYSTEM).split("\n")[:-1]


def user_hardening(accepts: Callable[[Sequence[str]], bool]) -> list[str]:
    """Return the lines of a user's unit; of the confinement, those that the manager accepts."""
    lines = (_CONFINEMENT + _USER).split("\n")[:-1]
    if not accepts(lines):
        lines = [line for line in lines if accepts((_NAMESPACE, line))]
    return [*_HARDENING.split("\n")[:-1], *lines]


def manager_accepts(lines: Sequence[str]) -> bool:
    """Return whether the user's manager can start a program with these lines; try it.

    Without such a manager the unit is for another machine: assume that it can.
    """
    properties = [f"--property={line}" for line in lines]
    try:
        done = subprocess.run([*_PROBE, *properties, "true"], check=False, capture_output=True)  # noqa: S603 - fixed
    except OSError:
        return True
    return done.returncode == 0 or b"Failed to connect to" in done.stderr
