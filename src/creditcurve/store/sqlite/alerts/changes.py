"""The episodes that a poll or a tick changes, judged from the rows that the transaction reads."""

from collections.abc import Callable
from typing import NamedTuple

import apsw
import msgspec

from creditcurve.domain.alert import Kind, Rule, Snapshot, judge
from creditcurve.domain.episode import Episode, Step, shifted, step
from creditcurve.domain.silence import silent_since_ms
from creditcurve.store.sqlite.alerts import clock
from creditcurve.store.sqlite.alerts.episodes import open_episodes
from creditcurve.store.sqlite.alerts.rules import stored_rules
from creditcurve.store.sqlite.alerts.snapshot import of_poll, of_tick
from creditcurve.store.sqlite.alerts.snoozes import snoozes
from creditcurve.store.values.alerts import StoredEpisode
from creditcurve.store.values.polling import Observed


class Change(NamedTuple):
    """A rule whose episode changes: as it is stored, and after the step."""

    rule: Rule
    stored: StoredEpisode | None
    after: Step


def changes_of_poll(
    connection: apsw.Connection, observed: Observed, new_keys: tuple[str, ...]
) -> list[Change]:
    """Judge all rules after a poll; return those whose episode changes."""
    rules = _enabled(connection)
    snapshot = of_poll(connection, rules, observed, new_keys)
    return _changes(connection, rules, observed, lambda _rule, _episode: snapshot)


def changes_of_tick(connection: apsw.Connection, observed: Observed) -> list[Change]:
    """Judge the rules that need no poll; return those whose episode changes."""
    snapshot = of_tick(connection, observed)
    return _changes(
        connection,
        _enabled(connection),
        observed,
        lambda rule, episode: _as_seen_by(rule, snapshot, episode, observed),
    )


def _enabled(connection: apsw.Connection) -> tuple[Rule, ...]:
    return tuple(rule for rule in stored_rules(connection) if rule.enabled)


def _changes(
    connection: apsw.Connection,
    rules: tuple[Rule, ...],
    observed: Observed,
    snapshot_for: Callable[[Rule, Episode | None], Snapshot],
) -> list[Change]:
    episodes, snoozed = open_episodes(connection), snoozes(connection)
    shift_ms = clock.shift_ms(connection, observed)
    found: list[Change] = []
    for rule in rules:
        stored = episodes.get(rule.id)
        before = None if stored is None else shifted(stored.episode, shift_ms)
        verdict = judge(rule, snapshot_for(rule, before))
        if stored is None and (verdict is None or not verdict.fires):
            continue
        after = step(before, rule, verdict, observed.now_ms, snoozed.get(rule.id))
        if after.episode != (None if stored is None else stored.episode):
            found.append(Change(rule, stored, after))
    return found


def _as_seen_by(
    rule: Rule, snapshot: Snapshot, episode: Episode | None, observed: Observed
) -> Snapshot:
    """Return the snapshot of a tick with the silence that counts for a rule."""
    if rule.kind is not Kind.SILENCE:
        return snapshot
    since_ms = silent_since_ms(
        snapshot.last_success_ms,
        episode=episode,
        minutes=rule.minutes or 0,
        watched_since_ms=observed.watched_since_ms,
        now_ms=observed.now_ms,
    )
    return msgspec.structs.replace(snapshot, last_success_ms=since_ms)
