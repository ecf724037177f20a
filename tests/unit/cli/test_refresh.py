"""``creditcurve refresh``, with a running instance and without one."""

from pathlib import Path

import msgspec

from support.commands import run
from support.program import Program
from support.site import COOKIE, Site


def test_it_reports_the_number_of_new_requests(program: Program) -> None:
    """``--json`` is the answer of the interface."""
    program.give_cookie(COOKIE)
    done = run(program, "refresh")
    assert (done.returncode, done.stdout, done.stderr) == (0, "20 new · 0 updated\n", "")
    again = run(program, "refresh", "--json")
    assert msgspec.json.decode(again.stdout)["new"] == 0


def test_it_works_without_an_instance(tmp_path: Path, site: Site) -> None:
    """The result is in the database afterwards."""
    stopped = Program(tmp_path, site.url)
    assert run(stopped, "cookie", "set", given=COOKIE, upstream=site.url).returncode == 0
    done = run(stopped, "refresh", upstream=site.url, environment={"LANG": "zh_CN.UTF-8"})
    assert (done.returncode, done.stdout) == (0, "新增 20 条 · 更新 0 条\n")


def test_without_a_cookie_it_names_the_next_step(shared: Program) -> None:
    """The exit code is that of a refused request."""
    done = run(shared, "refresh", environment={"LANG": "zh_CN.UTF-8"})
    assert (done.returncode, done.stdout) == (1, "")
    assert "creditcurve cookie set" in done.stderr
