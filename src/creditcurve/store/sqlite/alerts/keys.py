"""When API keys were first seen."""

from typing import Final

import apsw
import msgspec

from creditcurve.domain.instant import DAY_MS
from creditcurve.store.sqlite import stored_values

_KEYS: Final = "alert_keys"
_API_KEYS: Final = "SELECT DISTINCT api_key FROM source WHERE api_key IS NOT NULL AND api_key <> ''"


class SeenKeys(msgspec.Struct, frozen=True):
    """When each API key was first seen, ms since 1970; 0 for those that are not new."""

    first_ms: dict[str, int] = {}


def note_keys(connection: apsw.Connection, now_ms: int) -> None:
    """Store when API keys were first seen; the first ones of all are not new."""
    stored = stored_values.get(connection, _KEYS, SeenKeys)
    known = {} if stored is None else stored.first_ms
    missing = [key for (key,) in connection.execute(_API_KEYS) if key not in known]
    if missing or stored is None:
        first_ms = now_ms if known else 0
        added = SeenKeys({**known, **dict.fromkeys(missing, first_ms)})
        stored_values.put(connection, _KEYS, added)


def new_keys(connection: apsw.Connection, now_ms: int) -> tuple[str, ...]:
    """Return the API keys that were first seen within the last day."""
    seen = stored_values.get(connection, _KEYS, SeenKeys) or SeenKeys()
    return tuple(key for key, first in seen.first_ms.items() if now_ms - first < DAY_MS)
