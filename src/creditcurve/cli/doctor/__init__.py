"""``creditcurve doctor``: check everything that ``serve`` needs, by trying it.

Each line begins with ``✓`` for a passed check, ``✗`` for a problem, with the remedy, or ``–`` for
information. No cookie is sent, and nothing is created or changed. ``--bundle`` also writes a report
that is safe to attach to a public issue.
"""

import os
from collections.abc import Iterator
from typing import Annotated, Final

from cyclopts import Parameter

from creditcurve.cli.doctor.bundle import write_bundle
from creditcurve.cli.doctor.finding import Check, Finding
from creditcurve.cli.doctor.machine import MACHINE_CHECKS
from creditcurve.cli.doctor.network import NETWORK_CHECKS
from creditcurve.cli.exits import Exit, run_command
from creditcurve.cli.language import Say
from creditcurve.cli.messages.start import start_text
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import print_marked, system_language
from creditcurve.config import ConfigError, Flags, load

app = new_app("doctor", "creditcurve doctor", "creditcurve doctor --bundle")
CHECKS: Final[tuple[Check, ...]] = (*MACHINE_CHECKS, *NETWORK_CHECKS)
_MARKS: Final = {True: ("✓", "green"), False: ("✗", "red"), None: ("–", "bright_black")}

Bundle = Annotated[
    bool,
    Parameter(
        negative="",
        help=say(
            "Write a report to attach to a public issue: no cookie, key, name or address in it.",
            "生成可公开附在 issue 中的诊断报告：不含 Cookie、密钥、用户名和地址。",
        ),
    ),
]


@app.default
def run(*, bundle: Bundle = False, data_dir: DataDir = None) -> int:
    """Print one line for each finding; return 1 if there is a problem."""
    flags = Flags(data_dir=data_dir)
    if bundle:
        return run_command(flags, lambda config: write_bundle(config, CHECKS))
    say = system_language()
    findings = list(_shown(say, _findings(say, flags)))
    return Exit.PROBLEM if any(finding.is_ok is False for finding in findings) else Exit.OK


def _findings(say: Say, flags: Flags) -> Iterator[Finding]:
    try:
        config = load(flags, os.environ)
    except ConfigError as error:
        yield Finding(
            is_ok=False, name=say("configuration", "配置"), detail=say(*start_text(error))
        )
        return
    for one in CHECKS:
        yield from one(say, config)


def _shown(say: Say, findings: Iterator[Finding]) -> Iterator[Finding]:
    """Print each finding immediately."""
    for finding in findings:
        mark, colour = _MARKS[finding.is_ok]
        print_marked(mark, colour, f"{finding.name}{say(': ', '：')}{finding.detail}")
        yield finding
