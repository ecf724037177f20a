"""The definitions of the service on each platform, and the unit as systemd itself judges it."""

import plistlib
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from creditcurve.cli.service import launchd, systemd, windows
from creditcurve.cli.service.plan import Plan
from creditcurve.cli.service.systemd import Systemd
from support.commands import run
from support.program import Program

ODD = "/srv/my data/100% $HOME"
PLAN = Plan(
    command=("/opt/python", "-m", "creditcurve"),
    data_dir=Path(ODD),
    host="127.0.0.1",
    port=8081,
    is_system=False,
    key_file=None,
)
SYSTEM = Plan(
    command=("/usr/bin/true",),
    data_dir=Path("/var/lib/creditcurve"),
    host="0.0.0.0",
    port=8080,
    is_system=True,
    key_file=Path("/etc/creditcurve/access_key"),
)
USER = msgspec.structs.replace(PLAN, command=("/usr/bin/true",))
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
ANALYZE = shutil.which("systemd-analyze") or ""
needs_systemd = pytest.mark.skipif(not ANALYZE, reason="systemd is not installed")


def test_the_users_unit_starts_the_program_with_its_folder_and_port() -> None:
    unit = systemd.MANAGER.definition(PLAN)
    assert (
        "ExecStart=/opt/python -m creditcurve serve --no-open --host 127.0.0.1 --port 8081\n"
    ) in unit
    assert 'Environment="CREDITCURVE_DATA_DIR=/srv/my data/100%% $HOME"\n' in unit
    assert "WantedBy=default.target" in unit


def test_the_systems_unit_gets_its_key_as_a_credential() -> None:
    """The key is in no argument and in no environment."""
    unit = systemd.MANAGER.definition(SYSTEM)
    assert "LoadCredential=access_key:/etc/creditcurve/access_key\n" in unit
    assert "CREDITCURVE_ACCESS_KEY_FILE=%d/access_key\n" in unit
    assert "DynamicUser=yes" in unit


@needs_systemd
@pytest.mark.parametrize("plan", [SYSTEM, USER], ids=["system", "user"])
def test_systemd_accepts_the_unit_and_rates_its_exposure_below_two(
    tmp_path: Path, plan: Plan
) -> None:
    file = tmp_path / systemd.NAME
    file.write_text(Systemd(can_confine=lambda: True).definition(plan))
    analyze = [ANALYZE, *([] if plan.is_system else ["--user"])]
    environment = {"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path)}
    verified, rated = (
        subprocess.run(
            [*analyze, *command, str(file)],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        for command in (["verify"], ["security", "--offline=yes"])
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    level = re.search(r"exposure level.*?: (\d+\.\d)", rated.stdout)
    assert level is not None, rated.stderr
    assert float(level[1]) < 2.0


def test_where_the_manager_cannot_confine_the_unit_starts_without() -> None:
    """Some distributions let no account make a user namespace."""
    unit = Systemd(can_confine=lambda: False).definition(USER)
    assert "PrivateUsers" not in unit
    assert "NoNewPrivileges=yes" in unit
    assert "PrivateUsers=yes" in Systemd(can_confine=lambda: False).definition(SYSTEM)


def test_the_launch_agent_starts_the_program_and_starts_it_again_after_a_crash() -> None:
    agent = plistlib.loads(launchd.MANAGER.definition(PLAN).encode())
    assert agent["ProgramArguments"] == list(PLAN.arguments)
    assert agent["EnvironmentVariables"] == {"CREDITCURVE_DATA_DIR": ODD}
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] == {"SuccessfulExit": False}


def test_the_task_names_the_folder_among_its_arguments() -> None:
    definition = windows.MANAGER.definition(PLAN).replace('encoding="UTF-16"', "")
    task = ET.fromstring(definition)  # noqa: S314 - made here
    action = task.find(f"{TASK}Actions/{TASK}Exec")
    assert action is not None
    assert action.findtext(f"{TASK}Command") == "/opt/python"
    assert f'--data-dir "{ODD}"' in (action.findtext(f"{TASK}Arguments") or "")


def test_printing_writes_nothing(program: Program, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    done = run(program, "service", "install", "--print", environment={"HOME": str(home)})
    assert (done.returncode, done.stderr) == (0, "")
    assert str(program.data_dir) in done.stdout
    assert list(home.iterdir()) == []


def test_an_account_without_a_session_gets_the_next_step(program: Program, tmp_path: Path) -> None:
    """Nothing is written."""
    home = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": "", "DBUS_SESSION_BUS_ADDRESS": ""}
    bare = tmp_path / "bin"
    bare.mkdir()
    (bare / "systemctl").write_text("#!/bin/sh\necho Failed to connect to bus >&2\nexit 1\n")
    (bare / "systemctl").chmod(0o755)
    path = {"PATH": f"{bare}:/usr/bin:/bin"}
    done = run(program, "service", "install", environment={**home, **path})
    assert done.returncode == 1
    assert "sudo creditcurve service install --system" in done.stderr
    assert not (tmp_path / ".config").exists()
