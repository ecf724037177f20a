"""Plain values and pure rules: no I/O, no clock, no log.

Everything above speaks in these values. Instants are integers, milliseconds since 1970 in UTC
(``*_ms``); durations carry their unit in the name; credits are exact (``credits.py``).
"""
