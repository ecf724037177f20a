"""``creditcurve alerts``: the list of channels and episodes, and test messages."""

import msgspec
import pytest

from creditcurve.channels import Kind
from support.commands import run
from support.program import Program
from support.receivers import receiver

ZH = {"LANG": "zh_CN.UTF-8"}


def add_channel(program: Program, name: str, url: str) -> str:
    """Add a channel; return its id."""
    channel = {"kind": "slack", "name": name, "url": url}
    return str(program.call("POST", "/api/alerts/channels", channel).json()["id"])


def test_a_test_message_shows_the_answer(program: Program) -> None:
    with receiver(Kind.SLACK) as running:
        running.answer = lambda _request: (200, "ok")
        identity = add_channel(program, "team", running.url)
        by_name = run(program, "alerts", "test", "team")
        assert (by_name.returncode, by_name.stdout) == (0, "Accepted by team: 200 ok\n")
        by_id = run(program, "alerts", "test", identity, environment=ZH)
        assert (by_id.returncode, by_id.stdout) == (0, "team 已接收：200 ok\n")
        assert "test message" in running.received[0].fields["text"]


def test_a_refusal_is_shown_and_listed(program: Program) -> None:
    with receiver(Kind.SLACK) as running:
        add_channel(program, "team", running.url)
        failed = run(program, "alerts", "test", "team", environment=ZH)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "渠道未接收消息：invalid_token" in failed.stderr
    listed = run(program, "alerts", "list")
    assert "fails: invalid_token" in listed.stdout
    assert "No alert so far." in listed.stdout


def test_an_unknown_channel_names_the_known_ones(program: Program) -> None:
    add_channel(program, "team", "https://a.test/")
    done = run(program, "alerts", "test", "phone")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Channels: team" in done.stderr


@pytest.mark.parametrize("is_running", [True, False])
def test_the_list_is_the_same_without_an_instance(program: Program, *, is_running: bool) -> None:
    add_channel(program, "team", "https://a.test/")
    if not is_running:
        program.stop()
    done = run(program, "alerts", "list", "--json")
    found = msgspec.json.decode(done.stdout)
    assert [one["name"] for one in found["channels"]] == ["team"]
    assert found["episodes"] == []
