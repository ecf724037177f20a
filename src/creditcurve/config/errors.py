"""The error of a configuration that cannot be used."""


class ConfigError(Exception):
    """A value of the configuration is refused.

    Attributes:
        code: names the rule; the command line has a text for each code in each language.
        values: values for the placeholders of that text; none of them is a secret.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, *values.values())
        self.code = code
        self.values = values
