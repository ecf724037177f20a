"""The language that the locale variables of an environment ask for."""

from collections.abc import Mapping


def is_chinese(environment: Mapping[str, str]) -> bool:
    """Return whether the first locale variable that is set, in the order of POSIX, is Chinese."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environment[name] for name in names if environment.get(name)), "")
    return chosen.lower().startswith("zh")
