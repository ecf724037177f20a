"""``creditcurve cookie``: set it from standard input, check, re-encrypt and delete it.

Its value is never shown and never an argument: every process of the machine can read arguments.
"""

from typing import Final

from creditcurve.cli.registry import Command, add_commands, new_app

COMMANDS: Final = (
    Command(
        "set",
        "cookie.setting",
        "Read a cookie in any form from standard input; store it if the site accepts it.",
        "从标准输入读取任意格式的 Cookie，站点接受后保存。",
    ),
    Command(
        "check",
        "cookie.check",
        "Check the stored cookie with one request.",
        "用一次请求验证已保存的 Cookie。",
    ),
    Command(
        "delete",
        "cookie.delete",
        "Delete the cookie and stop collecting.",
        "删除 Cookie 并停止采集。",
    ),
    Command(
        "reseal",
        "cookie.reseal",
        "Encrypt the stored cookie with a new key, from CREDITCURVE_SECRET_KEY_NEW or generated.",
        "用新密钥重新加密已保存的 Cookie；新密钥来自 CREDITCURVE_SECRET_KEY_NEW，或自动生成。",
    ),
)

app = new_app("cookie", "creditcurve cookie set < cookie.txt")
add_commands(app, COMMANDS)
