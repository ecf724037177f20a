"""The messages that a month must have, from the definition of an episode.

The model knows all values and both clocks, and finds the messages afterwards.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from creditcurve.domain.alert import Rule
from creditcurve.domain.episode import MAX_DIP_S


class Seen(NamedTuple):
    """A poll with its value, a tick, a restart of watching, or a snooze.

    Attributes:
        s: the elapsed time.
        wall_ms: the wall clock.
        kind: its kind.
        value: the value of a poll; when a snooze ends by the wall clock, 0 for its removal.
        rule: the rule that is snoozed.
    """

    s: float
    wall_ms: int
    kind: Literal["poll", "tick", "reset", "snooze"]
    value: float = 0
    rule: str = ""


def expected_of_spending(seen: Sequence[Seen], rule: Rule) -> list[str]:
    """Return the messages about a value."""
    polls = [number for number, one in enumerate(seen) if one.kind == "poll"]
    found: list[str] = []
    start = 0
    while (fired := _first_fired(seen, polls[start:], rule)) is not None:
        over = _first_over(seen, [number for number in polls if number > fired], rule)
        found += _messages(seen, fired, over, rule)
        if over is None:
            break
        start = polls.index(over) + 1
    return found


def _first_fired(seen: Sequence[Seen], polls: Sequence[int], rule: Rule) -> int | None:
    """Return the first poll whose value has been above the threshold for long enough."""
    above_since: float | None = None
    for number in polls:
        one = seen[number]
        is_above = one.value > (rule.above or 0)
        above_since = None if not is_above else one.s if above_since is None else above_since
        if above_since is not None and one.s - above_since >= rule.for_s:
            return number
    return None


def _first_over(seen: Sequence[Seen], polls: Sequence[int], rule: Rule) -> int | None:
    """Return the first poll so long after a recovery that no value above the threshold followed."""
    recovered_s: float | None = None
    for number in polls:
        recovered_s = _recovered_s(seen[number], rule, recovered_s)
        hold_s = max(rule.for_s, MAX_DIP_S)
        if recovered_s is not None and seen[number].s - recovered_s >= hold_s:
            return number
    return None


def _recovered_s(one: Seen, rule: Rule, before: float | None) -> float | None:
    """Return since when a value has recovered, after a poll; None if it has not."""
    if one.value > (rule.above or 0):
        return None
    return one.s if before is None and one.value <= (rule.recover_at or 0) else before


def _messages(seen: Sequence[Seen], fired: int, over: int | None, rule: Rule) -> Iterator[str]:
    """Yield the messages of an episode, which depend on snoozes and repetition."""
    until_ms = _snoozed_until_ms(seen[:fired], rule)
    notified: Seen | None = None
    recovered_s: float | None = None
    for number, one in enumerate(seen[fired : None if over is None else over + 1], fired):
        was_recovering = recovered_s is not None
        if one.kind == "snooze" and one.rule == rule.id:
            until_ms = one.value
        if one.kind == "poll" and number > fired:
            recovered_s = _recovered_s(one, rule, recovered_s)
        is_judged = one.kind == "poll" and not was_recovering
        if one.kind not in ("poll", "tick") or one.wall_ms < until_ms:
            continue
        if number == over:
            yield from ["recovered"] if notified else []
        elif recovered_s is None and notified is None and is_judged:
            notified = one
            yield "fired"
        elif recovered_s is None and notified and not _turned(one, was_recovering):
            is_due = _is_repeated(one, notified, until_ms if is_judged else 0, rule)
            notified = one if is_due else notified
            yield from ["repeated"] if is_due else []


def _turned(one: Seen, was_recovering: bool) -> bool:
    """Return whether a poll ends a short recovery; it is no new message."""
    return one.kind == "poll" and was_recovering


def _is_repeated(one: Seen, notified: Seen, until_ms: float, rule: Rule) -> bool:
    """Return whether a message is repeated: after a snooze, or after the time of the rule."""
    elapsed_s = one.s - notified.s
    if one.wall_ms - elapsed_s * 1_000 < until_ms:
        return True
    return rule.repeat_s is not None and elapsed_s >= rule.repeat_s


def _snoozed_until_ms(seen: Sequence[Seen], rule: Rule) -> float:
    snoozes = [one.value for one in seen if one.kind == "snooze" and one.rule == rule.id]
    return snoozes[-1] if snoozes else 0


def expected_of_silence(seen: Sequence[Seen], minutes: int) -> list[str]:
    """Return the messages about missing polls: the machine was awake, and no poll succeeded."""
    found: list[str] = []
    since_s = seen[0].s
    ended_s: float | None = None
    for one in seen:
        is_open = len(found) % 2 == 1
        if is_open and ended_s is not None and one.s - ended_s >= MAX_DIP_S:
            found.append("recovered")
            is_open, ended_s = False, None
        if one.kind == "poll" and is_open and ended_s is None:
            ended_s = one.s
        if one.kind in ("poll", "reset"):
            since_s = one.s
        elif one.kind == "tick" and not is_open and one.s - since_s > minutes * 60:
            found.append("fired")
    return found
