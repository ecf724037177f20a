"""``creditcurve alerts``: list channels and episodes, and test a channel."""

from typing import Final

from creditcurve.cli.registry import Command, add_commands, new_app

COMMANDS: Final = (
    Command(
        "list",
        "alerts.listing",
        "List the channels and the newest alerts.",
        "列出通知渠道和最近的提醒。",
    ),
    Command(
        "test",
        "alerts.testing",
        "Send a test message to a channel and show its answer.",
        "向通知渠道发送测试消息，并显示返回结果。",
    ),
)

app = new_app("alerts", "creditcurve alerts test phone")
add_commands(app, COMMANDS)
