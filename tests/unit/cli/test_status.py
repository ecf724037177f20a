"""``creditcurve status``, against a running instance and without one."""

from pathlib import Path

import msgspec

from creditcurve import __version__
from creditcurve.api.resources.cookie import CookieView
from creditcurve.api.resources.link import LinkView
from creditcurve.api.resources.site import SiteView
from creditcurve.api.resources.status import ReconciliationView, RecordsView, StatusView
from creditcurve.cli.language import language
from creditcurve.cli.status import LastHour, rows
from creditcurve.cli.zone import configured_zone
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.origin import DEFAULT_ORIGIN
from creditcurve.domain.unit import Unit
from creditcurve.domain.versions import Versions
from creditcurve.store import RecordsSummary
from support.commands import run
from support.program import Program
from support.site import COOKIE, Site


def test_people_see_link_cookie_and_requests(program: Program) -> None:
    """The exit code is 0."""
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    done = run(program, "status")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"● CreditCurve {__version__} · {program.url}" in done.stdout
    for text in ("link", "off", "valid · __Secure-authjs.session-token", "20 (16 counted)", "MB"):
        assert text in done.stdout


def test_the_texts_are_chinese_in_a_chinese_locale(program: Program) -> None:
    """``LC_ALL`` beats ``LANG``."""
    done = run(program, "status", environment={"LC_ALL": "zh_CN.UTF-8"})
    assert "没有 Cookie" in done.stdout
    assert "no cookie" not in done.stdout


def test_json_is_the_answer_of_the_interface(program: Program) -> None:
    """It is the same in every language."""
    done = run(program, "status", "--json", environment={"LANG": "zh_CN.UTF-8"})
    assert msgspec.json.decode(done.stdout) == program.get("/api/status")


def test_an_expired_cookie_is_reported_by_the_exit_code(program: Program, site: Site) -> None:
    """The text names it too."""
    program.give_cookie(COOKIE)
    site.simulator.cookie = None
    program.call("POST", "/api/cookie/check")
    done = run(program, "status")
    assert (done.returncode, "cookie invalid" in done.stdout) == (1, True)


def test_the_owner_needs_no_access_key(tmp_path: Path, site: Site) -> None:
    """The token of the note is enough."""
    key = {"CREDITCURVE_ACCESS_KEY": "a-key-of-its-own"}
    with Program(tmp_path, site.url, environment=key) as program:
        assert program.call("GET", "/api/status").status_code == 401
        assert run(program, "status", environment={"CREDITCURVE_ACCESS_KEY": ""}).returncode == 1


def test_an_instance_on_every_address_is_called_on_loopback(tmp_path: Path, site: Site) -> None:
    """0.0.0.0 is not an allowed host."""
    key = {"CREDITCURVE_ACCESS_KEY": "a-key-of-its-own"}
    arguments = ("--host", "0.0.0.0")
    with Program(tmp_path, site.url, environment=key, arguments=arguments) as program:
        assert run(program, "status", "--json").returncode == 1


def test_none_running_is_69(tmp_path: Path) -> None:
    """One line on standard error, nothing on standard output."""
    done = run(Program(tmp_path, "http://127.0.0.1:9"), "status")
    assert (done.returncode, done.stdout) == (69, "")
    assert done.stderr == "creditcurve: CreditCurve is not running: start it with creditcurve.\n"


def test_json_is_printed_also_when_none_is_running(tmp_path: Path) -> None:
    """A program that reads it needs no special case; the exit code is 69."""
    done = run(Program(tmp_path, "http://127.0.0.1:9"), "status", "--json")
    assert (done.returncode, done.stderr) == (69, "")
    assert msgspec.json.decode(done.stdout)["running"] is False


def test_a_crashed_instance_is_not_running(program: Program) -> None:
    """Its note is left over, and nothing answers."""
    program.kill()
    assert (program.data_dir / "instance.json").exists()
    assert run(program, "status").returncode == 69


def test_an_instance_of_another_folder_is_not_shown(program: Program, tmp_path: Path) -> None:
    """It has the port of a crashed instance now."""
    other = Program(tmp_path / "other", "http://127.0.0.1:9")
    other.data_dir.mkdir(parents=True)
    note = (program.data_dir / "instance.json").read_bytes()
    (other.data_dir / "instance.json").write_bytes(note)
    assert run(other, "status").returncode == 69


def test_a_refused_configuration_is_one_line(program: Program) -> None:
    """As for ``serve``."""
    done = run(program, "status", environment={"CREDITCURVE_PORT": "many"})
    assert done.returncode == 78
    assert done.stderr.count("\n") == 1


def test_an_empty_instance_claims_no_sums(program: Program) -> None:
    """Nothing was recorded: neither "≥ 0" nor a curve of unknown half hours."""
    done = run(program, "status", environment={"COLUMNS": "80"})
    assert "last hour  nothing recorded" in done.stdout
    assert not [text for text in ("≥", "last 24 h", "··") if text in done.stdout]


def test_a_gap_in_the_last_hour_marks_its_sum() -> None:
    """≥, with thousands separators; unknown values are left out."""
    summary = RecordsSummary(
        total=0,
        counted=0,
        quarantined=0,
        first_ms=None,
        last_ms=None,
        models=(),
    )
    status = StatusView(
        version="0.1.0",
        demo=False,
        unit=Unit.CREDITS,
        link=LinkView.of(Link(state=LinkState.DEGRADED, detail="The site is away."), interval_s=60),
        cookie=CookieView.of(CookieStatus(state=CookieState.VALID)),
        site=SiteView(origin=DEFAULT_ORIGIN, choices=(), is_fixed=True),
        records=RecordsView.of(summary),
        reconciliation=ReconciliationView(
            at="2025-11-23T12:30:00.000Z", hours=24, agree=23, in_gap=1, factor=1.0
        ),
        data_dir="/data",
        size_bytes=1_234_567,
        recovered_from=None,
        needs_key=False,
        versions=Versions(),
    )
    hour = LastHour(total=12_345.5, requests=1_000, gaps=[msgspec.Raw(b"{}")])
    shown = dict(rows(language({}), status, hour, configured_zone("Asia/Shanghai")))
    assert shown == {
        "link": "retrying · The site is away.",
        "cookie": "valid",
        "last hour": "≥ 12,346 credits · 1,000 requests",
        "requests": "0 (0 counted)",
        "site's totals": "23 of 24 hours agree",
        "time zone": "Asia/Shanghai",
        "data": "/data · 1.2 MB",
    }
