"""Parts that the calls about alerts share."""

import msgspec
from msgspec import UNSET, Struct

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.problems import ProblemError

RENAMED = {"start": "from", "end": "to"}
"""Fields whose names are keywords of Python."""


class AlertVersions(Struct, frozen=True, kw_only=True):
    """The version of rules, channels and episodes, which rises with each change."""

    alerts: int


def given(patch: Struct) -> dict[str, object]:
    """Return the fields of a patch that were sent."""
    fields = msgspec.structs.asdict(patch)
    return {name: value for name, value in fields.items() if value is not UNSET}


def not_found(what: str) -> ProblemError:
    """Return the problem of an unknown id (404)."""
    return ProblemError(ProblemCode.NOT_FOUND, f"There is no {what} of this id.")
