"""``creditcurve doctor``: finds each problem, and changes nothing."""

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from support.commands import run
from support.program import Program
from support.site import COOKIE, Site

RELEASED = Path(__file__).parents[2] / "fixtures" / "released" / "0.1.0" / "creditcurve.db"


def marks(printed: str) -> dict[str, str]:
    """Return the mark of each line by its name."""
    return {line[2:].partition(":")[0]: line[0] for line in printed.splitlines()}


def test_a_running_program_has_no_problem(program: Program, site: Site) -> None:
    """The site is called without a cookie."""
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


def test_nothing_is_created(tmp_path: Path, site: Site) -> None:
    """Folder, database and key are missing, and will be created at the start."""
    program = Program(tmp_path, site.url)
    found = marks(run(program, "doctor", upstream=site.url).stdout)
    assert (found["data folder"], found["database"], found["key of the cookie"]) == ("✓", "–", "✓")
    assert list(tmp_path.iterdir()) == []


def test_an_unreachable_site_is_a_problem(tmp_path: Path) -> None:
    """The exit code is 1."""
    done = run(Program(tmp_path, ""), "doctor", upstream="http://127.0.0.1:9")
    assert (done.returncode, marks(done.stdout)["site"]) == (1, "✗")


def test_a_page_of_a_firewall_is_a_problem(tmp_path: Path, site: Site) -> None:
    """The site is reachable, but does not answer itself."""
    site.simulator.faults.set("challenge", endpoint="chart")
    done = run(Program(tmp_path, ""), "doctor", upstream=site.url)
    assert (done.returncode, marks(done.stdout)["site"]) == (1, "✗")


def test_a_port_that_is_taken_is_a_problem(tmp_path: Path, site: Site) -> None:
    """Another program listens there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = {"CREDITCURVE_PORT": str(listener.getsockname()[1])}
        done = run(Program(tmp_path, ""), "doctor", upstream=site.url, environment=port)
    assert (done.returncode, marks(done.stdout)["port"]) == (1, "✗")


def test_a_damaged_database_is_found_and_not_changed(program: Program, site: Site) -> None:
    """Only a start recovers it."""
    program.stop()
    database = program.data_dir / "creditcurve.db"
    damaged = bytearray(database.read_bytes())
    damaged[4_096:8_192] = os.urandom(4_096)
    database.write_bytes(damaged)
    done = run(program, "doctor", upstream=site.url)
    assert (done.returncode, marks(done.stdout)["database"]) == (1, "✗")
    assert database.read_bytes() == bytes(damaged)


@pytest.mark.parametrize(
    ("offset", "content", "said"),
    [
        (4_096, bytes(4_096), "数据库已损坏"),
        (60, (999).to_bytes(4, "big"), "数据库的版本是 999"),
    ],
)
def test_a_fault_of_the_database_has_a_chinese_text(
    tmp_path: Path, site: Site, offset: int, content: bytes, said: str
) -> None:
    """SQLite's own words are English."""
    program = Program(tmp_path, site.url)
    program.data_dir.mkdir(0o700)
    database = program.data_dir / "creditcurve.db"
    stored = bytearray(RELEASED.read_bytes())
    stored[offset : offset + len(content)] = content
    database.write_bytes(stored)
    done = run(program, "doctor", upstream=site.url, environment={"LANG": "zh_CN.UTF-8"})
    assert f"✗ 数据库：{said}" in done.stdout
    assert "malformed" not in done.stdout


def test_an_unusable_key_is_a_problem(tmp_path: Path, site: Site) -> None:
    """An empty secret key cannot encrypt."""
    done = run(
        Program(tmp_path, ""),
        "doctor",
        upstream=site.url,
        environment={"CREDITCURVE_SECRET_KEY": "   "},
    )
    assert (done.returncode, marks(done.stdout)["key of the cookie"]) == (1, "✗")


