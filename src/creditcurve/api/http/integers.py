"""Integers that fit into the store's 64 bits; a greater one is refused with its field's name."""

from typing import Annotated, Final

from msgspec import Meta

_GREATEST: Final = 2**63 - 1

Integer = Annotated[int, Meta(ge=-_GREATEST, le=_GREATEST)]
Natural = Annotated[int, Meta(ge=0, le=_GREATEST)]
