"""How this program was started, so that a service can start it in the same way."""

import sys
from pathlib import Path

import creditcurve


def command() -> tuple[str, ...]:
    """Return the command that starts this program: the executable, or Python with the module."""
    if _is_executable():
        return (sys.executable,)
    return (sys.executable, "-m", "creditcurve")


def folders() -> tuple[Path, ...]:
    """Return where the executable is, or Python with the libraries and modules it uses."""
    python = Path(sys.executable)
    if _is_executable():
        return (python.parent, python.resolve().parent)
    return (python.parent, Path(sys.base_prefix), Path(creditcurve.__file__).parent)


def _is_executable() -> bool:
    return bool(getattr(sys, "frozen", False))
