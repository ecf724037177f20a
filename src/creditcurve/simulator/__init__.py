"""A simulated site: a real HTTP server on loopback that ``creditcurve demo`` runs against.

``History`` is the usage that it reports, ``SimulatedAccount`` the account; ``SimulatedSite`` serves
both.
"""

from creditcurve.simulator.account import Era, SimulatedAccount, TopUp
from creditcurve.simulator.history import History
from creditcurve.simulator.server import DEMO_COOKIE, SimulatedSite

__all__ = ["DEMO_COOKIE", "Era", "History", "SimulatedAccount", "SimulatedSite", "TopUp"]
