"""``creditcurve health``."""

from pathlib import Path

from support.commands import run
from support.program import Program
from support.site import Site


def test_a_working_instance_is_ok(program: Program) -> None:
    done = run(program, "health")
    assert (done.returncode, done.stdout, done.stderr) == (0, "ok\n", "")


def test_without_an_instance_the_code_is_69(tmp_path: Path, site: Site) -> None:
    with Program(tmp_path, site.url) as program:
        pass
    done = run(program, "health")
    assert (done.returncode, done.stdout) == (69, "")
