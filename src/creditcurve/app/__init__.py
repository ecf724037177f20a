"""The composition root: from a ``Config`` to a running application.

Each part is a small lifespan that starts and stops in one function; they are entered in order and
left in reverse order. Lower packages do not know ``Config``.
"""

from creditcurve.app.application import Application, Unguarded

__all__ = ["Application", "Unguarded"]
