"""``creditcurve watch`` in a real terminal: the screen after keys, a resize and Ctrl+C."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from creditcurve.simulator import History
from support.commands import beside, run
from support.program import Program
from support.site import COOKIE, Site
from support.starting import COMMAND
from support.terminal import Terminal


def _terminal(program: Program, *arguments: str, **environment: str) -> Terminal:
    environment = beside(program, upstream="http://127.0.0.1:9", environment=environment)
    return Terminal([*COMMAND, *arguments], environment)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program with a day of requests."""
    folder = tmp_path_factory.mktemp("watched")
    with Site(History.generated(7)) as site, Program(folder, site.url) as running:
        running.give_cookie(COOKIE)
        running.call("POST", "/api/refresh")
        yield running


def test_curve_figures_and_models_are_drawn_in_each_size(filled: Program) -> None:
    """The last line names the keys, also after keys and a resize; q restores the terminal."""
    with _terminal(filled, "watch", "--hours", "6") as terminal:
        shown = terminal.until("6h", "qquit")
        assert shown[0].startswith(f"● CreditCurve · 6 h · {filled.url} · ")
        assert shown[1].endswith(" · off")
        assert any(line.startswith("■ claude-") for line in shown)
        assert any(0x2800 <= ord(character) < 0x2900 for character in "".join(shown))
        assert shown[-1].startswith("1 1 h  2 3 h")
        terminal.press("4")
        terminal.until("24h·", "qquit")
        terminal.resize(60, 16)
        small = terminal.until("24h·", "└", "qquit")
        assert max(map(len, small)) <= 60
        terminal.resize(40, 12)
        smallest = terminal.until("24h·", "qquit")
        assert smallest[-1].startswith("q quit  r refresh")
        assert [line for line in smallest if line.startswith("■ claude-") and "request" in line]
        terminal.resize(30, 5)
        terminal.until("Thewindowistoosmall.")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.is_restored


def test_keys_that_are_pressed_at_once_are_all_used(filled: Program) -> None:
    """The range, then the end: the second key is not lost."""
    with _terminal(filled, "watch") as terminal:
        terminal.until("1h·", "qquit")
        terminal.press("4q")
        assert terminal.end() == 0


@pytest.mark.slow
def test_ctrl_c_ends_it_although_its_starter_ignores_it(filled: Program) -> None:
    """A program that ignores the signal passes this on to the programs that it starts."""
    environment = beside(filled, upstream="http://127.0.0.1:9")
    ignoring = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *COMMAND, "watch"]
    with Terminal(ignoring, environment) as terminal:
        terminal.until("1h·", "qquit")
        terminal.press("\x03")
        assert terminal.end() == 0
        assert terminal.is_restored


def test_the_end_by_a_signal_restores_the_terminal(filled: Program) -> None:
    """As a closing session or ``kill`` sends it."""
    with _terminal(filled, "watch") as terminal:
        terminal.until("1h·", "qquit")
        terminal.process.terminate()
        assert terminal.end() == 0
        assert terminal.is_restored


def test_ctrl_c_ends_it_and_restores_the_terminal(filled: Program) -> None:
    """In the other language."""
    with _terminal(filled, "watch", LANG="zh_CN.UTF-8") as terminal:
        terminal.until("q退出", "已关闭")
        terminal.press("\x03")
        assert terminal.end() == 0
        assert terminal.is_restored


def test_the_last_answers_stay_while_the_instance_is_away(tmp_path: Path, site: Site) -> None:
    """The first line says so, and that they are back."""
    with Program(tmp_path, site.url) as program, _terminal(program, "watch") as terminal:
        terminal.until("nocookie", "qquit")
        program.stop()
        terminal.until("CreditCurveisnotrunning:", "shown:", "nocookie")
        program.start()
        terminal.until("●CreditCurve", "nocookie")
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.end() == 0


def test_without_a_terminal_it_names_other_commands(shared: Program) -> None:
    done = run(shared, "watch")
    assert (done.returncode, done.stdout) == (2, "")
    assert "creditcurve status" in done.stderr


def test_none_running_is_69(tmp_path: Path) -> None:
    """Before the screen is cleared."""
    with _terminal(Program(tmp_path, "http://127.0.0.1:9"), "watch") as terminal:
        assert terminal.end() == 69
