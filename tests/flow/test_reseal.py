"""The sealing key is changed for another: at no moment is there a cookie that nothing opens."""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.commands import beside, run
from support.program import Program
from support.site import COOKIE, Site
from support.starting import COMMAND

VALID = "valid · __Secure-authjs.session-token\n"
KILLS = 12


@pytest.fixture
def sealed(tmp_path: Path, site: Site) -> Program:
    """A program that is not running, with a cookie that was sealed with a key file."""
    program = Program(tmp_path, site.url)
    assert run(program, "cookie", "set", given=COOKIE, upstream=site.url).stdout == VALID
    return program


def keys(program: Program) -> list[Path]:
    """The key files, oldest first."""
    return sorted((Path(program.environment()["HOME"]) / "config").rglob("secret.key*"))


def sealed_bytes(program: Program) -> bytes:
    """The sealed cookie in the database."""
    with sqlite3.connect(f"file:{program.data_dir}/creditcurve.db?mode=ro", uri=True) as database:
        [(found,)] = database.execute("SELECT sealed FROM cookie").fetchall()
    database.close()
    assert isinstance(found, bytes)
    return found


def checked(program: Program, site: Site, environment: Mapping[str, str] | None = None) -> str:
    """The site's answer about the cookie, or why there is no answer."""
    done = run(program, "cookie", "check", upstream=site.url, environment=environment)
    return done.stdout or done.stderr


def test_a_new_key_seals_it_from_then_on(sealed: Program, site: Site) -> None:
    """The old key opens nothing that is stored; of the old seal no byte is left."""
    old = sealed_bytes(sealed)

    done = run(sealed, "cookie", "reseal")

    assert (done.returncode, done.stderr) == (0, "")
    assert "stored in" in done.stdout
    for file in sealed.data_dir.iterdir():
        assert old[12:] not in file.read_bytes(), file
    first, second = keys(sealed)
    first.unlink()
    assert checked(sealed, site) == VALID
    second.unlink()
    assert "cannot be decrypted" in checked(sealed, site)


def test_a_program_that_starts_afterwards_goes_on_with_it(sealed: Program, site: Site) -> None:
    """A cookie that the site renews later is sealed with the new key, too."""
    run(sealed, "cookie", "reseal")
    keys(sealed)[0].unlink()
    with sealed:
        site.simulator.faults.set("renews_session", endpoint="usage")
        assert sealed.call("POST", "/api/refresh").status_code == 200
        assert sealed.get("/api/status")["cookie"]["renewed_at"] is not None
    assert checked(sealed, site) == VALID


def test_a_key_of_one_s_own_follows_another(sealed: Program, site: Site, tmp_path: Path) -> None:
    """Given in the environment or as a file; from then on it has to be given as the key."""
    file = tmp_path / "next"
    file.write_text("the second key\n")
    first = {"CREDITCURVE_SECRET_KEY": "the first key"}
    steps: list[dict[str, str]] = [
        {"CREDITCURVE_SECRET_KEY_NEW": "the first key"},
        {**first, "CREDITCURVE_SECRET_KEY_NEW_FILE": str(file)},
    ]
    for environment in steps:
        done = run(sealed, "cookie", "reseal", environment=environment)
        assert (done.returncode, "CREDITCURVE_SECRET_KEY" in done.stdout) == (0, True)
    assert checked(sealed, site, {"CREDITCURVE_SECRET_KEY": "the second key"}) == VALID
    assert "cannot be decrypted" in checked(sealed, site, first)
    assert "cannot be decrypted" in checked(sealed, site)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"CREDITCURVE_SECRET_KEY": "k"}, "CREDITCURVE_SECRET_KEY_NEW"),
        ({"CREDITCURVE_SECRET_KEY": "k", "CREDITCURVE_SECRET_KEY_NEW": "l"}, "is missing"),
        ({"CREDITCURVE_SECRET_KEY_NEW": "l", "CREDITCURVE_SECRET_KEY_NEW_FILE": "f"}, "both set"),
    ],
    ids=["no new key", "the wrong old key", "two new keys"],
)
def test_secrets_that_cannot_be_resealed_stay_unchanged(
    sealed: Program, site: Site, environment: dict[str, str], said: str
) -> None:
    """One line that says why; the old key goes on opening it."""
    before = sealed_bytes(sealed)
    done = run(sealed, "cookie", "reseal", environment=environment)
    assert done.returncode != 0
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert sealed_bytes(sealed) == before
    assert len(keys(sealed)) == 1
    assert checked(sealed, site) == VALID


