"""``creditcurve login``: print a link that logs a browser in once.

It needs the token of the instance's note, which only the note's owner can read, and not the access
key.
"""

from creditcurve.api.resources.session import LinkToken
from creditcurve.cli.client import connected
from creditcurve.cli.exits import Exit, run_command
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app
from creditcurve.cli.terminal import print_line
from creditcurve.config import Config, Flags
from creditcurve.decoding import decode
from creditcurve.instance import local_address

app = new_app("login", "creditcurve login")


@app.default
def run(*, data_dir: DataDir = None) -> int:
    """Print the link; return the exit code."""
    return run_command(Flags(data_dir=data_dir), _print_link)


def _print_link(config: Config) -> int:
    with connected(config.data_dir, timeout_s=10.0) as (client, instance, _):
        link = decode(client.call("POST", "/api/session/link"), LinkToken)
    print_line(local_address(instance.address) + link.path)
    return Exit.OK
