"""Why a pasted text is not accepted as a cookie."""

from enum import StrEnum


class CookieErrorCode(StrEnum):
    """The reasons, as the interface publishes them."""

    EMPTY = "cookie_empty"
    TOO_LARGE = "cookie_too_large"
    CONTROL_CHARACTER = "cookie_control_character"
    NON_ASCII = "cookie_non_ascii"
    NOT_IN_SNIPPET = "no_cookie_in_snippet"
    LOGIN_MISSING = "session_cookie_missing"
    LOGIN_INCOMPLETE = "session_cookie_incomplete"
    AMBIGUOUS = "cookie_ambiguous"
    EXPIRED = "cookie_expired"


class CookieParseError(Exception):
    """A pasted text is not accepted.

    Attributes:
        code: the reason.
        detail: one English sentence with the next step; it contains no part of a value.
        offset: the position of the fault in the pasted text, in characters from 0.
        names: the names of the cookies that were found.
        origin: the site (``https://host``) whose login the text contains, if it is another one.
    """

    def __init__(
        self,
        code: CookieErrorCode,
        detail: str,
        *,
        offset: int | None = None,
        names: tuple[str, ...] = (),
        origin: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.offset = offset
        self.names = names
        self.origin = origin

    @property
    def status(self) -> int:
        """The HTTP status that corresponds to the code."""
        return 413 if self.code is CookieErrorCode.TOO_LARGE else 422
