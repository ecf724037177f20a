"""Runs the whole program in a network namespace and prints every address that was contacted.

Called inside the namespace: ``unshare --map-root-user --net python -m support.isolated FOLDER``.
Every address is local there, so nothing leaves the machine: connections are recorded, then refused.
"""

import json
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

import msgspec

from support import commands
from support.program import Program
from support.site import COOKIE, Site

CHANNEL: Final = "203.0.113.7"
"""An address for documentation (RFC 5737): no machine has it."""
_SETUP: Final = ("link set lo up", "route add local default dev lo")
_IPV4: Final = 0x0800
_TCP, _UDP, _DNS = 6, 17, 53
_SYN, _SYN_ACK = 0x02, 0x12


class Contacts(msgspec.Struct, frozen=True, kw_only=True):
    """The opened connections, and the names that were looked up."""

    connections: frozenset[tuple[str, int]]
    datagrams: frozenset[tuple[str, int]]
    names: frozenset[str]


class Recorder:
    """Records connections and look-ups on all interfaces of the namespace."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        self._socket.settimeout(0.2)
        self._ended = threading.Event()
        self._connections: set[tuple[str, int]] = set()
        self._datagrams: set[tuple[str, int]] = set()
        self._names: set[str] = set()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> Contacts:
        """Stop; return everything recorded."""
        self._ended.set()
        self._thread.join()
        self._socket.close()
        return Contacts(
            connections=frozenset(self._connections),
            datagrams=frozenset(self._datagrams),
            names=frozenset(self._names),
        )

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._record(self._socket.recv(65_536))
            except TimeoutError:
                continue

    def _record(self, frame: bytes) -> None:
        if struct.unpack("!H", frame[12:14])[0] != _IPV4:
            return
        packet = frame[14:]
        host, segment = socket.inet_ntoa(packet[16:20]), packet[(packet[0] & 15) * 4 :]
        port = struct.unpack("!H", segment[2:4])[0]
        if packet[9] == _TCP and segment[13] & _SYN_ACK == _SYN:
            self._connections.add((host, port))
        elif packet[9] == _UDP:
            self._datagrams.add((host, port))
            if port == _DNS:
                self._names.add(_name_in(segment[8:]))


def _name_in(query: bytes) -> str:
    """Return the name that a DNS query asks for."""
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii", "replace"))
        at += 1 + query[at]
    return ".".join(labels)


def use_everything(folder: Path) -> dict[str, int]:
    """Use every part that could call somebody; return the ports of site and program."""
    folder.mkdir(parents=True)
    private = ("--allow-private-channels",)
    with Site() as site, Program(folder, site.url, arguments=private) as program:
        program.give_cookie(COOKIE, collecting=True)
        program.call("PATCH", "/api/settings", {"auto_reset": {"enabled": True}})
        for path in ("/api/refresh", "/api/cookie/check"):
            assert program.call("POST", path).status_code == 200, path
        channel = {"kind": "webhook", "name": "c", "url": f"https://{CHANNEL}/hook"}
        created = program.call("POST", "/api/alerts/channels", channel).json()["id"]
        program.call("POST", f"/api/alerts/channels/{created}/test")
        for path in ("/", "/api/docs", "/api/forecast", "/api/backup", "/metrics"):
            assert program.call("GET", path).status_code == 200, path
        for command in (("doctor",), ("status",), ("export",), ("account",)):
            commands.run(program, *command, upstream=site.url)
        return {"site": _port(site.url), "program": _port(program.url)}


def start_with_the_real_site(folder: Path) -> None:
    """Let the program look for the site by its name, which cannot be found here."""
    folder.mkdir(parents=True)
    with Program(folder, None) as program:
        program.call("PUT", "/api/cookie", {"cookie": COOKIE})


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


def main(folder: Path) -> None:
    """Print contacts and ports as JSON."""
    for step in _SETUP:
        subprocess.run(["/usr/sbin/ip", *step.split()], check=True)
    recorder = Recorder()
    ports = use_everything(folder / "simulated")
    contacts = recorder.end()
    recorder = Recorder()
    start_with_the_real_site(folder / "real")
    by_name = recorder.end()
    found = {"ports": ports, "contacts": contacts, "by_name": by_name}
    sys.stdout.write(json.dumps(msgspec.to_builtins(found)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
