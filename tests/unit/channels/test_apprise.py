"""Apprise: one child process per message, over a protocol of JSON objects."""

import json
import sys
from pathlib import Path

import pytest

from creditcurve.channels import ChannelError, Kind, Message, Target, apprise
from creditcurve.channels.http import ChannelHttp
from creditcurve.domain.channel import masked

URL = "tgram://123456:s3cret/42"
TARGET = Target(kind=Kind.APPRISE, url=URL)
MESSAGE = Message(id="m", at_ms=0, title="Low balance", text="5 left", link="http://a.test/")
OPEN = ChannelHttp(allow_private=True)

STUB = """
import json, os, sys
fields = json.load(sys.stdin)
with open({seen!r}, "w") as file:
    json.dump([fields, sys.argv[1:], dict(os.environ)], file)
{then}
"""


def stub(folder: Path, then: str) -> tuple[str, ...]:
    """Return the command of a child that keeps its input, and then does something."""
    script = folder / "child.py"
    script.write_text(STUB.format(seen=str(folder / "seen.json"), then=then))
    return (sys.executable, str(script))


async def test_the_child_gets_the_message_and_no_secret_elsewhere(tmp_path: Path) -> None:
    """Python itself may add LC_CTYPE."""
    command = stub(tmp_path, 'print(json.dumps({"is_ok": True, "answer": ""}))')
    assert (await apprise.send(TARGET, MESSAGE, OPEN, command=command)).status == 200
    fields, arguments, environment = json.loads((tmp_path / "seen.json").read_text())
    assert fields == {
        "url": URL,
        "title": "Low balance",
        "body": "5 left\nhttp://a.test/",
        "is_urgent": False,
    }
    assert arguments == []
    assert set(environment) <= {*apprise.PASSED, "LC_CTYPE"}


@pytest.mark.parametrize(
    ("then", "answer"),
    [
        ('print(json.dumps({"is_ok": False, "answer": "refused"}))', "refused"),
        ('print("oops")', "Apprise ended without an answer."),
        ("sys.exit(3)", "Apprise ended without an answer."),
    ],
)
async def test_a_failure_of_the_child_is_one_of_the_channel(
    tmp_path: Path, then: str, answer: str
) -> None:
    with pytest.raises(ChannelError) as caught:
        await apprise.send(TARGET, MESSAGE, OPEN, command=stub(tmp_path, then))
    assert caught.value.answer == answer
    assert not caught.value.is_final


async def test_it_needs_the_flag_for_private_addresses() -> None:
    with pytest.raises(ChannelError, match="--allow-private-channels"):
        await apprise.send(TARGET, MESSAGE, ChannelHttp())


async def test_the_real_child_names_the_missing_package() -> None:
    """The library is no dependency of the tests."""
    with pytest.raises(ChannelError, match=r"pip install 'creditcurve\[apprise\]'") as caught:
        await apprise.send(TARGET, MESSAGE, OPEN)
    assert caught.value.is_final


def test_a_token_in_place_of_the_host_is_masked() -> None:
    assert masked(URL) == "tgram://…"
