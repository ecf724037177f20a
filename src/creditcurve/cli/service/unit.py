"""The text of a systemd unit, with quoting: specifiers, variables and spaces are literal."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from creditcurve.cli.service.plan import Plan

STATE: Final = Path("/var/lib/creditcurve")
DATA: Final = STATE / "data"
"""The data folder of the machine's unit; the key file is beside it."""


def unit(plan: Plan, hardening: Sequence[str]) -> str:
    """Return the unit, with the lines that take rights away."""
    return "\n".join(
        (
            "[Unit]",
            "Description=CreditCurve, the live curve of Claude Code credits",
            "After=network-online.target",
            "Wants=network-online.target",
            "",
            "[Service]",
            "Type=exec",
            f"ExecStart={' '.join(map(quote, plan.arguments))}",
            "Restart=on-failure",
            "RestartSec=5",
            "RestartPreventExitStatus=75 78",
            *_data(plan),
            *(assignment(name, value) for name, value in plan.environment),
            *_secrets(plan),
            *hardening,
            "",
            "[Install]",
            f"WantedBy={'multi-user' if plan.is_system else 'default'}.target",
            "",
        )
    )


def quote(argument: str) -> str:
    """Return an argument of a command: specifiers, variables and spaces are literal."""
    return _quoted(argument.replace("$", "$$"))


def assignment(name: str, value: object) -> str:
    """Return a line that sets a variable of the environment; a dollar sign is literal there."""
    return f"Environment={_quoted(f'{name}={value}')}"


def _quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text}"' if any(mark in text for mark in " \t'\"\\;") else text


def _data(plan: Plan) -> list[str]:
    if plan.is_system:
        return [
            "StateDirectory=creditcurve",
            "StateDirectoryMode=0700",
            f"Environment=CREDITCURVE_DATA_DIR={DATA}",
            f"Environment=XDG_DATA_HOME={STATE}",
            f"Environment=XDG_CONFIG_HOME={STATE}/config",
        ]
    return [assignment("CREDITCURVE_DATA_DIR", plan.data_dir)]


def _secrets(plan: Plan) -> list[str]:
    """Return the lines that pass secrets in files, which the machine's account cannot read."""
    lines = list[str]()
    for variable, file in plan.secret_files:
        if not plan.is_system:
            lines.append(assignment(variable, file))
            continue
        name = variable.removeprefix("CREDITCURVE_").removesuffix("_FILE").lower()
        lines += [
            f"LoadCredential={name}:{quote(str(file))}",
            f"Environment={variable}=%d/{name}",
        ]
    return lines
