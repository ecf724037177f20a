"""``creditcurve doctor``: what is well, what is not, and nothing that it changes."""

import os
import socket
from pathlib import Path

import pytest

from support.commands import run
from support.program import Program
from support.site import COOKIE, Site


def marks(told: str) -> dict[str, str]:
    """The mark of each line, by what it is about."""
    return {line[2:].partition(":")[0]: line[0] for line in told.splitlines()}


def test_a_running_program_is_well(program: Program, site: Site) -> None:
    """All is ✓, and the site was asked without a cookie."""
    program.give_cookie(COOKIE)
    site.simulator.requests.clear()
    done = run(program, "doctor", upstream=site.url)
    found = marks(done.stdout)
    well = {name for name, mark in found.items() if mark == "✓"}
    assert {
        "Python",
        "data folder",
        "database",
        "key of the cookie",
        "port",
        "site",
        "clock",
    } <= well
    assert (found["link"], found["proxy"]) == ("✓", "–")
    assert [request.header(b"cookie") for request in site.simulator.requests] == [None]


def test_nothing_is_made_where_nothing_is_yet(tmp_path: Path, site: Site) -> None:
    """No folder, no database, no key: only the word that they will be."""
    program = Program(tmp_path, site.url)
    found = marks(run(program, "doctor", upstream=site.url).stdout)
    assert (found["data folder"], found["database"], found["key of the cookie"]) == ("✓", "–", "✓")
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_is_away_is_not_well(tmp_path: Path) -> None:
    """✗, a sentence, and 1."""
    done = run(Program(tmp_path, ""), "doctor", upstream="http://127.0.0.1:9")
    assert (done.returncode, marks(done.stdout)["site"]) == (1, "✗")


def test_a_firewalls_page_is_not_well(tmp_path: Path, site: Site) -> None:
    """The site is reached, and does not let us in."""
    site.simulator.faults.set("challenge", endpoint="chart")
    done = run(Program(tmp_path, ""), "doctor", upstream=site.url)
    assert (done.returncode, marks(done.stdout)["site"]) == (1, "✗")


def test_a_port_that_is_taken_is_not_well(tmp_path: Path, site: Site) -> None:
    """By another program than ours."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = {"CREDITCURVE_PORT": str(listener.getsockname()[1])}
        done = run(Program(tmp_path, ""), "doctor", upstream=site.url, environment=port)
    assert (done.returncode, marks(done.stdout)["port"]) == (1, "✗")


def test_a_damaged_database_is_found_and_left_as_it_is(program: Program, site: Site) -> None:
    """Recovery is the start's; looking changes nothing."""
    program.stop()
    database = program.data_dir / "creditcurve.db"
    damaged = bytearray(database.read_bytes())
    damaged[4_096:8_192] = os.urandom(4_096)
    database.write_bytes(damaged)
    done = run(program, "doctor", upstream=site.url)
    assert (done.returncode, marks(done.stdout)["database"]) == (1, "✗")
    assert database.read_bytes() == bytes(damaged)


def test_a_key_that_cannot_be_used_is_not_well(tmp_path: Path, site: Site) -> None:
    """An empty secret key seals nothing."""
    done = run(
        Program(tmp_path, ""),
        "doctor",
        upstream=site.url,
        environment={"CREDITCURVE_SECRET_KEY": "   "},
    )
    assert (done.returncode, marks(done.stdout)["key of the cookie"]) == (1, "✗")


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"HTTPS_PROXY": "http://127.0.0.1:9"}, "HTTPS_PROXY is set but not used"),
        (
            {"CREDITCURVE_PROXY": "http://somebody:hush@127.0.0.1:9"},
            "CREDITCURVE_PROXY=http://127.0.0.1:9",
        ),
    ],
)
def test_a_proxy_is_named_without_its_password(
    tmp_path: Path, site: Site, variables: dict[str, str], told: str
) -> None:
    """And the environment's own is not used: the site answers all the same."""
    done = run(Program(tmp_path, ""), "doctor", upstream=site.url, environment=variables)
    assert told in done.stdout
    assert "hush" not in done.stdout + done.stderr
    assert marks(done.stdout)["site"] == ("✓" if "HTTPS_PROXY" in variables else "✗")


def test_a_refused_configuration_is_a_finding(tmp_path: Path) -> None:
    """In place of everything that would follow from it."""
    done = run(Program(tmp_path, ""), "doctor", environment={"CREDITCURVE_PORT": "many"})
    assert (done.returncode, marks(done.stdout)) == (1, {"configuration": "✗"})


def test_a_dead_cookie_is_a_finding_of_the_running_one(program: Program, site: Site) -> None:
    """It says what the page says."""
    program.give_cookie(COOKIE)
    site.simulator.cookie = None
    program.call("POST", "/api/cookie/check")
    done = run(program, "doctor", upstream=site.url, environment={"LANG": "zh_CN.UTF-8"})
    assert done.returncode == 1
    assert "✗ 连接: Cookie 失效" in done.stdout


def test_what_could_not_be_read_is_good_to_know(program: Program, site: Site) -> None:
    """No illness of this machine: an update may read it."""
    site.simulator.faults.set("all_malformed")
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    program.stop()
    done = run(program, "doctor", upstream=site.url)
    assert "– unreadable rows: 20 rows of the site" in done.stdout
