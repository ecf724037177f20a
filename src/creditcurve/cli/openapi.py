"""``creditcurve openapi``: the contract of the HTTP interface, on standard output."""

import json
import sys

from creditcurve.api.routes import contract


def run() -> int:
    """Print the document; the exit code."""
    json.dump(contract(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0
