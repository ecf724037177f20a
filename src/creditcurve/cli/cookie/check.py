"""``creditcurve cookie check``: check the stored cookie with one request."""

from creditcurve.api.resources.cookie import CookieView
from creditcurve.cli.client import Client
from creditcurve.cli.cookie.stored import describe, require_database
from creditcurve.cli.exits import Exit, run_command
from creditcurve.cli.offline import through
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app
from creditcurve.cli.terminal import print_line
from creditcurve.config import Config, Flags
from creditcurve.decoding import decode
from creditcurve.parts import Parts

app = new_app("check", "creditcurve cookie check")


@app.default
def run(*, data_dir: DataDir = None) -> int:
    """Check the cookie; return 0 if it is valid."""
    return run_command(Flags(data_dir=data_dir), _check_stored)


def _check_stored(config: Config) -> int:
    require_database(config)
    found = through(config, running=_ask, here=_check)
    print_line(describe(found.state, found.names, found.reason))
    return Exit.OK if found.state == "valid" else Exit.PROBLEM


def _ask(client: Client) -> CookieView:
    return decode(client.call("POST", "/api/cookie/check"), CookieView)


async def _check(parts: Parts) -> CookieView:
    return CookieView.of(await parts.commands.cookie.check())
