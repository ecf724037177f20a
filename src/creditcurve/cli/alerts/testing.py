"""``creditcurve alerts test CHANNEL``: send a real message and show the channel's answer."""

from typing import Annotated, Any, Final

from cyclopts import Parameter

from creditcurve.cli.client import ProblemError
from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.interface import Interface, run_reading
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import print_line

app = new_app("test", "creditcurve alerts test phone")
CHANNEL_FAILED: Final = "channel_failed"


@app.default
def run(
    channel: Annotated[str, Parameter(help=say("Name or ID of the channel.", "渠道的名称或 ID。"))],
    /,
    *,
    data_dir: DataDir = None,
) -> int:
    """Send a test message; return the exit code."""

    async def send(interface: Interface) -> int:
        found = _channel(await interface.call("GET", "/api/alerts/channels"), channel)
        try:
            sent = await interface.call("POST", f"/api/alerts/channels/{found['id']}/test")
        except ProblemError as error:
            raise _failure(error) from error
        answer = " ".join(part for part in (str(sent["status"]), sent["answer"]) if part)
        print_line(
            say(f"Accepted by {found['name']}: {answer}", f"{found['name']} 已接收：{answer}")
        )
        return Exit.OK

    return run_reading(data_dir, send)


def _channel(answer: dict[str, Any], wanted: str) -> dict[str, Any]:
    """Return the channel of an id or of a name that only one channel has."""
    channels: list[dict[str, Any]] = answer["channels"]
    named = [one for one in channels if one["name"] == wanted]
    found = next((one for one in channels if one["id"] == wanted), None)
    if found is None and len(named) == 1:
        found = named[0]
    if found is None:
        names = ", ".join(one["name"] for one in channels) or say("none", "无")
        raise CommandError(
            f"There is no channel {wanted}. Channels: {names}",
            f"没有名为 {wanted} 的渠道。现有渠道：{names}",
            Exit.USAGE,
        )
    return found


def _failure(error: ProblemError) -> CommandError:
    if error.problem.code != CHANNEL_FAILED:
        return error
    _, _, answer = error.problem.detail.partition(": ")
    return CommandError(error.problem.detail, f"渠道未接收消息：{answer}", Exit.PROBLEM)
