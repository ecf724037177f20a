"""A simulated site, as a real HTTP server on loopback.

The demo, the tests and the benchmarks run against it. ``History`` is what it tells of, ``FAULTS``
is what can go wrong, ``Simulator`` serves both.
"""

from creditcurve.upstream.simulator.exchange import SeenRequest
from creditcurve.upstream.simulator.faults import FAULTS, SimulatedFault
from creditcurve.upstream.simulator.history import History
from creditcurve.upstream.simulator.server import DEMO_COOKIE, Simulator

__all__ = ["DEMO_COOKIE", "FAULTS", "History", "SeenRequest", "SimulatedFault", "Simulator"]
