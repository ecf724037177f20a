"""``creditcurve demo``: live at once, with a day of history, and nothing left behind."""

import contextlib
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from support.plain import plain
from support.program import Program
from support.starting import COMMAND
from support.sweeps import first

DAY_MS = 86_400_000


@contextlib.contextmanager
def demo(folder: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a demo with its temporary files in ``folder``; yield its address and process."""
    environment = {**Program(folder, "").environment(), "TMPDIR": str(folder)}
    with subprocess.Popen(
        [*COMMAND, "demo", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield line.removeprefix("Listening on ").strip(), process
        finally:
            process.kill()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A client of one demo, for the tests that only look."""
    folder = tmp_path_factory.mktemp("demo")
    with (
        demo(folder, "--port", "0") as (url, _),
        httpx2.Client(base_url=url, trust_env=False, verify=plain()) as client,
    ):
        yield client


def test_the_page_has_a_day_of_history_when_the_ready_line_appears(client: httpx2.Client) -> None:
    """It collects every ten seconds, has several models, and reports that it is a demo."""
    status = client.get("/api/status").json()
    settings = client.get("/api/settings").json()
    usage = client.get("/api/usage?hours=24").json()
    assert client.post("/api/refresh").status_code == 200
    assert (status["demo"], status["link"]["state"]) == (True, "ok")
    assert (settings["collecting"], settings["poll_interval_s"]) == (True, 10)
    assert usage["requests"] > 500
    assert len(usage["series"]) >= 3
    times = [t for series in usage["series"] for t in series["t"]]
    assert min(times) < usage["to"] - 0.8 * DAY_MS
    assert max(times) > usage["to"] - 0.05 * DAY_MS


def test_the_past_weeks_are_complete_and_have_a_usual_spend(client: httpx2.Client) -> None:
    """Also at weekends; nothing about the collection looks unusual."""
    days = client.get("/api/days?days=30").json()["days"]
    usual = client.get("/api/usual").json()
    status = client.get("/api/status").json()
    assert {day["complete"] for day in days} == {1}
    assert sum(day["requests"] > 100 for day in days) > 20
    assert {(hour["class"], hour["hour"]) for hour in usual} == {
        (kind, hour) for kind in ("weekday", "weekend") for hour in range(24)
    }
    assert status["link"]["state"] == "ok"


@pytest.mark.slow
def test_the_account_of_the_other_era_is_shown_on_demand(tmp_path: Path) -> None:
    """A wallet in thousandths of a yuan, with a top-up and without resets."""
    flags = ("--port", "0", "--billing", "wallet")
    with demo(tmp_path, *flags) as (url, _), httpx2.Client(base_url=url) as client:
        account = client.get("/api/account").json()
        status = client.get("/api/status").json()
        history = client.get("/api/account/history?hours=24").json()
    assert (account["unit"], status["unit"], account["reset"]) == ("yuan", "yuan", None)
    assert [event["kind"] for event in history["events"]] == ["top_up"]


@pytest.mark.parametrize("number", first(1, [signal.SIGINT, signal.SIGTERM]))
def test_it_deletes_its_files_when_it_ends(tmp_path: Path, number: int) -> None:
    """The exit code is 0, and nothing else was written."""
    with demo(tmp_path, "--port", "0") as (_, process):
        assert list(tmp_path.glob("creditcurve-demo-*"))
        process.send_signal(number)
        _, told = process.communicate(timeout=10)
    assert (process.returncode, told) == (0, "")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.slow
def test_another_port_is_used_if_the_default_port_is_taken(tmp_path: Path) -> None:
    """The ready line contains the new address."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # already taken
            stack.enter_context(socket.create_server(("127.0.0.1", 8080)))
        url, process = stack.enter_context(demo(tmp_path))
        assert not url.endswith(":8080")
        assert httpx2.get(f"{url}/api/health", trust_env=False).status_code == 200
        process.terminate()
        _, told = process.communicate(timeout=10)
    assert told == "creditcurve: port 8080 is taken, using another one.\n"


@pytest.mark.slow
def test_a_given_port_that_is_taken_is_an_error(tmp_path: Path) -> None:
    """69, as for ``serve``."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        with demo(tmp_path, "--port", port) as (_, process):
            _, told = process.communicate(timeout=20)
    assert (process.returncode, port in told) == (69, True)
    assert list(tmp_path.glob("creditcurve-demo-*")) == []
