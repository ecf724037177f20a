"""The tables that are copied row by row, up to the first damaged place."""

from typing import Final

import apsw

from creditcurve.store.sqlite.recovery.rows import put, until_damage

_COPIED: Final = (
    ("SELECT name, value FROM state", "INSERT OR IGNORE INTO state VALUES (?, ?)"),
    ("SELECT id, sealed FROM cookie", "INSERT OR IGNORE INTO cookie VALUES (?, ?)"),
    (
        "SELECT at_ms, raw, code, detail, record, is_cut FROM quarantine",
        """
        INSERT OR IGNORE INTO quarantine (at_ms, raw, code, detail, record, is_cut)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
    ),
    (  # before version 6: a sentence instead of a code
        "SELECT at_ms, raw, reason, record, is_cut FROM quarantine",
        """
        INSERT OR IGNORE INTO quarantine (at_ms, raw, detail, record, is_cut)
        VALUES (?, ?, ?, ?, ?)
        """,
    ),
    ("SELECT t, unit, amount FROM balance", "INSERT OR IGNORE INTO balance VALUES (?, ?, ?)"),
    (
        "SELECT id, t, kind, amount, initiator FROM account_change",
        "INSERT OR IGNORE INTO account_change VALUES (?, ?, ?, ?, ?)",
    ),
    ("SELECT t, amount FROM unexplained", "INSERT OR IGNORE INTO unexplained VALUES (?, ?)"),
    (
        "SELECT id, t, state, value FROM credit_reset",
        "INSERT OR IGNORE INTO credit_reset VALUES (?, ?, ?, ?)",
    ),
    (
        "SELECT id, value, sealed FROM alert_channel",
        "INSERT OR IGNORE INTO alert_channel VALUES (?, ?, ?)",
    ),
    (
        "SELECT id, rule, since, is_open, value FROM alert_episode",
        "INSERT OR IGNORE INTO alert_episode VALUES (?, ?, ?, ?, ?)",
    ),
    (
        "SELECT id, episode, due, is_open, value FROM alert_message",
        "INSERT OR IGNORE INTO alert_message VALUES (?, ?, ?, ?, ?)",
    ),
    (  # before version 3
        "SELECT at_ms, raw, reason FROM quarantine",
        "INSERT OR IGNORE INTO quarantine (at_ms, raw, detail) VALUES (?, ?, ?)",
    ),
)


def copy_tables(old: apsw.Connection, made: apsw.Connection) -> None:
    """Copy state, cookie, quarantine, account and alerts."""
    for read, insert in _COPIED:
        for row in until_damage(old, read):
            put(made, insert, row)
