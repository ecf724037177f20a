"""Start-up configuration: a flag beats the environment, the environment beats the default.

``load`` returns a complete, checked ``Config`` or raises ``ConfigError``, whose code has a text in
each language that says what to do. Settings that the user changes while the program runs are in
``domain/settings.py``.
"""

from creditcurve.config.errors import ConfigError
from creditcurve.config.load import SECRET_VARIABLES, forget_secrets, load
from creditcurve.config.values import Config, Flags

__all__ = ["SECRET_VARIABLES", "Config", "ConfigError", "Flags", "forget_secrets", "load"]
