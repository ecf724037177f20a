"""The arguments of ``creditcurve statusline``; without any, ``run`` is called directly."""

from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app
from creditcurve.cli.statusline import run as line

app = new_app("statusline", "creditcurve statusline")


@app.default
def run(*, data_dir: DataDir = None) -> int:
    """Print the line; return 0."""
    return line.run(None if data_dir is None else str(data_dir))
