"""Alerts from a poll to a receiver: each is delivered, whenever the process is killed."""

import random
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from creditcurve.channels import Kind
from support.events import Events
from support.program import Program
from support.receivers import Received, Receiver, receiver
from support.site import COOKIE, Site

TIMEOUT_S = 40
ROUNDS = 15
"""Fewer messages than a channel gets in a minute."""
MAX_DELAY_S = 0.08


def accept(_request: Received) -> tuple[int, object]:
    """Accept every message."""
    return 200, ""


def set_up(program: Program, site: Site, url: str) -> None:
    """Add a channel, and a credit that was spent a minute ago; no rule is judged yet."""
    site.simulator.history.add(t_ms=time.time_ns() // 1_000_000 - 60_000, credits=7)
    program.give_cookie(COOKIE)
    channel = {"kind": "webhook", "name": "hook", "url": url}
    assert program.call("POST", "/api/alerts/channels", channel).status_code == 200


def add_rule(program: Program) -> str:
    """Add a rule that fires at the next poll; return its id."""
    rule = {"kind": "spend", "window_s": 3_600, "above": 1}
    return str(program.call("POST", "/api/alerts/rules", rule).json()["id"])


def episodes(program: Program) -> list[dict[str, Any]]:
    """Return all episodes."""
    found: list[dict[str, Any]] = program.get("/api/alerts/episodes?limit=1000")["episodes"]
    return found


def until(program: Program, holds: Callable[[list[dict[str, Any]]], Any]) -> None:
    """Wait until something is true of the episodes; each event of a change is a reason to look."""
    with Events(program.url, timeout_s=TIMEOUT_S) as events:
        events.greeting()
        while not holds(episodes(program)):
            events.until("alert")


def is_reported(found: list[dict[str, Any]]) -> bool:
    """Return whether a channel accepted or refused the message of the newest episode."""
    return bool(found and found[0]["messages"])


def messages(running: Receiver) -> list[tuple[str, str]]:
    """Return the ids and rules of the messages that were received."""
    fields = [request.fields for request in running.received]
    return [(one["id"], one["data"]["alerts"][0]["rule"]) for one in fields]


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
def test_a_kill_before_the_delivery_loses_no_message(program: Program, site: Site) -> None:
    """The episode is committed, and nothing listens at the channel's address yet."""
    port = free_port()
    set_up(program, site, f"http://127.0.0.1:{port}/")
    rule = add_rule(program)
    program.call("POST", "/api/refresh")
    until(program, is_reported)
    program.kill()
    with receiver(Kind.WEBHOOK, port) as running:
        running.answer = accept
        program.start()
        assert running.has_received.wait(TIMEOUT_S)
        until(program, lambda found: found[0]["messages"][-1]["ok"])
        assert [found for _, found in messages(running)] == [rule]


def test_a_kill_during_the_delivery_repeats_only_the_id(program: Program, site: Site) -> None:
    """The receiver has the message, and its answer never reaches the process."""
    gate = threading.Event()

    def answer_when_told(_request: Received) -> tuple[int, object]:
        gate.wait(TIMEOUT_S)
        return 200, ""

    with receiver(Kind.WEBHOOK) as running:
        running.answer = answer_when_told
        set_up(program, site, running.url)
        add_rule(program)
        program.call("POST", "/api/refresh")
        assert running.has_received.wait(TIMEOUT_S)
        program.kill()
        gate.set()
        running.answer = accept
        program.start()
        until(program, is_reported)
        first, second = messages(running)
        assert first == second


def test_a_kill_after_the_delivery_repeats_nothing(program: Program, site: Site) -> None:
    with receiver(Kind.WEBHOOK) as running:
        running.answer = accept
        set_up(program, site, running.url)
        add_rule(program)
        program.call("POST", "/api/refresh")
        until(program, is_reported)
        program.kill()
        program.start()
        program.call("POST", "/api/refresh")
        second = add_rule(program)
        program.call("POST", "/api/refresh")
        until(program, is_reported)
        assert [rule for _, rule in messages(running)][1:] == [second]


def test_metrics_report_episodes_attempts_and_channels(program: Program, site: Site) -> None:
    with receiver(Kind.WEBHOOK) as running:
        running.answer = accept
        set_up(program, site, running.url)
        add_rule(program)
        program.call("POST", "/api/refresh")
        until(program, is_reported)
        found = program.call("GET", "/metrics").text.splitlines()
    assert 'creditcurve_alerts_open{kind="spend",state="firing"} 1.0' in found
    assert 'creditcurve_alerts_open{kind="cookie",state="firing"} 0.0' in found
    assert "creditcurve_alerts_messages_waiting 0.0" in found
    assert 'creditcurve_alerts_attempts_total{kind="webhook",result="accepted"} 1.0' in found
    assert 'creditcurve_alerts_channel_failing{channel="hook",kind="webhook"} 0.0' in found


@pytest.mark.slow
def test_kills_at_any_moment_lose_and_repeat_no_message(program: Program, site: Site) -> None:
    """Each round adds a rule that fires at once, and kills the process some moments later."""
    luck = random.Random(7)
    with receiver(Kind.WEBHOOK) as running:
        running.answer = accept
        set_up(program, site, running.url)
        for _ in range(ROUNDS):
            add_rule(program)
            refresh = threading.Thread(target=_refresh, args=(program,))
            refresh.start()
            time.sleep(luck.uniform(0, MAX_DELAY_S))
            program.kill()
            refresh.join()
            program.start()
        program.call("POST", "/api/refresh")
        until(program, lambda found: all(one["messages"] for one in found))
        received = messages(running)
        fired = sorted(one["rule"] for one in episodes(program))
        assert sorted(rule for _, rule in set(received)) == fired
        assert len(fired) == ROUNDS


def _refresh(program: Program) -> None:
    """Poll; the process may be killed meanwhile."""
    try:
        program.call("POST", "/api/refresh")
    except httpx2.TransportError:
        return
