"""``creditcurve login``: a link into the running instance's page, good once.

It is for whoever may read the instance's note, which is its owner alone; the access key itself
need not be at hand.
"""

import msgspec

from creditcurve.api.resources.session import LinkToken
from creditcurve.cli.client import Client, NotRunning
from creditcurve.cli.exits import OK, settled
from creditcurve.cli.status import fetched
from creditcurve.cli.terminal import tell
from creditcurve.config import Config, Flags
from creditcurve.instance import find, from_here


def run(flags: Flags) -> int:
    """Print the link; the exit code."""

    def work(config: Config) -> int:
        here = find(config.data_dir)
        if here is None:
            raise NotRunning
        with Client(here, timeout_s=10.0) as client:
            fetched(client, config)  # refuses where somebody else has the port by now
            link = msgspec.json.decode(client.call("POST", "/api/session/link"), type=LinkToken)
        tell(from_here(here.address) + link.path)
        return OK

    return settled(flags, work)
