"""The child process of the channel ``apprise``: one message from standard input, then the end."""

import json
import sys
from importlib import import_module
from typing import Any

from creditcurve.channels.apprise import NOT_INSTALLED

REFUSED = "Apprise could not deliver the message."
UNKNOWN = "This is no address that Apprise knows."


def main() -> None:
    """Answer with a JSON object on standard output."""
    error = _error(json.load(sys.stdin))
    json.dump({"is_ok": error is None, "answer": error or ""}, sys.stdout)


def _error(fields: dict[str, Any]) -> str | None:
    """Send a message; return why it was not delivered."""
    try:
        library = import_module("apprise")
    except ImportError:
        return NOT_INSTALLED
    notifier = library.Apprise()
    if not notifier.add(fields["url"]):
        return UNKNOWN
    kind = library.NotifyType.WARNING if fields["is_urgent"] else library.NotifyType.INFO
    is_sent = notifier.notify(title=fields["title"], body=fields["body"], notify_type=kind)
    return None if is_sent else REFUSED


if __name__ == "__main__":
    main()