def test_the_key_in_use_is_refused_as_new_key(sealed: Program, site: Site) -> None:
    """Nothing would have changed, although the user believes so."""
    run(sealed, "cookie", "reseal", environment={"CREDITCURVE_SECRET_KEY_NEW": "k"})
    both = {"CREDITCURVE_SECRET_KEY": "k", "CREDITCURVE_SECRET_KEY_NEW": "k"}
    done = run(sealed, "cookie", "reseal", environment=both)
    assert (done.returncode, "the one in use" in done.stderr) == (1, True)


def test_a_running_instance_is_to_be_stopped_first(sealed: Program, site: Site) -> None:
    """75 and what to do; no key is made."""
    with sealed:
        done = run(sealed, "cookie", "reseal")
    assert (done.returncode, "stop it" in done.stderr) == (75, True)
    assert len(keys(sealed)) == 1
    assert checked(sealed, site) == VALID


def test_without_a_cookie_reseal_seals_no_secret(program: Program) -> None:
    """1, and no key is made."""
    program.stop()
    done = run(program, "cookie", "reseal")
    assert (done.returncode, "no cookie yet" in done.stderr) == (1, True)
    assert keys(program) == []


def test_two_data_folders_share_the_key_and_neither_loses_its_cookie(
    sealed: Program, site: Site, tmp_path: Path
) -> None:
    """The other one was sealed with the old key: it is kept beside the new one."""
    other = {"CREDITCURVE_DATA_DIR": str(tmp_path / "other")}
    run(sealed, "cookie", "set", given=COOKIE, upstream=site.url, environment=other)
    assert run(sealed, "cookie", "reseal").returncode == 0
    assert checked(sealed, site, other) == VALID
    assert checked(sealed, site) == VALID


def test_a_kill_between_the_key_and_the_seal_loses_nothing(sealed: Program, site: Site) -> None:
    """The new key is stored, the old seal is unchanged; then the command is repeated."""
    before = sealed_bytes(sealed)
    database = sqlite3.connect(sealed.data_dir / "creditcurve.db", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")  # the command gets as far as this, and waits
    with subprocess.Popen(
        [*COMMAND, "cookie", "reseal"], env=beside(sealed, upstream=site.url)
    ) as process:
        while len(keys(sealed)) < 2:
            assert process.poll() is None
            os.sched_yield()
        process.kill()
    database.rollback()
    database.close()

    assert process.returncode == -signal.SIGKILL
    assert sealed_bytes(sealed) == before
    assert checked(sealed, site) == VALID
    assert run(sealed, "cookie", "reseal").returncode == 0
    assert sealed_bytes(sealed)[:12] != before[:12]
    assert checked(sealed, site) == VALID


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing(sealed: Program, site: Site) -> None:
    """At any moment, the files on the disk are enough to open the cookie."""
    ends: set[int] = set()
    for step in range(KILLS):
        with subprocess.Popen(
            [*COMMAND, "cookie", "reseal"],
            env=beside(sealed, upstream=site.url),
            stdout=subprocess.DEVNULL,
        ) as process:
            try:
                process.wait(0.15 + 0.03 * step)
            except subprocess.TimeoutExpired:
                process.kill()
        ends.add(process.returncode)
        assert checked(sealed, site) == VALID
    assert ends <= {0, -signal.SIGKILL}
