"""The stored cookie: whether there is a place for one, and its line for people."""

from creditcurve.cli.exits import CommandError
from creditcurve.cli.language import COOKIE_WORDS, word
from creditcurve.cli.messages.problems import problem_text
from creditcurve.cli.registry import say
from creditcurve.config import Config
from creditcurve.store.sqlite import inspection


def require_database(config: Config) -> None:
    """Refuse without creating a database for a cookie that cannot exist.

    Raises:
        CommandError: there is no database.
    """
    if not inspection.has_database(config.data_dir):
        detail = "There is no cookie yet: run creditcurve cookie set."
        raise CommandError(*problem_text("no_cookie", detail))


def describe(state: str, names: tuple[str, ...], reason: str | None = None) -> str:
    """Return a line like ``valid · acw_tc, __Secure-authjs.session-token``."""
    shown = word(say, COOKIE_WORDS, state) + (f" ({reason})" if reason else "")
    return " · ".join([shown, *([", ".join(names)] if names else [])])