@pytest.mark.parametrize(
    "content",
    [None, b"", b"no certificate", b"\x30\x82\x01\x0a\x02\x82\x01\x01", "证书".encode("utf-16")],
)
def test_an_unusable_ca_file_is_a_problem(
    tmp_path: Path, site: Site, content: bytes | None
) -> None:
    """Doctor reports it, and the start refuses it; without one, nothing is reported."""
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    program = Program(tmp_path, "")
    variable = {"CREDITCURVE_CA_FILE": str(file)}
    done = run(program, "doctor", upstream=site.url, environment=variable)
    assert (done.returncode, marks(done.stdout)["CA file"]) == (1, "✗")
    done = run(program, "serve", upstream=site.url, environment=variable)
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr.startswith(f"creditcurve: CREDITCURVE_CA_FILE: {file} ")
    assert "CA file" not in marks(run(program, "doctor", upstream=site.url).stdout)


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
def test_a_proxy_is_shown_without_its_password(
    tmp_path: Path, site: Site, variables: dict[str, str], told: str
) -> None:
    """The proxy of ``HTTPS_PROXY`` is not used: the site answers."""
    done = run(Program(tmp_path, ""), "doctor", upstream=site.url, environment=variables)
    assert told in done.stdout
    assert "hush" not in done.stdout + done.stderr
    assert marks(done.stdout)["site"] == ("✓" if "HTTPS_PROXY" in variables else "✗")


def test_a_refused_configuration_is_the_only_finding(tmp_path: Path) -> None:
    """Every other check needs a configuration."""
    done = run(Program(tmp_path, ""), "doctor", environment={"CREDITCURVE_PORT": "many"})
    assert (done.returncode, marks(done.stdout)) == (1, {"configuration": "✗"})


def test_an_expired_cookie_of_the_running_instance_is_a_problem(
    program: Program, site: Site
) -> None:
    """The text is that of the page."""
    program.give_cookie(COOKIE)
    site.simulator.cookie = None
    program.call("POST", "/api/cookie/check")
    done = run(program, "doctor", upstream=site.url, environment={"LANG": "zh_CN.UTF-8"})
    assert done.returncode == 1
    assert "✗ 连接：Cookie 失效" in done.stdout


def test_unreadable_rows_are_information(program: Program, site: Site) -> None:
    """They are no problem of this machine."""
    site.simulator.faults.set("all_malformed")
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    program.stop()
    done = run(program, "doctor", upstream=site.url)
    assert "– unreadable rows: 20 rows of the site" in done.stdout


def report_of(program: Program, folder: Path, upstream: str) -> tuple[str, Any]:
    """Write a report; return it as text and as a value."""
    done = run(program, "doctor", "--bundle", upstream=upstream, folder=folder)
    assert done.returncode == 0, done.stderr
    [file] = folder.glob("creditcurve-report-*.json")
    text = file.read_text()
    return text, json.loads(text)


def test_the_bundle_describes_program_database_and_instance(
    program: Program, site: Site, tmp_path: Path
) -> None:
    program.give_cookie(COOKIE)
    assert program.call("POST", "/api/refresh").status_code == 200
    _, report = report_of(program, tmp_path, site.url)
    assert report["running"]["link"]["state"] == "off"
    assert report["running"]["setup"]["cookie"] == "valid"
    assert report["running"]["process"]["tasks"] > 0
    assert "cookie saved" in " ".join(line["message"] for line in report["running"]["lines"])
    assert report["database"]["rows"]["record"] == report["running"]["storage"]["records"] > 0
    assert {one["name"] for one in report["files"]} >= {"creditcurve.db", "creditcurve.db-wal"}
    assert {one["name"]: one["is_ok"] for one in report["checks"]}["database"]


def test_the_bundle_names_neither_folder_nor_host(tmp_path: Path, site: Site) -> None:
    """Messages of the program contain paths and the address of the site."""
    names = {"CREDITCURVE_UPSTREAM": "https://credits.private.example"}
    with Program(tmp_path, None, environment=names) as program:
        assert program.call("PUT", "/api/cookie", {"cookie": COOKIE}).status_code != 200
        (program.data_dir / "creditcurve.db.note-of-ada").write_text("")
        text, _ = report_of(program, tmp_path, names["CREDITCURVE_UPSTREAM"])
    assert "private" not in text
    assert str(tmp_path) not in text
    assert "<data folder>" in text


def test_the_bundle_needs_no_running_instance(tmp_path: Path, site: Site) -> None:
    program = Program(tmp_path / "empty", site.url)
    _, report = report_of(program, tmp_path, site.url)
    assert (report["running"], report["database"]) == (None, None)
