"""CreditCurve: the live curve of your Claude Code credits on AICodeMirror."""

__version__ = "0.1.0"
