"""The language of the command line: Chinese if the environment asks for it, otherwise English.

Output for other programs (``--json``, exports, problem codes) is the same in every language.
"""

from collections.abc import Callable, Mapping

from creditcurve.domain.locale import is_chinese

Say = Callable[[str, str], str]
"""Returns its first argument, the English text, or its second, the Chinese one."""

LINK_WORDS = {
    "ok": ("ok", "正常"),
    "off": ("off", "已关闭"),
    "no_cookie": ("no cookie", "没有 Cookie"),
    "degraded": ("retrying", "重试中"),
    "blocked": ("blocked", "被拦截"),
    "cookie_invalid": ("cookie invalid", "Cookie 失效"),
    "storage_error": ("storage error", "存储故障"),
}
COOKIE_WORDS = {
    "missing": ("missing", "没有"),
    "unverified": ("not checked yet", "未验证"),
    "valid": ("valid", "有效"),
    "invalid": ("invalid", "已失效"),
    "unreadable": ("unreadable", "无法解密"),
}


def language(environment: Mapping[str, str], encoding: str | None = None) -> Say:
    """Return the language of the locale variables, in the order that POSIX gives them.

    Args:
        environment: the variables.
        encoding: encoding of the terminal; one without Chinese characters gets English.
    """
    return _chinese if is_chinese(environment) and _can_encode_chinese(encoding) else _english


def word(say: Say, words: Mapping[str, tuple[str, str]], state: str) -> str:
    """Return the word for a state, or the state itself if a newer instance added it."""
    return say(*words.get(state, (state, state)))


def _can_encode_chinese(encoding: str | None) -> bool:
    try:
        "中文，。".encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _english(english: str, _: str) -> str:
    return english


def _chinese(_: str, chinese: str) -> str:
    return chinese
