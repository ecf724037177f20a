"""The arguments of ``creditcurve statusline``; ``statusline`` itself runs without this module."""

from creditcurve.cli import statusline
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app
from creditcurve.config import Flags

app = new_app("statusline", "creditcurve statusline")


@app.default
def run(*, data_dir: DataDir = None) -> int:
    """Print the line; return 0."""
    return statusline.run(Flags(data_dir=data_dir))
