"""The sample answer of the product's specification."""

from pathlib import Path
from typing import Final

import msgspec

from creditcurve.simulator import History
from creditcurve.simulator.history import Row

SAMPLE: Final = Path(__file__).with_name("usage-sample.json").read_bytes()


def sample_history() -> History:
    """Return the rows of the sample."""
    return History(msgspec.json.decode(SAMPLE, type=list[Row]))
