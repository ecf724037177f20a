"""Errors whose text is looked up by a code, in the language of the user."""


class CodedError(Exception):
    """An error with a code.

    Attributes:
        code: names the reason; the command line has a text for each code in each language.
        values: values for the placeholders of that text; none of them is a secret.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, *values.values())
        self.code = code
        self.values = values
