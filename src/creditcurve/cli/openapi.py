"""``creditcurve openapi``: print the OpenAPI document of the HTTP interface."""

from creditcurve.api.routes import contract
from creditcurve.cli.exits import Exit
from creditcurve.cli.terminal import print_json


def run() -> int:
    """Print the document; return the exit code."""
    print_json(contract())
    return Exit.OK
