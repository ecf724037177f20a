"""What the handlers work with: the running parts, handed over by the composition root."""

from dataclasses import dataclass
from pathlib import Path

from creditcurve.clocks import Clock
from creditcurve.commands import Commands
from creditcurve.feed import Feed
from creditcurve.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The parts behind the interface, alive from start-up to shut-down."""

    version: str
    is_demo: bool
    needs_key: bool
    data_dir: Path
    store: Store
    feed: Feed
    commands: Commands
    clock: Clock
