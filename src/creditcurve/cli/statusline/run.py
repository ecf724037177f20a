"""Prints the line: within a third of a second, never empty, and with exit code 0.

A prompt must show neither an error nor a traceback, whatever is wrong.
"""

import os
import sys
import time

from creditcurve.cli.language import Say
from creditcurve.cli.statusline import calls, endpoint
from creditcurve.cli.statusline.session import SessionInput
from creditcurve.cli.terminal import discard_output, print_error, print_line, system_language

TIMEOUT_S = 0.25
_FOLDER = "--data-dir"


def main(arguments: list[str]) -> int:
    """Print the line; report arguments that are unknown and ignore them; return 0."""
    data_dir, unknown = _split(arguments)
    if unknown:
        _report(" ".join(unknown))
    return run(data_dir)


def run(data_dir: str | None = None) -> int:
    """Print the line; return 0."""
    say, session = system_language(), SessionInput()
    text = _text(say, data_dir)
    model = session.model()
    try:
        print_line(" · ".join(part for part in (f"CC {text}", model) if part))
        sys.stdout.flush()
    except OSError:  # the reader is gone
        discard_output()
    return 0


def _text(say: Say, data_dir: str | None) -> str:
    try:
        return _summary(say, endpoint.data_folder(data_dir))
    except (endpoint.NoInstanceError, calls.NotOursError):
        return say("not running", "未运行")
    except Exception:  # noqa: BLE001 - late, an answer of another version, or anything else
        return "?"


def _summary(say: Say, folder: str) -> str:
    where = endpoint.find(folder)
    *others, forecast = calls.PATHS  # a late forecast must not use up the time of the others
    paths = (*others, "/api/settings", forecast)
    sent = calls.send(where, paths, deadline_s=_deadline_s())
    from creditcurve.cli.statusline import line  # noqa: PLC0415 - while the instance answers

    found = calls.answers(where, sent, deadline_s=_deadline_s())
    status, settings = found[0], found.pop(-2)
    if os.path.realpath(status["data_dir"]) != folder:
        raise calls.NotOursError
    return line.compose(say, line.Answers(found, line.zone_of(settings)))


def _deadline_s() -> float:
    return time.monotonic() + TIMEOUT_S


def _split(arguments: list[str]) -> tuple[str | None, list[str]]:
    """Return the last ``--data-dir`` and the arguments that are unknown."""
    folder, unknown, following = None, [], iter(arguments)
    for argument in following:
        name, separator, value = argument.partition("=")
        if name != _FOLDER:
            unknown.append(argument)
        else:
            folder = value if separator else next(following, None)
    return folder, unknown


def _report(unknown: str) -> None:
    say = system_language()
    try:
        print_error(say(f"creditcurve: Ignored: {unknown}", f"creditcurve: 已忽略：{unknown}"))
    except OSError:  # nobody reads standard error
        return
