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


def put_rule(connection: apsw.Connection, rule: Rule) -> None:
    """Store a rule in place of the one of its id, or as the last one."""
    stored = stored_rules(connection)
    is_known = any(one.id == rule.id for one in stored)
    kept = tuple(rule if one.id == rule.id else one for one in stored)
    _save(connection, kept if is_known else (*stored, rule))


def delete_rule(connection: apsw.Connection, rule: str) -> bool:
    """Delete a rule; return whether there was one of that id."""
    stored = stored_rules(connection)
    kept = tuple(one for one in stored if one.id != rule)
    if kept == stored:
        return False
    _save(connection, kept)
    return True


def _save(connection: apsw.Connection, found: tuple[Rule, ...]) -> None:
    stored_values.put(connection, _RULES, StoredRules(found))
    versions.advance_alerts(connection)
