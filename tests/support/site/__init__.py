"""The simulated site of the tests: it answers, fails and waits as a test orders.

``Simulator`` runs in the test's event loop; ``Site`` runs one on another thread, for tests
that start the program as a process.
"""

from support.site.faults import FAULTS, SimulatedFault
from support.site.gate import Gate
from support.site.sample import SAMPLE, sample_history
from support.site.server import Simulator
from support.site.thread import COOKIE, OPUS, SONNET, HeldAnswer, Site

__all__ = [
    "COOKIE",
    "FAULTS",
    "OPUS",
    "SAMPLE",
    "SONNET",
    "Gate",
    "HeldAnswer",
    "SimulatedFault",
    "Simulator",
    "Site",
    "sample_history",
]
