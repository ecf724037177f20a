"""The error of a configuration that cannot be used."""

from creditcurve.domain.coded_error import CodedError


class ConfigError(CodedError):
    """A value of the configuration is refused; ``code`` names the rule."""
