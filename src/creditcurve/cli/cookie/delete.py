"""``creditcurve cookie delete``: delete the cookie and stop collecting."""

import msgspec

from creditcurve.api.resources.cookie import CookieView
from creditcurve.cli.client import Client
from creditcurve.cli.exits import Exit, run_command
from creditcurve.cli.offline import through
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import print_line
from creditcurve.config import Config, Flags
from creditcurve.domain.cookie_status import CookieState
from creditcurve.parts import Parts
from creditcurve.store.sqlite import inspection

app = new_app("delete", "creditcurve cookie delete")


class _StatusView(msgspec.Struct, frozen=True):
    cookie: CookieView


@app.default
def run(*, data_dir: DataDir = None) -> int:
    """Delete the cookie; return the exit code."""
    return run_command(Flags(data_dir=data_dir), _delete_stored)


def _delete_stored(config: Config) -> int:
    is_deleted = inspection.has_database(config.data_dir) and through(
        config, running=_ask, here=_delete
    )
    if is_deleted:
        print_line(say("Cookie deleted, collecting is off.", "Cookie 已删除，采集已关闭。"))
    else:
        print_line(say("There is no cookie.", "没有 Cookie。"))
    return Exit.OK


def _ask(client: Client) -> bool:
    is_stored = client.get("/api/status", _StatusView).cookie.state != CookieState.MISSING
    client.call("DELETE", "/api/cookie")
    return is_stored


async def _delete(parts: Parts) -> bool:
    is_stored = parts.store.state.cookie_status.state is not CookieState.MISSING
    await parts.commands.cookie.delete()
    return is_stored
