"""``creditcurve days``: the same sums as the interface, with and without an instance."""

from pathlib import Path

import msgspec

from creditcurve.simulator import History
from support.commands import run
from support.program import Program
from support.site import COOKIE, Site


def test_the_sums_are_those_of_the_interface(tmp_path: Path) -> None:
    """After the instance has stopped, the store gives the same answer."""
    with Site(History.generated(7)) as site, Program(tmp_path, site.url) as program:
        program.give_cookie(COOKIE)
        program.call("POST", "/api/refresh")
        program.call("PATCH", "/api/settings", {"time_zone": "Asia/Shanghai"})
        found = msgspec.json.decode(run(program, "days", "--days", "3", "--json").stdout)
        expected = program.get("/api/days?days=3&tz=Asia/Shanghai")
        program.stop()
        stopped = msgspec.json.decode(run(program, "days", "--days", "3", "--json").stdout)
        lines = run(program, "days", "--days", "3").stdout.splitlines()
    assert [day["total"] for day in found["days"]] == [day["total"] for day in expected["days"]]
    assert [day["total"] for day in stopped["days"]] == [day["total"] for day in found["days"]]
    assert lines[0].startswith("day (Asia/Shanghai)")
    assert [line.split()[0] for line in lines[1:4]] == [day["date"] for day in found["days"]]
    total = sum(day["total"] for day in found["days"])
    assert lines[4].startswith(f"{total:,.0f} credits · ")
    assert "█" in "".join(lines)
