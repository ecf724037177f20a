"""The rules: one value, in the user's order."""

from typing import Final

import apsw
import msgspec

from creditcurve.domain.alert import DEFAULT_RULES, Rule
from creditcurve.store.sqlite import stored_values, versions

_RULES: Final = "alert_rules"


class StoredRules(msgspec.Struct, frozen=True):
    """All rules, in the user's order."""

    rules: tuple[Rule, ...] = DEFAULT_RULES


def stored_rules(connection: apsw.Connection) -> tuple[Rule, ...]:
    """Return the rules; the default ones before the first change."""
    return (stored_values.get(connection, _RULES, StoredRules) or StoredRules()).rules


def save_rules(connection: apsw.Connection, found: tuple[Rule, ...]) -> None:
    """Store all rules."""
    stored_values.put(connection, _RULES, StoredRules(found))
    versions.advance_alerts(connection)
