"""The definitions of the service on each platform, and the unit as systemd itself judges it."""

import plistlib
import re
import shutil
import socket
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from creditcurve.cli.exits import CommandError
from creditcurve.cli.service import launchd, systemd, windows
from creditcurve.cli.service.environment import kept, secret_files
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
)
SYSTEM = Plan(
    command=("/usr/bin/true",),
    data_dir=Path("/var/lib/creditcurve"),
    host="0.0.0.0",
    port=8080,
    is_system=True,
    secret_files=(("CREDITCURVE_ACCESS_KEY_FILE", Path("/etc/creditcurve/access_key")),),
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
    file.write_text(Systemd(lambda _: True).definition(plan))
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
    unit = Systemd(lambda _: False).definition(USER)
    assert "PrivateUsers" not in unit
    assert "NoNewPrivileges=yes" in unit
    assert "PrivateUsers=yes" in Systemd(lambda _: False).definition(SYSTEM)


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


def test_a_line_that_the_manager_refuses_is_left_out() -> None:
    """Such as in a container, which has no /proc/kmsg to cover."""
    unit = Systemd(lambda lines: "ProtectKernelLogs=yes" not in lines).definition(USER)
    assert "ProtectKernelLogs" not in unit
    assert "PrivateUsers=yes\n" in unit
    assert "ProtectSystem=full\n" in unit


def test_the_machines_unit_refuses_a_program_in_a_home_folder() -> None:
    """The unit does not see it, and would not start."""
    plan = msgspec.structs.replace(SYSTEM, program_folders=(Path("/home/ada/curve/.venv/bin"),))
    with pytest.raises(CommandError, match="leave out --system"):
        systemd.MANAGER.check(plan)


def test_the_machines_unit_needs_an_access_key() -> None:
    """Without one, the page answers only the account of the service, which no person uses."""
    with pytest.raises(CommandError, match="--access-key-file FILE"):
        systemd.MANAGER.check(msgspec.structs.replace(SYSTEM, secret_files=()))


def test_the_machines_unit_needs_no_home_folder() -> None:
    """Its account does not have one: data and the key of the cookie are in its state."""
    unit = systemd.MANAGER.definition(SYSTEM)
    assert "Environment=CREDITCURVE_DATA_DIR=/var/lib/creditcurve/data\n" in unit
    assert "Environment=XDG_DATA_HOME=/var/lib/creditcurve\n" in unit
    assert "Environment=XDG_CONFIG_HOME=/var/lib/creditcurve/config\n" in unit


def test_a_service_keeps_the_configuration_of_the_shell() -> None:
    """Without it, it would poll another site, or none behind a proxy."""
    given = {"CREDITCURVE_PROXY": "http://127.0.0.1:3128", "CREDITCURVE_PORT": "1", "HOME": "/"}
    assert kept(given) == (("CREDITCURVE_PROXY", "http://127.0.0.1:3128"),)
    plan = msgspec.structs.replace(USER, environment=kept(given))
    proxy = "CREDITCURVE_PROXY=http://127.0.0.1:3128"
    assert f"Environment={proxy}\n" in Systemd(lambda _: True).definition(plan)
    assert b"http://127.0.0.1:3128" in launchd.MANAGER.definition(plan).encode()


@pytest.mark.parametrize("name", ["CREDITCURVE_ACCESS_KEY", "CREDITCURVE_SECRET_KEY"])
def test_a_secret_in_a_variable_is_refused_and_in_a_file_kept(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match=f"set {name}_FILE instead"):
        list(secret_files({name: "x" * 20}))
    file = tmp_path / "key"
    assert list(secret_files({f"{name}_FILE": str(file)})) == [(f"{name}_FILE", file)]


def test_the_password_of_a_proxy_is_not_written() -> None:
    with pytest.raises(CommandError, match="contains a password"):
        kept({"CREDITCURVE_PROXY": "http://ada:secret@proxy.example.org"})


def test_a_public_address_takes_its_key_from_the_file(program: Program, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("a made-up access key\n")
    flags = ("--print", "--host", "0.0.0.0", "--access-key-file", str(key))
    done = run(program, "service", "install", *flags)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"CREDITCURVE_ACCESS_KEY_FILE={key}" in done.stdout


SYSTEMCTL = """\
#!/bin/sh
# Runs the unit of the user as systemd would, without restarts and confinement.
unit=$XDG_CONFIG_HOME/systemd/user/creditcurve.service
case "$*" in
*is-active*) kill -0 "$(cat "$HOME/pid" 2>&-)" 2>&- ;;
*restart*)
  old=$(cat "$HOME/pid" 2>&-) && kill "$old" && while kill -0 "$old" 2>&-; do sleep 0.05; done
  env $(sed -n 's/^Environment=//p' "$unit") \\
    $(sed -n 's/^ExecStart=//p' "$unit") >&- 2>"$HOME/log" &
  echo $! >"$HOME/pid" ;;
*disable*) kill "$(cat "$HOME/pid")" ;;
esac
"""


@pytest.fixture
def account(tmp_path: Path) -> dict[str, str]:
    """An account whose systemctl is a script that runs the unit."""
    folder = tmp_path / "account"
    folder.mkdir()
    for name, text in {"systemctl": SYSTEMCTL, "loginctl": "#!/bin/sh\n"}.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PATH": f"{folder}:/usr/bin:/bin",
    }


def test_an_installed_service_answers_and_is_replaced_and_removed(
    program: Program, tmp_path: Path, account: dict[str, str]
) -> None:
    """The output names the page, and when the service starts."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    data = ("--data-dir", str(tmp_path / "of-the-service"))
    for _ in range(2):
        done = run(program, "service", "install", "--port", port, *data, environment=account)
        assert (done.returncode, done.stderr) == (0, "")
        page = f"http://127.0.0.1:{port}"
        assert f"{page} answers. It starts at every boot.\n" in done.stdout
    assert run(program, "health", *data, environment=account).stdout == "ok\n"
    done = run(program, "service", "uninstall", *data, environment=account)
    assert f"Your data stays in {tmp_path / 'of-the-service'}" in done.stdout
    assert not list(Path(account["XDG_CONFIG_HOME"]).rglob("*.service"))


@pytest.mark.parametrize(
    ("lingers", "when"),
    [
        ("no", "It starts when you log in; for a start at every boot: sudo loginctl enable-linger"),
        ("yes", "It starts at every boot.\n"),
    ],
)
def test_an_account_that_may_not_start_units_at_boot_gets_the_next_step(
    program: Program, tmp_path: Path, account: dict[str, str], lingers: str, when: str
) -> None:
    """Unless an administrator has allowed it before."""
    loginctl = f'#!/bin/sh\n[ "$1" = show-user ] && echo Linger={lingers}\n'
    (Path(account["HOME"]) / "loginctl").write_text(loginctl)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    data = ("--data-dir", str(tmp_path / "of-the-service"))
    done = run(program, "service", "install", "--port", port, *data, environment=account)
    assert run(program, "service", "uninstall", *data, environment=account).returncode == 0
    assert when in done.stdout


def test_a_service_beside_a_running_instance_is_refused(
    program: Program, account: dict[str, str]
) -> None:
    """It could not have the data folder; nothing is written."""
    done = run(program, "service", "install", environment=account)
    assert done.returncode == 75
    assert f"already runs at {program.url}" in done.stderr
    assert "Ctrl+C" in done.stderr
    assert not Path(account["XDG_CONFIG_HOME"]).exists()


def test_a_taken_port_is_refused(program: Program, account: dict[str, str]) -> None:
    """Nothing is written."""
    program.stop()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(program, "service", "install", "--port", str(port), environment=account)
    assert done.returncode == 69
    assert f"--port {port + 1}" in done.stderr
    assert not Path(account["XDG_CONFIG_HOME"]).exists()


def test_the_machines_service_is_not_advised_for_a_program_in_a_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would refuse that program, and advise the service of the account."""
    (tmp_path / "systemctl").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    for folder, is_advised in (("/opt/creditcurve", True), ("/home/ada/.venv", False)):
        plan = msgspec.structs.replace(USER, program_folders=(Path(folder),))
        with pytest.raises(CommandError) as refused:
            systemd.MANAGER.check(plan)
        assert ("--system" in str(refused.value)) is is_advised
        assert "log in directly" in str(refused.value)


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
    assert "log in directly" in done.stderr
    assert not (tmp_path / ".config").exists()
    for command in ("status", "uninstall"):
        answer = run(program, "service", command, environment={**home, **path})
        assert (answer.returncode, answer.stdout, answer.stderr) == (1, "", done.stderr)
