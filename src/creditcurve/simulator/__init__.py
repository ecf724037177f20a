"""A simulated site: a real HTTP server on loopback that ``creditcurve demo`` runs against.

``History`` is the usage it reports, ``SimulatedSite`` serves it.
"""

from creditcurve.simulator.history import History
from creditcurve.simulator.server import DEMO_COOKIE, SimulatedSite

__all__ = ["DEMO_COOKIE", "History", "SimulatedSite"]
