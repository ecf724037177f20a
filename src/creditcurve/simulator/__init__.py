"""A simulated site: a real HTTP server on loopback that ``creditcurve demo`` runs against.

``History`` is the usage that it reports, ``SimulatedAccount`` the account; ``SimulatedSite`` serves
both. ``past_records`` are the weeks that were collected before.
"""

from creditcurve.simulator.account import BEIJING_MS, Era, SimulatedAccount, TopUp
from creditcurve.simulator.history import History, Row
from creditcurve.simulator.server import DEMO_COOKIE, SimulatedSite
from creditcurve.simulator.weeks import past_records

__all__ = [
    "BEIJING_MS",
    "DEMO_COOKIE",
    "Era",
    "History",
    "Row",
    "SimulatedAccount",
    "SimulatedSite",
    "TopUp",
    "past_records",
]
