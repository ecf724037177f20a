"""The language of what the command line tells people: Chinese where the environment asks for it.

What other programs read (``--json``, exports, problem codes) is the same in every language.
"""

from collections.abc import Callable, Mapping
from typing import Final

Say = Callable[[str, str], str]
"""Gives the English or the Chinese text of the two."""

LINK_WORDS: Final = {
    "ok": ("ok", "正常"),
    "off": ("off", "已关闭"),
    "no_cookie": ("no cookie", "没有 Cookie"),
    "degraded": ("retrying", "重试中"),
    "blocked": ("blocked", "被拦截"),
    "cookie_invalid": ("cookie invalid", "Cookie 失效"),
    "storage_error": ("storage error", "存储故障"),
}
COOKIE_WORDS: Final = {
    "missing": ("missing", "没有"),
    "unverified": ("not tried yet", "未验证"),
    "valid": ("valid", "有效"),
    "invalid": ("invalid", "已失效"),
    "unreadable": ("unreadable", "无法解密"),
}


def language(environment: Mapping[str, str]) -> Say:
    """How to say things here; the variables and their order are POSIX's."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environment[name] for name in names if environment.get(name)), "")
    return _chinese if chosen.lower().startswith("zh") else _english


def word(say: Say, words: Mapping[str, tuple[str, str]], state: str) -> str:
    """The word for a state; the state itself where a newer instance has one of its own."""
    return say(*words.get(state, (state, state)))


def _english(english: str, _: str) -> str:
    return english


def _chinese(_: str, chinese: str) -> str:
    return chinese
