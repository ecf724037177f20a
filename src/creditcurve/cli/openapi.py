"""``creditcurve openapi``: print the OpenAPI document of the HTTP interface."""

from creditcurve.api.routes import contract
from creditcurve.cli.exits import Exit
from creditcurve.cli.registry import new_app
from creditcurve.cli.terminal import print_json

app = new_app("openapi", "creditcurve openapi > openapi.json")


@app.default
def run() -> int:
    """Print the document; return the exit code."""
    print_json(contract())
    return Exit.OK
