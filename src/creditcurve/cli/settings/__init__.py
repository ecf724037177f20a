"""``creditcurve settings``: read and change the settings of the page and of collecting."""

from typing import Final

from creditcurve.cli.registry import Command, add_commands, new_app

COMMANDS: Final = (
    Command(
        "get",
        "settings.getting",
        "Print all settings, or one of them.",
        "打印全部设置或其中一项。",
    ),
    Command(
        "set",
        "settings.setting",
        "Change one setting, also while an instance runs.",
        "修改一项设置；实例运行时也可修改。",
    ),
)

app = new_app("settings", "creditcurve settings set poll_interval_s 30")
add_commands(app, COMMANDS)
