"""A simulated site, as a real HTTP server on loopback.

The demo, the tests and the benchmarks run against it. ``History`` is what it tells of, ``FAULTS``
is what can go wrong, ``Simulator`` serves both.
"""

from creditcurve.simulator.exchange import SeenRequest
from creditcurve.simulator.faults import FAULTS, SimulatedFault
from creditcurve.simulator.history import History
from creditcurve.simulator.server import DEMO_COOKIE, Simulator

__all__ = ["DEMO_COOKIE", "FAULTS", "History", "SeenRequest", "SimulatedFault", "Simulator"]
